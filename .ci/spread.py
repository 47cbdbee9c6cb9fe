"""Renews the table in docs/sensitivity.md of what is owed to chance: `python .ci/spread.py`.

Lives the pact with 1,000 draws of assumptions and four dice each: some forty seconds.
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
DRAWS, DICE = 1000, 4


def row(label: str, found: VarianceSplit) -> str:
    """Return one line of the table."""
    return f"| {label} | {_said(found.assumptions)} | {_said(found.chance)} |\n"


def _said(one: Interval) -> str:
    if not isfinite(one.value):
        return "too rare to tell"
    value, interval = format_share_interval(Metric("", "", *one, worlds=DRAWS))
    return f"{value} ({interval})"


def main() -> None:
    """Live the worlds and paste the table."""
    scenario = load_scenario(TOP / "scenarios" / "pact.toml").scenario
    shown = [one for one in list_measures(scenario) if one.headline and not one.given]
    lived = simulate_nested(scenario, shown, DRAWS, DICE, lambda _: None)
    table = "| What happened | Owed to assumptions | Owed to chance |\n|---|---|---|\n" + "".join(
        row(one.label, split_variance(lived[one.name], scenario.seed)) for one in shown
    )
    PAGE.write_text(PLACE.sub(lambda _: f"\n{table}\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
