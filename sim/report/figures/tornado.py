"""The tornado: which assumptions move a measure most, from the table of `sim sensitivity`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

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
from sim.report.figures.labelled_bars import build_bar_axis, compute_bars_height, draw_bar_headings
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.figures.theme import BLACK, CHART_WIDTH, MIDDLE_BLUE, ChartSpec, wrap_text
from sim.report.run_view import Run
from sim.report.words import format_amount
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.provenance.owners import name_owner, shorten_meaning
from sim.scenario.schema.scenario import Scenario

_DEFAULT_TABLE = "sensitivity.csv"
_TEXT_COLUMNS = ("measure", "key", "meaning", "unit", "method")
_NUMBER_COLUMNS = ("low", "high", "points", "worlds")
_END_COLUMNS = ("in_lowest_third", "in_highest_third")
"""The measure where a number is low, and where it is high; tables of earlier versions lack them."""
_MAX_PARAMETERS = 12
"""Assumptions in the figure; the table has all."""


class _MethodColumns(NamedTuple):
    """The columns of a method that hold effect sizes, and what they mean."""

    bar: str
    mark: str
    axis: str
    note: str


_COLUMNS_OF_METHOD = {
    "sobol": _MethodColumns(
        "total",
        "first_order",
        "share of the spread",
        "Bars: share of the spread between points that would vanish if the number were known, with "
        "95% intervals. Diamonds: share that it explains by itself.",
    ),
    "morris": _MethodColumns(
        "mu_star",
        "mu",
        "change of the measure",
        "Bars: mean absolute change of the measure when the number moves over its range, with 95% "
        "intervals. Diamonds: the signed mean.",
    ),
}


def plot_tornado(runs: Sequence[Run], options: FigureOptions = DEFAULT_OPTIONS) -> Iterator[Figure]:
    """Yield a tornado for each measure of the sensitivity table.

    Raises:
        RequestError: there is no such table, or it is malformed.
    """
    requested, run = options.sensitivity, runs[0]
    rows, file = read_input_table(
        run, requested, _DEFAULT_TABLE, text_columns=_TEXT_COLUMNS, number_columns=_NUMBER_COLUMNS
    )
    method = _find_method({str(row["method"]) for row in rows}, file)
    bar = method.bar
    columns = (*_NUMBER_COLUMNS, bar, f"{bar}_low", f"{bar}_high", method.mark)
    rows, _ = read_input_table(
        run,
        requested,
        _DEFAULT_TABLE,
        text_columns=_TEXT_COLUMNS,
        number_columns=columns,
        optional_columns=("seed", *_END_COLUMNS),
    )
    for measure in dict.fromkeys(str(row["measure"]) for row in rows):
        yield _build_figure(run, [row for row in rows if row["measure"] == measure], method)


def _find_method(methods: set[str], file: Path) -> _MethodColumns:
    if len(methods) == 1 and (method := _COLUMNS_OF_METHOD.get(next(iter(methods)))):
        return method
    message = f"{file}: method is one of {', '.join(_COLUMNS_OF_METHOD)}, the same in every row"
    raise RequestError(f"{message} (given: {', '.join(sorted(methods))})")


def _build_figure(run: Run, table_rows: list[FigureRow], method: _MethodColumns) -> Figure:
    rows = sorted(table_rows, key=lambda row: read_number(row, method.bar), reverse=True)
    first = rows[0]
    measure = str(first["measure"])
    known = run.results.measures.get(measure)
    effect, low, high = (
        format_amount(read_number(first, f"{method.bar}{end}")) for end in ("", "_low", "_high")
    )
    points, worlds = (f"{read_number(first, name):,.0f}" for name in ("points", "worlds"))
    return Figure(
        name=f"tornado-{measure}",
        title=f"Assumptions that matter most: {known.label if known else measure}",
        finding=(
            f"Of {len(rows)} assumptions the most influential is "
            f"\u201c{_name_parameter(first)}\u201d: {effect} ({low} to {high}), {method.axis}."
        ),
        note=(
            f"{method.note} Left out: those whose interval holds zero. {points} points of {worlds} "
            f"worlds each, {_describe_seed(first)}."
        ),
        chart=_build_chart(_select_shown(rows, method), method, name_owners(run.scenario)),
        table=rows,
    )


def _select_shown(rows: list[FigureRow], method: _MethodColumns) -> list[FigureRow]:
    """Return the strongest assumptions whose interval leaves out zero, or the first without any."""
    clear = [row for row in rows if read_number(row, f"{method.bar}_low") > 0]
    return (clear or rows[:1])[:_MAX_PARAMETERS]


def name_owners(scenario: Scenario) -> dict[str, str]:
    """Return whose each number of the scenario is, by dotted key."""
    nodes = index_nodes(scenario)
    return {
        key: name_owner(scenario, nodes, tuple(key.split(".")))
        for key, _ in scenario.iter_quantities()
    }


def _label_parameter(row: FigureRow, owners: dict[str, str]) -> str:
    """Return whose number an assumption is, and its meaning."""
    owner = owners.get(str(row["key"]), "")
    meaning = shorten_meaning(_name_parameter(row))
    return f"{owner}: {meaning}" if owner else meaning


def _name_parameter(row: FigureRow) -> str:
    """Return the meaning of an assumption without its full stop, or its key."""
    return str(row["meaning"] or row["key"]).removesuffix(".")


def _describe_seed(row: FigureRow) -> str:
    return f"seed {row['seed']}" if row["seed"] else "seed not recorded"


def _build_bar_row(row: FigureRow, method: _MethodColumns, owners: dict[str, str]) -> FigureRow:
    ends = _describe_ends(row)
    return {
        "measure": row["key"],
        "lines": wrap_text(_label_parameter(row, owners), 76),
        **({"rest": ends} if ends else {}),
        "moves": row[method.bar],
        "low": row[f"{method.bar}_low"],
        "high": row[f"{method.bar}_high"],
        "mark": row[method.mark],
        "range": f"{read_number(row, 'low'):g} to {read_number(row, 'high'):g} {row['unit']}",
    }


def _describe_ends(row: FigureRow) -> str:
    """Return the measure at either end of a number, in words; empty where it is not known."""
    ends = [str(row[name]) for name in _END_COLUMNS]
    if not all(ends):
        return ""
    low, high = (format_amount(float(end)) for end in ends)
    return f"{low} where it lies in its lowest third, {high} in its highest"


def _build_chart(
    rows: list[FigureRow], method: _MethodColumns, owners: dict[str, str]
) -> ChartSpec:
    drawn = [_build_bar_row(row, method, owners) for row in rows]
    base = make_chart(drawn).encode(y=build_bar_axis(drawn, 1))
    moves = alt.X("moves:Q", axis=alt.Axis(title=method.axis, tickCount=5))
    tips = [alt.Tooltip(f"{name}:N") for name in ("measure", "range")]
    tips += [alt.Tooltip(f"{name}:Q", format=".3~g") for name in ("moves", "low", "high", "mark")]
    return layer_charts(
        [
            base.mark_bar(color=MIDDLE_BLUE).encode(x=moves, tooltip=tips),
            base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
            base.mark_point(shape="diamond", filled=True, color=BLACK, size=70).encode(x="mark:Q"),
            *draw_bar_headings(drawn),
        ],
        compute_bars_height(drawn, 1),
        CHART_WIDTH,
    )
