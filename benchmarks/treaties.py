"""How often treaties are concluded and left: `python -m benchmarks.treaties`.

The figures stand on docs/model/treaties.md beside those expected from the record.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from sim.model.recording.history import Columns
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.statistics.intervals import wilson_interval

_SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
_BLOCK = 1000
_ACTS = ("new_", "left_", "pact_left")


def main() -> None:
    """Print the share of worlds of each act, and of the signing of each pact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="pact")
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    scenario = load_scenario(_SCENARIOS / f"{options.scenario}.toml", options.set).scenario
    counts: Counter[str] = Counter()
    for first in range(0, options.worlds, _BLOCK):
        history = simulate(scenario, first, min(_BLOCK, options.worlds - first))
        counts.update(_count_acts(history.worlds))
        counts.update(_count_pacts(history.events))
    for name, count in sorted(counts.items()):
        interval = wilson_interval(count, options.worlds)
        print(f"{name:50} {count / options.worlds:8.4f}  {interval.low:.4f} to {interval.high:.4f}")


def _count_acts(worlds: Columns) -> Counter[str]:
    """Return in how many worlds each act happened."""
    names = [name for name in worlds if name.startswith(_ACTS)]
    return Counter({name: int(worlds[name].sum()) for name in names})


def _count_pacts(events: Columns) -> Counter[str]:
    """Return in how many worlds each pact was signed."""
    rows = zip(events["event"], events["subject"], events["world"], strict=True)
    signed = {(subject, world) for event, subject, world in rows if event == "signed"}
    return Counter(f"signed: {subject}" for subject, _ in signed)


if __name__ == "__main__":
    main()
