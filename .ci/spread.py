"""Renews the table in docs/sensitivity.md of what is due to chance: `python .ci/spread.py`.

Simulates the pact with 1,000 draws of assumptions and four sets of random draws each: some forty
seconds.
"""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path

from sim.analysis.sensitivity.ensemble import simulate_nested
from sim.analysis.sensitivity.variance import VarianceSplit, split_variance
from sim.cli.numbers import format_share_interval
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import list_measures
from sim.scenario.load import load_scenario
from sim.statistics.intervals import Interval

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "sensitivity.md"
PLACE = re.compile(r"(?<=writes from here -->\n).*(?=<!-- to here -->)", re.DOTALL)
DRAWS, REPETITIONS = 1000, 4


def format_row(label: str, split: VarianceSplit) -> str:
    """Return one line of the table."""
    return f"| {label} | {_format(split.assumptions)} | {_format(split.chance)} |\n"


def _format(share: Interval) -> str:
    if not isfinite(share.value):
        return "too rare to tell"
    value, interval = format_share_interval(Metric("", "", *share, worlds=DRAWS))
    return f"{value} ({interval})"


def main() -> None:
    """Simulate the worlds and paste the table."""
    scenario = load_scenario(TOP / "scenarios" / "pact.toml").scenario
    headlines = [it for it in list_measures(scenario) if it.headline and not it.given]
    nested = simulate_nested(scenario, headlines, DRAWS, REPETITIONS, lambda _: None)
    table = "| What happened | Due to assumptions | Due to chance |\n|---|---|---|\n" + "".join(
        format_row(measure.label, split_variance(nested[measure.name], scenario.seed))
        for measure in headlines
    )
    PAGE.write_text(PLACE.sub(lambda _: f"\n{table}\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
