"""The four-way picture: what happened with, without, in both, in neither, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import NamedTuple

import altair as alt

from sim.errors import RequestError
from sim.model.measures.registry import Measure
from sim.report.figures.aggregates import Twins, twins
from sim.report.figures.figure import Figure, Row, chart, sized
from sim.report.figures.labelled_bars import headings, shelf, shelf_height
from sim.report.figures.theme import RUNS, WIDTH, Spec, lines
from sim.report.run_view import Run
from sim.report.words import percent, small_print
from sim.statistics.paired import FourWay

_HEAD, _SIDE = 60, 28
"""Letters of a line above a bar, and of what stands above a side."""
_WIDE, _LINE = WIDTH + 20, 13
_AXIS = alt.Axis(
    labelExpr="format(abs(datum.value), '~%')", tickCount=5, title="share of pairs", grid=False
)
_NOTE = "Each world is paired with its twin, which has the same luck. Whiskers: 95 % intervals."


class Side(NamedTuple):
    """What happened on one side only: what it is called, and which way its bar points."""

    kind: str
    sign: int


class Counted(NamedTuple):
    """A measure and in how many pairs of worlds it happened where."""

    measure: Measure
    found: FourWay


_SIDES = (Side("provoked", 1), Side("deterred", -1))


def fourway(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield a picture of each further run held against the first.

    Raises:
        RequestError: there is only one run, or the worlds are no pairs.
    """
    if len(runs) < 2:
        raise RequestError("the four-way picture needs two results folders: with, and without")
    for two in twins(runs):
        if two.strangers:
            names = f"{two.without.name} and {two.with_.name}"
            raise RequestError(f"the worlds of {names} are no pairs: {two.strangers}")
        if counted := list(_counted(two)):
            yield _figure(two, counted)


def _counted(two: Twins) -> Iterator[Counted]:
    """Yield what can happen in every world; elsewhere some worlds have no twin."""
    for difference in two.differences:
        if difference.four and not difference.measure.given:
            yield Counted(difference.measure, difference.four)


def _figure(two: Twins, counted: list[Counted]) -> Figure:
    one, other = two.with_, two.without
    return Figure(
        name=f"fourway{two.suffix}",
        title=f"{one.name} against {other.name}: what happened in one of them only",
        says=_said(counted, two),
        note=f"{_NOTE} {small_print([one, other])}",
        chart=_chart(counted, one, other),
        table=[_row(measure, found, two) for measure, found in counted],
    )


def _said(counted: list[Counted], two: Twins) -> str:
    """Return the counts of what differs, and what is the same in every pair."""
    told = [counts(measure, found, two) for measure, found in counted if parted(found)]
    pairs = f"Of {counted[0].found.pairs:,} pairs of worlds, " if told else ""
    alike = [measure.label for measure, found in counted if not parted(found)]
    same = f"The same in every pair: {'; '.join(alike)}." if alike else ""
    return " ".join(filter(None, [f"{pairs}{'; '.join(told)}." if told else "", same]))


def parted(found: FourWay) -> int:
    """Return in how many pairs the two worlds part."""
    return found.provoked + found.deterred


def counts(measure: Measure, found: FourWay, two: Twins) -> str:
    """Return four counts as a seminar would say them."""
    return (
        f"{measure.label}: in both {found.both:,}, only in {two.with_.name} {found.provoked:,}, "
        f"only in {two.without.name} {found.deterred:,}, in neither {found.neither:,}"
    )


def _row(measure: Measure, found: FourWay, two: Twins) -> Row:
    row: Row = {"with": two.with_.name, "without": two.without.name}
    row |= {"measure": measure.name, "label": measure.label} | asdict(found)
    for side in _SIDES:
        share = found.share(side.kind)
        ends = {"share": share.value, "low": share.low, "high": share.high}
        row |= {f"{side.kind}_{end}": value for end, value in ends.items()}
    return row | {"pairs": found.pairs}


def _bars(measure: Measure, found: FourWay) -> Iterator[Row]:
    for kind, sign in _SIDES:
        share = found.share(kind)
        yield {
            "measure": measure.name,
            "label": measure.label,
            "lines": lines(measure.label, _HEAD),
            "rest": _rest(found),
            "kind": kind,
            "value": sign * share.value,
            "low": sign * share.low,
            "high": sign * share.high,
            "pairs": getattr(found, kind),
            "shown": percent(share.value),
        }


def _rest(found: FourWay) -> str:
    shares = (percent(count / found.pairs) for count in (found.both, found.neither))
    return "in both {}, in neither {}".format(*shares)


def _chart(counted: list[Counted], one: Run, other: Run) -> Spec:
    drawn = [bar for measure, found in counted for bar in _bars(measure, found)]
    far = 1.35 * max(0.005, *(abs(float(str(row["high"]))) for row in drawn))
    share = alt.X("value:Q", axis=_AXIS).scale(domain=[-far, far], nice=False)
    colour = alt.Color("kind:N", legend=None).scale(
        domain=[side.kind for side in _SIDES], range=[RUNS[one.place], RUNS[other.place]]
    )
    base = chart(drawn).encode(y=shelf(drawn, 1))
    tips = [alt.Tooltip(f"{name}:N") for name in ("label", "kind", "pairs", "shown")]
    layers = [
        base.mark_bar(opacity=0.85).encode(x=share, color=colour, tooltip=tips),
        base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        base.mark_rule(strokeWidth=1).encode(x=alt.XDatum(0)),
        *(_number(base, side) for side in _SIDES),
        *headings(drawn),
        *_ends(one, other),
    ]
    return sized(layers, shelf_height(drawn, 1), _WIDE)


def _ends(one: Run, other: Run) -> Iterator[alt.Chart]:
    """Yield what the two sides mean, each above the side that it is said of."""
    said = (
        ("left", 0, [*lines(f"only in {other.name}", _SIDE), "\u2190 deterred"]),
        ("right", _WIDE, [*lines(f"only in {one.name}", _SIDE), "provoked \u2192"]),
    )
    for align, x, words in said:
        above = -4 - _LINE * (len(words) - 1)
        yield (
            chart([{"said": words}])
            .mark_text(align=align, baseline="bottom", dy=above, fontStyle="italic")  # type: ignore[arg-type]
            .encode(x=alt.value(x), y=alt.value(0), text="said:N")
        )


def _number(base: alt.Chart, side: Side) -> alt.Chart:
    """Return the share in figures beyond the end of its whisker."""
    return (
        base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=side.kind))
        .mark_text(align="left" if side.sign > 0 else "right", dx=5 * side.sign)
        .encode(x="high:Q", text="shown:N")
    )
