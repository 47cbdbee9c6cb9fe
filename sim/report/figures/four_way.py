"""The four-way figure: outcomes with, without, in both and in neither, over paired worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import NamedTuple

import altair as alt

from sim.errors import RequestError
from sim.model.measures.registry import Measure, MeasureKind
from sim.report.figures.aggregates import PairedRuns, pair_runs
from sim.report.figures.figure import Figure, FigureRow, layer_charts, make_chart
from sim.report.figures.labelled_bars import build_bar_axis, compute_bars_height, draw_bar_headings
from sim.report.figures.theme import CHART_WIDTH, RUN_COLOURS, ChartSpec, wrap_text
from sim.report.run_view import Run
from sim.report.words import format_percent, write_left_out, write_small_print
from sim.statistics.paired import FourWay

_HEADING_LETTERS, _SIDE_LETTERS = 72, 34
"""Characters of a line above a bar, and of the label above a side."""
_FULL_WIDTH, _LINE_HEIGHT = CHART_WIDTH, 17
_SHARE_AXIS = alt.Axis(
    labelExpr="format(abs(datum.value), '~%')", tickCount=5, title="share of pairs", grid=False
)
_NOTE = "Paired worlds have the same random draws. Whiskers: 95% intervals."


class BarSide(NamedTuple):
    """An outcome on one side only: its key, its label, and the direction of its bar."""

    kind: str
    label: str
    sign: int


class PairedMeasure(NamedTuple):
    """A measure, and the counts of pairs of worlds in which it happened."""

    measure: Measure
    four_way: FourWay


_SIDES = (BarSide("added", "added", 1), BarSide("averted", "averted", -1))


def plot_four_way(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield a figure of each further run paired with the first.

    Raises:
        RequestError: there is only one run, or the worlds are not paired.
    """
    if len(runs) < 2:
        raise RequestError("the four-way figure needs two results folders: with, and without")
    for pair in pair_runs(runs):
        if pair.unpaired_reason:
            names = f"{pair.without.name} and {pair.with_.name}"
            raise RequestError(f"the worlds of {names} are not paired: {pair.unpaired_reason}")
        if paired_measures := list(_list_unconditional(pair)):
            yield _build_figure(pair, paired_measures)


def _list_unconditional(pair: PairedRuns) -> Iterator[PairedMeasure]:
    """Yield the outcomes that are defined in every world, and so in every pair."""
    for difference in pair.differences:
        if difference.four_way and not difference.measure.given:
            yield PairedMeasure(difference.measure, difference.four_way)


def _build_figure(pair: PairedRuns, paired_measures: list[PairedMeasure]) -> Figure:
    with_run, without_run = pair.with_, pair.without
    return Figure(
        name=f"fourway{pair.name_suffix}",
        title=_write_title(paired_measures, pair),
        finding=_summarise(paired_measures, pair),
        note=f"{_NOTE} {_list_left_out(pair)}{write_small_print([with_run, without_run])}",
        chart=_build_chart(_select_diverging(paired_measures), with_run, without_run),
        table=[_build_row(measure, four_way, pair) for measure, four_way in paired_measures],
    )


def _write_title(paired_measures: list[PairedMeasure], pair: PairedRuns) -> str:
    """Return how the outcome that diverges in most pairs does so."""
    measure, four_way = max(paired_measures, key=lambda paired: _count_diverging(paired.four_way))
    if not _count_diverging(four_way):
        return f"{pair.with_.name} and {pair.without.name}: the same outcomes in every pair"
    return (
        f"{measure.short}: of {four_way.pairs:,} pairs, added in {four_way.added:,} and averted in "
        f"{four_way.averted:,} by {pair.with_.name}"
    )


def _select_diverging(paired_measures: list[PairedMeasure]) -> list[PairedMeasure]:
    """Return the outcomes that differ in any pair, the most first, or all if none does."""
    ordered = sorted(paired_measures, key=lambda paired: -_count_diverging(paired.four_way))
    return [each for each in ordered if _count_diverging(each.four_way)] or ordered


def _list_left_out(pair: PairedRuns) -> str:
    """Return the outcomes that are left out, since they differ by construction."""
    constructed = [m for measures in pair.findings.constructed.values() for m in measures]
    return write_left_out([m.phrase for m in constructed if _is_unconditional(m)])


def _is_unconditional(measure: Measure) -> bool:
    return measure.kind is MeasureKind.HAPPENED and not measure.given


def _summarise(paired_measures: list[PairedMeasure], pair: PairedRuns) -> str:
    """Return the counts of outcomes that differ, and the outcomes that are the same."""
    counts = [
        _describe_counts(measure, four_way, pair)
        for measure, four_way in paired_measures
        if _count_diverging(four_way)
    ]
    pairs = f"Of {paired_measures[0].four_way.pairs:,} pairs of worlds, " if counts else ""
    alike = [
        measure.label for measure, four_way in paired_measures if not _count_diverging(four_way)
    ]
    same = f"The same in every pair: {'; '.join(alike)}." if alike else ""
    return " ".join(filter(None, [f"{pairs}{'; '.join(counts)}." if counts else "", same]))


def _count_diverging(four_way: FourWay) -> int:
    """Return in how many pairs the outcome differs."""
    return four_way.added + four_way.averted


def _describe_counts(measure: Measure, four_way: FourWay, pair: PairedRuns) -> str:
    """Return the four counts in words."""
    return (
        f"{measure.label}: in both {four_way.both:,}, "
        f"only in {pair.with_.name} {four_way.added:,}, "
        f"only in {pair.without.name} {four_way.averted:,}, in neither {four_way.neither:,}"
    )


def _build_row(measure: Measure, four_way: FourWay, pair: PairedRuns) -> FigureRow:
    row: FigureRow = {"with": pair.with_.name, "without": pair.without.name}
    row |= {"measure": measure.name, "label": measure.label} | asdict(four_way)
    for side in _SIDES:
        share = four_way.share(side.kind)
        ends = {"share": share.value, "low": share.low, "high": share.high}
        row |= {f"{side.kind}_{end}": value for end, value in ends.items()}
    return row | {"pairs": four_way.pairs}


def _build_bar_rows(measure: Measure, four_way: FourWay) -> Iterator[FigureRow]:
    for kind, label, sign in _SIDES:
        share = four_way.share(kind)
        yield {
            "measure": measure.name,
            "label": measure.label,
            "lines": wrap_text(measure.short, _HEADING_LETTERS),
            "rest": _describe_rest(four_way),
            "kind": kind,
            "side": label,
            "value": sign * share.value,
            "low": sign * share.low,
            "high": sign * share.high,
            "pairs": getattr(four_way, kind),
            "shown": format_percent(share.value),
        }


def _describe_rest(four_way: FourWay) -> str:
    shares = (format_percent(count / four_way.pairs) for count in (four_way.both, four_way.neither))
    return "in both {}, in neither {}".format(*shares)


def _build_chart(
    paired_measures: list[PairedMeasure], with_run: Run, without_run: Run
) -> ChartSpec:
    drawn = [
        bar for measure, four_way in paired_measures for bar in _build_bar_rows(measure, four_way)
    ]
    far = 1.35 * max(0.005, *(abs(float(str(row["high"]))) for row in drawn))
    share = alt.X("value:Q", axis=_SHARE_AXIS).scale(domain=[-far, far], nice=False)
    colour = alt.Color("kind:N", legend=None).scale(
        domain=[side.kind for side in _SIDES],
        range=[RUN_COLOURS[with_run.index], RUN_COLOURS[without_run.index]],
    )
    base = make_chart(drawn).encode(y=build_bar_axis(drawn, 1))
    tips = [alt.Tooltip(f"{name}:N") for name in ("label", "side", "pairs", "shown")]
    layers = [
        base.mark_bar(opacity=0.85).encode(x=share, color=colour, tooltip=tips),
        base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        base.mark_rule(strokeWidth=1).encode(x=alt.XDatum(0)),
        *(_draw_shares(base, side) for side in _SIDES),
        *draw_bar_headings(drawn),
        *_draw_side_labels(with_run, without_run),
    ]
    return layer_charts(layers, compute_bars_height(drawn, 1), _FULL_WIDTH)


def _draw_side_labels(with_run: Run, without_run: Run) -> Iterator[alt.Chart]:
    """Yield the labels of the two sides, each above its side."""
    sides = (
        ("left", 0, [*wrap_text(f"only in {without_run.name}", _SIDE_LETTERS), "\u2190 averted"]),
        (
            "right",
            _FULL_WIDTH,
            [*wrap_text(f"only in {with_run.name}", _SIDE_LETTERS), "added \u2192"],
        ),
    )
    for align, x, lines in sides:
        above = -4 - _LINE_HEIGHT * (len(lines) - 1)
        yield (
            make_chart([{"lines": lines}])
            .mark_text(align=align, baseline="bottom", dy=above, fontStyle="italic")  # type: ignore[arg-type]
            .encode(x=alt.value(x), y=alt.value(0), text="lines:N")
        )


def _draw_shares(base: alt.Chart, side: BarSide) -> alt.Chart:
    """Return the share as text beyond the end of its whisker."""
    return (
        base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=side.kind))
        .mark_text(align="left" if side.sign > 0 else "right", dx=5 * side.sign)
        .encode(x="high:Q", text="shown:N")
    )
