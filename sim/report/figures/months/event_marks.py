"""Marks of dated events on a chart over months: what the scenario itself dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import altair as alt

from sim.model.calendar import month_of
from sim.report.figures.figure import FigureRow
from sim.report.figures.months.dates import format_calendar_month
from sim.report.figures.months.fan_layers import build_base
from sim.report.figures.theme import GREY
from sim.report.run_view import Run
from sim.scenario.schema.rivalries import TREATY_ACTS, ShockSpec
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import TreatySpec

_LINE_PIXELS = 16
"""Distance between the words of two marks."""
_SHORTEST_TITLE = 24
"""Letters of a treaty's name that fit beside others."""


def draw_event_marks(run: Run) -> Iterator[alt.Chart]:
    """Yield a dotted line for each dated event of the scenario, and its words at the top."""
    rows: list[FigureRow] = [
        {"month": month - 1, "name": f"{words}, {format_calendar_month(run, month - 1)}"}
        for month, words in list_events(run.scenario)
        if 1 < month <= run.months
    ]
    for place, row in enumerate(rows):
        base = build_base([row], run)
        yield base.mark_rule(color=GREY, strokeDash=[2, 3])
        late = month_share(row, run) > 0.5  # its words stand on the left, where there is room
        yield base.mark_text(
            color=GREY,
            align="right" if late else "left",
            baseline="top",
            dx=-4 if late else 4,
            dy=_LINE_PIXELS * place,
        ).encode(y=alt.value(0), text="name:N")


def month_share(row: FigureRow, run: Run) -> float:
    """Return how far into the run a mark stands, 0 to 1."""
    return float(str(row["month"])) / run.months


def list_events(scenario: Scenario) -> list[tuple[int, str]]:
    """Return month and words of what the scenario dates, in order: treaties and shocks.

    A treaty whose ratification takes an uncertain time is marked where it most likely is in force.
    """
    treaties = (
        (_in_force_month(treaty, treaty.signed, scenario), f"{_shorten(treaty.name)} in force")
        for treaty in scenario.treaties.values()
        if treaty.concluded and treaty.signed
    )
    shocks = (
        (month_of(shock.date, scenario.start), _describe_shock(shock, scenario))
        for shock in scenario.shocks.values()
    )
    return sorted((*treaties, *shocks))


def _in_force_month(treaty: TreatySpec, signed: date, scenario: Scenario) -> int:
    if treaty.ratification and treaty.in_force is None:
        return month_of(signed, scenario.start) + round(treaty.ratification.value)
    return month_of(treaty.in_force or signed, scenario.start)


def _describe_shock(shock: ShockSpec, scenario: Scenario) -> str:
    kind = shock.kind.value.replace("_", " ")
    if shock.kind in TREATY_ACTS:
        who = f"{scenario.actors[shock.actor].name}: " if shock.actor else ""
        return f"{who}{kind} {_shorten(scenario.treaties[shock.treaty].name)}"
    if not shock.rivalry:
        names = (scenario.actors[code].name for code in (shock.actor, shock.towards) if code)
        return f"{kind} ({' to '.join(names)})"
    return f"{kind} ({scenario.rivalries[shock.rivalry].name})"


def _shorten(name: str) -> str:
    """Return a treaty's name, or a word for it where the name would not fit."""
    return name if len(name) <= _SHORTEST_TITLE else "treaty"
