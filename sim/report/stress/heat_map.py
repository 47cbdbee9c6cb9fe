"""Heat maps of a stress test: who comes to whom, crisis by crisis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import altair as alt

from sim.analysis.stress.construction import find_rule, is_left_alone
from sim.analysis.stress.difference_findings import summarise_comparison
from sim.analysis.stress.findings import excludes_zero, summarise_matrix
from sim.analysis.stress.matrix import (
    ANY,
    SIDES,
    Cell,
    StressComparison,
    StressMatrix,
    compare_stress,
)
from sim.analysis.stress.names import abbreviate_kind
from sim.analysis.stress.openings import CrisisOpening
from sim.output import format_count
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.theme import BLACK, CHART_WIDTH, DARK_BLUE, VERMILLION, ChartSpec
from sim.statistics.intervals import Interval

_ROW_HEIGHT = 18
_DARK = 0.55
"""A share from which on white text is easier to read than black."""
_PALE = "#F1F3F5"
"""Zero; the two sides of a crisis, which cannot come to themselves, are white."""
_SEQUENTIAL, _DIVERGING = (_PALE, DARK_BLUE), (VERMILLION, _PALE, DARK_BLUE)
_RECEIVERS = {"attacked": "the attacked side", "attacker": "the attacker"}
_SIDE_COLUMNS = ("opening", "crisis", "actor", "name", "side", "value", "low", "high", "shown")


def plot_stress(matrices: Sequence[StressMatrix]) -> list[Figure]:
    """Return the heat maps of the first matrix, and those of how the others differ from it."""
    first = matrices[0]
    figures = [_plot_help(first, side) for side in SIDES]
    for place, other in enumerate(matrices[1:], start=1):
        comparison = compare_stress(first, other)
        figures += [_plot_difference(comparison, side, place) for side in SIDES]
    return figures


def _plot_help(matrix: StressMatrix, side: str) -> Figure:
    rows = list(_build_rows(matrix, side, matrix.interval, _format_share))
    return Figure(
        name=f"stress-{side}",
        title=f"{matrix.scenario.title}: who comes to {_RECEIVERS[side]}",
        finding=_find_sentence(summarise_matrix(matrix), f"The likeliest help for an {side}"),
        note=f"Per cent of worlds in which an actor sends aid of any level. {_describe(matrix)}",
        chart=_build_chart(matrix, rows, _SEQUENTIAL, (0.0, 1.0)),
        table=rows,
    )


def _plot_difference(comparison: StressComparison, side: str, place: int) -> Figure:
    def shown(interval: Interval) -> str:
        return f"{100 * interval.value:+.0f}" if excludes_zero(interval) else ""

    rows = list(_build_rows(comparison.with_, side, comparison.difference, shown))
    for row in rows:
        cell = Cell(str(row["opening"]), "aid", str(row["actor"]), side, ANY)
        row["by_construction"] = find_rule(comparison, cell)
        row["shown"] = (
            f"{row['shown']}c" if row["by_construction"] and row["shown"] else row["shown"]
        )
    titles = [matrix.scenario.title for matrix in (comparison.with_, comparison.without)]
    widest = max(0.05, *(abs(float(str(row["value"]))) for row in rows))
    return Figure(
        name=f"difference-{place}-{side}",
        title=f"{titles[0]} minus {titles[1]}: who comes to {_RECEIVERS[side]}",
        finding=_find_sentence(summarise_comparison(comparison), f"Help for the {side}", "No ally"),
        note=(
            "Percentage points in paired worlds, printed where the 95% interval excludes zero; "
            f"c: by construction, not a finding. {_describe(comparison.with_)}"
        ),
        chart=_build_chart(comparison.with_, rows, _DIVERGING, (-widest, 0.0, widest)),
        table=rows,
    )


def _describe(matrix: StressMatrix) -> str:
    worlds = format_count(matrix.worlds, "world")
    months = format_count(matrix.months, "month")
    return f"{worlds} of each crisis, {months}, seed {matrix.scenario.seed}."


def _find_sentence(sentences: Sequence[str], *beginnings: str) -> str:
    """Return the first finding that begins so, or the first of all."""
    chosen = [text for text in sentences if text.startswith(beginnings)]
    return (chosen or list(sentences) or ["Nobody comes."])[0]


def _format_share(interval: Interval) -> str:
    return f"{100 * interval.value:.0f}" if interval.value >= 0.005 else ""


def _build_rows(
    matrix: StressMatrix,
    side: str,
    measure: Callable[[Cell], Interval],
    show: Callable[[Interval], str],
) -> Iterator[FigureRow]:
    """Yield a row for each crisis and each actor that is not one of the two."""
    for opening in matrix.openings:
        for actor in _list_others(matrix, opening):
            interval = measure(Cell(str(opening), "aid", actor, side, ANY))
            crisis, name = _label_crisis(matrix, opening), matrix.scenario.actors[actor].name
            values = (str(opening), crisis, actor, name, side, *interval, show(interval))
            yield dict(zip(_SIDE_COLUMNS, values, strict=True)) | {
                "left_alone": is_left_alone(opening)
            }


def _label_crisis(matrix: StressMatrix, opening: CrisisOpening) -> str:
    """Return a crisis as a label, such as "Borduria > Syldavia", with its kind unless it is war."""
    attacker, attacked = (
        matrix.scenario.actors[code].name for code in (opening.attacker, opening.attacked)
    )
    return f"{attacker} > {attacked}{abbreviate_kind(opening)}"


def _list_others(matrix: StressMatrix, opening: CrisisOpening) -> list[str]:
    return [each for each in matrix.actors if each not in (opening.attacker, opening.attacked)]


def _build_chart(
    matrix: StressMatrix,
    rows: list[FigureRow],
    colours: tuple[str, ...],
    domain: tuple[float, ...],
) -> ChartSpec:
    """Return tiles of crises by actors, each with its number."""
    names = [actor.name for actor in matrix.scenario.actors.values()]
    crises = list(dict.fromkeys(str(row["crisis"]) for row in rows))
    scale = alt.Scale(range=list(colours), domain=list(domain), interpolate="rgb")
    heads = alt.Axis(orient="top", labelAngle=-90, title=None, domain=False, ticks=False)
    labels = alt.Axis(title=None, domain=False, ticks=False, labelLimit=220)
    base = make_chart(rows).encode(
        x=alt.X("name:N", sort=names, axis=heads), y=alt.Y("crisis:N", sort=crises, axis=labels)
    )
    dark = f"abs(datum.value) > {_DARK * domain[-1]}"
    text = alt.condition(dark, alt.value("white"), alt.value(BLACK))
    tips = [alt.Tooltip(f"{name}:N") for name in ("crisis", "name")]
    tips += [alt.Tooltip(f"{name}:Q", format=".3f") for name in ("value", "low", "high")]
    return layer_charts(
        [
            base.mark_rect(stroke="white").encode(
                color=alt.Color("value:Q", scale=scale, legend=None), tooltip=tips
            ),
            base.mark_text().encode(text="shown:N", color=text),
        ],
        _ROW_HEIGHT * len(crises),
        CHART_WIDTH,
    )
