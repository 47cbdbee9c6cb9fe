"""The reliability diagram: observed frequencies against forecast probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

import altair as alt

from sim.errors import RequestError
from sim.report.figures.figure import (
    Figure,
    FigureRow,
    layer_charts,
    make_chart,
    read_number,
)
from sim.report.figures.input_tables import read_input_table
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.figures.theme import DARK_BLUE, GREY, ChartSpec
from sim.report.run_view import Run
from sim.report.words import format_percent, format_share, write_small_print
from sim.statistics.intervals import wilson_interval

_DEFAULT_TABLE = "hindcast.csv"
_TEXT_COLUMNS = ("question",)
_NUMBER_COLUMNS = ("forecast", "outcome")
_BIN_COUNT = 5
_MOST_NAMED = 20
"""Questions that are shown one by one; more are shown in bins."""
_LINE_HEIGHT, _SQUARE = 26, 400
_ANSWERS = ("did not happen", "happened")
_TITLE = "Forecast probabilities and observed frequencies"
_NOTE = (
    "Points: questions in bins of 20 percentage points, sized by their number. Whiskers: 95% "
    "intervals. On the dashed line, frequencies equal forecasts. {questions} questions. {runs}"
)


def plot_reliability(
    runs: Sequence[Run], options: FigureOptions = DEFAULT_OPTIONS
) -> Iterator[Figure]:
    """Yield the diagram of the table of answered questions.

    Raises:
        RequestError: there is no such table, or it is malformed.
    """
    rows, file = read_input_table(
        runs[0],
        options.hindcast,
        _DEFAULT_TABLE,
        text_columns=_TEXT_COLUMNS,
        number_columns=_NUMBER_COLUMNS,
    )
    forecasts = [(read_number(row, "forecast"), read_number(row, "outcome")) for row in rows]
    names = [str(row["question"]) for row in rows]
    if not all(0 <= forecast <= 1 and outcome in (0, 1) for forecast, outcome in forecasts):
        raise RequestError(f"{file}: a forecast is 0 to 1, an outcome 0 or 1")
    note = write_small_print(runs[:1])
    if len(rows) <= _MOST_NAMED:
        yield _build_named_figure(names, forecasts, note)
    else:
        yield build_reliability_diagram("reliability", _TITLE, forecasts, note)


def _build_named_figure(
    names: Sequence[str], forecasts: Sequence[tuple[float, float]], note: str
) -> Figure:
    """Return the questions by name, each with its forecast and whether it happened."""
    table: list[FigureRow] = [
        {"question": name, "forecast": forecast, "outcome": int(outcome),
         "answer": _ANSWERS[int(outcome)]}
        for name, (forecast, outcome) in zip(names, forecasts, strict=True)
    ]  # fmt: skip
    table.sort(key=lambda row: -read_number(row, "forecast"))
    right = sum((forecast >= 0.5) == bool(outcome) for forecast, outcome in forecasts)
    brier = fmean((forecast - outcome) ** 2 for forecast, outcome in forecasts)
    return Figure(
        name="reliability",
        title=f"{right} of {len(table)} questions went the way that was more likely",
        finding=f"{len(table)} questions, Brier score {brier:.3f} (0 is perfect).",
        note=f"Filled: it happened. Hollow: it did not. {note}",
        chart=_draw_named(table),
        table=table,
    )


def _draw_named(table: list[FigureRow]) -> ChartSpec:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=330, grid=True)
    percent = alt.Axis(format="~%", title="forecast probability", tickCount=5)
    fill = alt.Fill("answer:N", legend=None).scale(
        domain=list(_ANSWERS), range=["white", DARK_BLUE]
    )
    names = [str(row["question"]) for row in table]
    dots = make_chart(table).mark_point(size=110, opacity=1, stroke=DARK_BLUE, strokeWidth=2)
    across = alt.X("forecast:Q", axis=percent).scale(domain=[0, 1])
    return layer_charts(
        [dots.encode(x=across, y=alt.Y("question:N", sort=names, axis=axis), fill=fill)],
        _LINE_HEIGHT * len(table),
    )


def build_reliability_diagram(
    name: str, title: str, forecasts: Sequence[tuple[float, float]], source_note: str
) -> Figure:
    """Return the diagram of pairs of forecasts, 0 to 1, and outcomes, 0 or 1.

    Args:
        name: of the figure.
        title: of the figure.
        forecasts: the pairs.
        source_note: small print on where they are from.
    """
    table = list(_bin_forecasts(forecasts))
    brier = fmean((forecast - outcome) ** 2 for forecast, outcome in forecasts)
    return Figure(
        name=name,
        title=title,
        finding=(
            f"{len(forecasts)} questions, Brier score {brier:.3f} (0 is perfect). "
            f"{_summarise(table)}"
        ),
        note=_NOTE.format(questions=len(forecasts), runs=source_note),
        chart=_build_chart(table),
        table=table,
    )


def _bin_forecasts(forecasts: Sequence[tuple[float, float]]) -> Iterator[FigureRow]:
    for index in range(_BIN_COUNT):
        within = [
            pair for pair in forecasts if min(int(pair[0] * _BIN_COUNT), _BIN_COUNT - 1) == index
        ]
        if within:
            happened = wilson_interval(int(sum(outcome for _, outcome in within)), len(within))
            yield {
                "from": index / _BIN_COUNT,
                "to": (index + 1) / _BIN_COUNT,
                "forecast": fmean(forecast for forecast, _ in within),
                "observed": happened.value,
                "low": happened.low,
                "high": happened.high,
                "questions": len(within),
            }


def _summarise(table: list[FigureRow]) -> str:
    return " ".join(
        f"Forecast {format_share(row['from'])} to {format_percent(row['to'])}: "
        f"{format_percent(row['observed'])} of {row['questions']} happened."
        for row in table
    )


def _build_chart(table: list[FigureRow]) -> ChartSpec:
    axes = {
        "forecast": alt.Axis(format="%", title="forecast probability", tickCount=5),
        "observed": alt.Axis(format="%", title="observed frequency", tickCount=5),
    }
    x = alt.X("forecast:Q", axis=axes["forecast"]).scale(domain=[-0.03, 1.03], nice=False)
    y = alt.Y("observed:Q", axis=axes["observed"]).scale(domain=[-0.03, 1.03], nice=False)
    base = make_chart(table).encode(x=x)
    perfect = make_chart([{"forecast": end, "observed": end} for end in (0, 1)])
    tips = [alt.Tooltip(f"{name}:Q", format=".3~g") for name in table[0]]
    chart = [
        perfect.mark_line(strokeDash=[5, 4], color=GREY).encode(x=x, y=y),
        base.mark_rule(strokeWidth=1.5).encode(y=alt.Y("low:Q"), y2="high:Q"),
        base.mark_circle(color=DARK_BLUE, opacity=1).encode(
            y=y, size=alt.Size("questions:Q", legend=None).scale(range=[50, 350]), tooltip=tips
        ),
    ]
    return layer_charts(chart, _SQUARE, _SQUARE)
