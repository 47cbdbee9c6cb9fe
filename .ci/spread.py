"""Renews the table in docs/sensitivity.md of what is due to chance: `python .ci/spread.py`.

Simulates 1,000 draws of the assumptions of the pact, each with four streams of random numbers: some
forty seconds.
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
PARAMETER_DRAWS, STREAMS = 1000, 4


def render_row(label: str, variance: VarianceSplit) -> str:
    """Return one line of the table."""
    shares = (variance.parameter_share, variance.draw_share)
    return f"| {label} | {' | '.join(map(render_share, shares))} |\n"


def render_share(share: Interval) -> str:
    """Return a share with its interval, or that there is none."""
    if not isfinite(share.value):
        return "too rare to estimate"
    value, interval = format_share_interval(Metric("", "", *share, worlds=PARAMETER_DRAWS))
    return f"{value} ({interval})"


def main() -> None:
    """Simulate the worlds and paste the table."""
    scenario = load_scenario(TOP / "scenarios" / "pact.toml").scenario
    headlines = [measure for measure in list_measures(scenario) if measure.headline]
    measures = [measure for measure in headlines if not measure.given]
    values = simulate_nested(scenario, measures, PARAMETER_DRAWS, STREAMS, lambda _: None)
    table = "| What happened | Due to assumptions | Due to chance |\n|---|---|---|\n" + "".join(
        render_row(measure.short, split_variance(values[measure.name], scenario.seed))
        for measure in measures
    )
    PAGE.write_text(PLACE.sub(lambda _: f"\n{table}\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
