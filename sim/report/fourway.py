"""The four-way picture: what happened with, without, in both, in neither, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import altair as alt

from sim.errors import RequestError
from sim.model.measures import Measure
from sim.report.data import Pairs, pairs, unpaired
from sim.report.figure import Figure, Row, chart, sized
from sim.report.run import Run
from sim.report.shelves import headings, shelf, shelf_height
from sim.report.theme import BLUE, VERMILLION, WIDTH, Spec, lines
from sim.report.words import percent, small_print

_HEAD = 60
_NOTE = "Each world is paired with its twin, which has the same luck. Whiskers: 95 % intervals."


class Side(NamedTuple):
    """What happened on one side only: what it is called, and which way its bar points."""

    kind: str
    sign: int


_SIDES = (Side("provoked", 1), Side("deterred", -1))


def fourway(runs: Sequence[Run]) -> Iterator[Figure]:
    """Yield a picture of the first run against each further one.

    Raises:
        RequestError: there is only one run, or the worlds are no pairs.
    """
    if len(runs) < 2:
        raise RequestError("the four-way picture needs two results folders: with, and without")
    for at, other in enumerate(runs[1:], start=2):
        if fault := unpaired(runs[0], other):
            names = f"{runs[0].results.folder} and {other.results.folder}"
            raise RequestError(f"the worlds of {names} are no pairs: {fault}")
        if counted := _counted(runs[0], other):
            yield _figure(runs[0], other, counted, "fourway" if at == 2 else f"fourway-{at}")


def _counted(one: Run, other: Run) -> list[tuple[Measure, Pairs]]:
    """Count pairs for what can happen in every world; elsewhere twins would be no twins."""
    theirs = {measure.name for measure in other.results.measures()}
    return [
        (measure, pairs(one.happened(measure.name), other.happened(measure.name)))
        for measure in one.outcomes
        if not measure.given and measure.name in theirs
    ]


def _figure(one: Run, other: Run, counted: list[tuple[Measure, Pairs]], name: str) -> Figure:
    return Figure(
        name=name,
        title=f"{one.name} against {other.name}: what happened in one of them only",
        says=" ".join(f"{_sentence(measure, found, one, other)}" for measure, found in counted),
        note=f"{_NOTE} {small_print([one, other])}",
        chart=_chart(counted, one, other),
        table=[_row(measure, found, one, other) for measure, found in counted],
    )


def _sentence(measure: Measure, found: Pairs, one: Run, other: Run) -> str:
    return (
        f"Of {found.total:,} pairs of worlds, {measure.label}: in both {found.both:,}, only in "
        f"{one.name} {found.provoked:,}, only in {other.name} {found.deterred:,}, in neither "
        f"{found.neither:,}."
    )


def _row(measure: Measure, found: Pairs, one: Run, other: Run) -> Row:
    row: Row = {
        "with": one.name,
        "without": other.name,
        "measure": measure.name,
        "label": measure.label,
        "both": found.both,
        "neither": found.neither,
    }
    for side in _SIDES:
        count: int = getattr(found, side.kind)
        share = found.share(count)
        ends = {"share": share.value, "low": share.low, "high": share.high}
        row |= {side.kind: count} | {f"{side.kind}_{end}": value for end, value in ends.items()}
    return row | {"pairs": found.total}


def _bars(measure: Measure, found: Pairs) -> Iterator[Row]:
    for kind, sign in _SIDES:
        share = found.share(getattr(found, kind))
        yield {
            "measure": measure.name,
            "label": measure.label,
            "lines": [*lines(measure.label, _HEAD), _rest(found)],
            "kind": kind,
            "value": sign * share.value,
            "low": sign * share.low,
            "high": sign * share.high,
            "pairs": getattr(found, kind),
            "shown": percent(share.value),
        }


def _rest(found: Pairs) -> str:
    shares = (percent(count / found.total) for count in (found.both, found.neither))
    return "in both {}, in neither {}".format(*shares)


def _chart(counted: list[tuple[Measure, Pairs]], one: Run, other: Run) -> Spec:
    drawn = [bar for measure, found in counted for bar in _bars(measure, found)]
    far = 1.35 * max(0.005, *(abs(float(str(row["high"]))) for row in drawn))
    share = alt.X("value:Q", axis=_axis(one, other)).scale(domain=[-far, far], nice=False)
    colour = alt.Color("kind:N", legend=None).scale(
        domain=[side.kind for side in _SIDES], range=[VERMILLION, BLUE]
    )
    base = chart(drawn).encode(y=shelf(drawn, 1))
    tips = [alt.Tooltip(f"{name}:N") for name in ("label", "kind", "pairs", "shown")]
    layers = [
        base.mark_bar(opacity=0.75).encode(x=share, color=colour, tooltip=tips),
        base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q"),
        base.mark_rule(strokeWidth=1).encode(x=alt.XDatum(0)),
        *(_number(base, side) for side in _SIDES),
        *headings(drawn),
    ]
    return sized(layers, shelf_height(drawn, 1), WIDTH + 20)


def _axis(one: Run, other: Run) -> alt.Axis:
    title = [f"← only in {other.name} (deterred)", f"only in {one.name} (provoked) →"]
    return alt.Axis(labelExpr="format(abs(datum.value), '~%')", tickCount=5, title=title)


def _number(base: alt.Chart, side: Side) -> alt.Chart:
    """Return the share in figures beyond the end of its whisker."""
    return (
        base.transform_filter(alt.FieldEqualPredicate(field="kind", equal=side.kind))
        .mark_text(align="left" if side.sign > 0 else "right", dx=5 * side.sign)
        .encode(x="high:Q", text="shown:N")
    )
