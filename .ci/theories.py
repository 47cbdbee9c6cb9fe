"""Renews the tables of docs/theories/rivals.md: `python .ci/theories.py`, in some minutes.

Scores every theory of honouring on the record and the casebook, and splits the spread of five
outcomes of the pact into theory, assumptions and chance: 1,000 draws of assumptions with four
streams of random numbers each, under every theory. `--scores` or `--split` renews one of the two.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from math import isfinite
from pathlib import Path

from sim.analysis.sensitivity.theory_split import PARTS, TheorySplit, compare_theories
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.views.research.theory_split import format_part
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import MeasureKind
from sim.output import render_markdown_table
from sim.scenario.load import load_scenario
from sim.statistics.intervals import Interval
from sim.validation.studies.theories import run_theories

TOP = Path(__file__).resolve().parents[1]
SCENARIOS = TOP / "scenarios"
PAGE = TOP / "docs" / "theories" / "rivals.md"
DRAWS = 1000
OUTCOMES = (
    "honoured_pact_2024",
    "war_wider",
    "war_korea",
    "troops_arms_2023",
    "provocations_dprk",
)


def render_scores() -> str:
    """Return the table of scores."""
    (shown,) = run_theories(SCENARIOS).shown
    heading = [name.replace("\n", " ") for name in shown.heading]
    return render_markdown_table(heading, shown.rows)


def render_split() -> str:
    """Return the table of shares, and that of the mean under each theory."""
    scenario = load_scenario(SCENARIOS / "pact.toml").scenario
    splits = compare_theories(scenario, OUTCOMES, draws=DRAWS)
    shares = [(s.measure.short, *(show_share(s.shares[part]) for part in PARTS)) for s in splits]
    names = list(splits[0].means)
    means = [(s.measure.short, *(show_mean(s, name) for name in names)) for s in splits]
    return (
        render_markdown_table(("Outcome of the pact", *(f"Due to {p}" for p in PARTS)), shares)
        + "\n"
        + render_markdown_table(
            ("Outcome of the pact", *(name.replace("_", " ") for name in names)), means
        )
    )


def show_share(share: Interval) -> str:
    """Return a share with its interval, or that there is none."""
    if not isfinite(share.value):
        return "too rare to estimate"
    return format_part(share)


def show_mean(split: TheorySplit, name: str) -> str:
    """Return the mean of a measure under a theory."""
    share = split.measure.kind is MeasureKind.HAPPENED
    form = format_share_interval if share else format_mean_interval
    return form(as_metric(split.means[name]))[0]


def as_metric(estimate: Interval) -> Metric:
    """Return an interval as the formats take it."""
    return Metric("", "", *estimate, worlds=DRAWS)


TABLES: dict[str, Callable[[], str]] = {"scores": render_scores, "split": render_split}


def main(asked: list[str]) -> None:
    """Compute the tables and paste them."""
    page = PAGE.read_text("utf-8")
    for name, render in TABLES.items():
        if not asked or f"--{name}" in asked:
            place = rf"(?<=writes the {name} from here -->\n).*?(?=<!-- to here -->)"
            table = f"\n{render()}\n"
            page = re.sub(place, lambda _, t=table: t, page, count=1, flags=re.DOTALL)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
