"""The reliability diagram: of what was given so many per cent, how much came to pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

import altair as alt

from sim.errors import RequestError
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.input_tables import given_table
from sim.report.figures.options import ANY, Wish
from sim.report.figures.theme import DARK, GREY, WIDTH, Spec
from sim.report.run_view import Run
from sim.report.words import percent, share, small_print
from sim.statistics.intervals import wilson

USUAL = "hindcast.csv"
TEXTS = ("question",)
NUMBERS = ("forecast", "outcome")
BINS = 5
_TITLE = "What was given a chance, and what came to pass"
_NOTE = (
    "Points: questions in bins of 20 points, the larger the more. Whiskers: 95 % intervals. On the "
    "dashed line, frequencies are as given. {questions} questions. {runs}"
)


def reliability(runs: Sequence[Run], wish: Wish = ANY) -> Iterator[Figure]:
    """Yield the diagram of the table of answered questions.

    Raises:
        RequestError: there is no such table, or it is not as it should be.
    """
    found, file = given_table(runs[0], wish.hindcast, USUAL, texts=TEXTS, numbers=NUMBERS)
    asked = [(_number(row, "forecast"), _number(row, "outcome")) for row in found]
    if not all(0 <= forecast <= 1 and outcome in (0, 1) for forecast, outcome in asked):
        raise RequestError(f"{file}: a forecast is 0 to 1, an outcome 0 or 1")
    yield diagram("reliability", _TITLE, asked, small_print(runs[:1]))


def diagram(name: str, title: str, asked: Sequence[tuple[float, float]], small: str) -> Figure:
    """Return the diagram of forecasts, 0 to 1, and outcomes, 0 or 1; `small` says whence."""
    table = list(_bins(asked))
    brier = fmean((forecast - outcome) ** 2 for forecast, outcome in asked)
    return Figure(
        name=name,
        title=title,
        says=f"{len(asked)} questions, Brier score {brier:.3f} (0 is perfect). {_said(table)}",
        note=_NOTE.format(questions=len(asked), runs=small),
        chart=_chart(table),
        table=table,
    )


def _number(row: Row, name: str) -> float:
    return float(str(row[name]))


def _bins(asked: Sequence[tuple[float, float]]) -> Iterator[Row]:
    for at in range(BINS):
        within = [pair for pair in asked if min(int(pair[0] * BINS), BINS - 1) == at]
        if within:
            happened = wilson(int(sum(outcome for _, outcome in within)), len(within))
            yield {
                "from": at / BINS,
                "to": (at + 1) / BINS,
                "forecast": fmean(forecast for forecast, _ in within),
                "observed": happened.value,
                "low": happened.low,
                "high": happened.high,
                "questions": len(within),
            }


def _said(table: list[Row]) -> str:
    return " ".join(
        f"Given {share(row['from'])} to {percent(row['to'])}: "
        f"{percent(row['observed'])} of {row['questions']} came to pass."
        for row in table
    )


def _chart(table: list[Row]) -> Spec:
    axes = {
        "forecast": alt.Axis(format="%", title="chance given", tickCount=5),
        "observed": alt.Axis(format="%", title="share that came to pass", tickCount=5),
    }
    x = alt.X("forecast:Q", axis=axes["forecast"]).scale(domain=[0, 1])
    y = alt.Y("observed:Q", axis=axes["observed"]).scale(domain=[0, 1])
    base = chart(table).encode(x=x)
    perfect = chart([{"forecast": end, "observed": end} for end in (0, 1)])
    tips = [alt.Tooltip(f"{name}:Q", format=".3~g") for name in table[0]]
    return sized(
        [
            perfect.mark_line(strokeDash=[5, 4], color=GREY).encode(x=x, y=y),
            base.mark_rule(strokeWidth=1.5).encode(y=alt.Y("low:Q"), y2="high:Q"),
            base.mark_circle(color=DARK, opacity=1).encode(
                y=y, size=alt.Size("questions:Q", legend=None).scale(range=[50, 350]), tooltip=tips
            ),
        ],
        WIDTH,
    )
