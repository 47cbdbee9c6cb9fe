"""What turns an outcome, in sentences: the finding first, then its size, then how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from sim.analysis.stories.short_story import near_line
from sim.analysis.tipping.decision import DecisionTip
from sim.analysis.tipping.target import Target
from sim.analysis.tipping.tip import Move, Tipping, TipResult
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count, format_exact_number
from sim.statistics.intervals import Interval
from sim.statistics.rounding import format_exact, round_interval

_NUMBERS = ("no", "one", "two", "three")
_SETTLED, _EVEN = 0.95, 0.5
"""Share of other futures in which a decision settles an event, and in which it does not."""


def describe_tip(result: TipResult) -> Iterator[str]:
    """Yield what was found, in sentences."""
    measure, base = result.measure, value_words(result.measure, result.base)
    if result.holds_already:
        yield f"Nothing need change: it is {base} as every assumption is drawn."
        return
    if result.tipping:
        yield from _describe_found(result, result.tipping)
    else:
        yield from _describe_none(result)
    yield f"As every assumption is drawn it is {base}."
    if result.tipping:
        yield from _describe_fewer(result, len(result.tipping.moves))
    if measure.given:
        yield f"It is counted only where {measure.given}."


def _describe_found(result: TipResult, tipping: Tipping) -> Iterator[str]:
    size, measure = len(tipping.moves), result.measure
    name = f"{_NUMBERS[size].capitalize()} assumption{'s' * (size > 1)}"
    verb = "turn it" if size > 1 else "turns it"
    fresh = value_words(measure, tipping.fresh)
    if tipping.certified:
        yield f"{name} {verb}: in fresh worlds it is {fresh}."
    else:
        yield (
            f"{name} {verb} in the worlds searched, but fresh worlds do not certify it: there it "
            f"is {fresh}."
        )
    yield describe_reach(tipping)


def describe_reach(tipping: Tipping) -> str:
    """Return how far the assumptions are moved, and how many worlds draw them so far out."""
    size, rarity = len(tipping.moves), tipping.rarity
    whom = ("It is", "Each is", "Each is")[min(size, 3) - 1]
    if rarity <= 0:
        return (
            f"{whom} at the very end of its range: no world draws {'it' if size == 1 else 'them'} "
            "further out."
        )
    out = "it" if size == 1 else ("both" if size == 2 else "all three")
    return (
        f"{whom} moved {100 * tipping.share:.0f}% of the way from the middle of its range to its "
        f"end; about 1 world in {1 / rarity:,.0f} draws {out} as far out or further."
    )


def _describe_none(result: TipResult) -> Iterator[str]:
    tried = sum(result.tried)
    yield (
        f"No one, two or three assumptions turn it: none of {format_count(tried, 'set')} tried "
        "reaches that bound, with each at the end of its range."
    )
    if result.nearest:
        value = _single(result.measure, result.nearest.value)
        yield f"Nearest comes {_join([move.key for move in result.nearest.moves])}, with {value}."


def _describe_fewer(result: TipResult, size: int) -> Iterator[str]:
    """Yield that smaller sets did not do, and the single assumption that came nearest."""
    if size == 1 or not result.candidates:
        return
    best = result.candidates[0]
    low, high = (_single(result.measure, value) for value in (best.low, best.high))
    fewer = "No single assumption does" if size == 2 else "No one or two assumptions do"
    yield (
        f"{fewer}, even at the ends of their ranges: alone, {best.key} moves it furthest "
        f"({low} at its low end, {high} at its high end)."
    )


def describe_move(move: Move) -> str:
    """Return an assumption, to what it is set, and its range."""
    number = move.number
    side = "up" if move.upwards else "down"
    return (
        f"{side} to {format_exact(move.value)} (value {format_exact_number(number.value)}, range "
        f"{format_exact_number(number.low)} to {format_exact_number(number.high)}; {number.unit})"
    )


def describe_decision(result: DecisionTip) -> Iterator[str]:
    """Yield what one decision does in one world, in sentences."""
    world, measure = result.record.world, result.measure
    own = _single(measure, result.own_value, one_world=True)
    if result.holds_already:
        yield f"Nothing need change: in world {world} it is {own}."
        return
    if not result.near:
        yield _describe_no_decision(result, own)
        return
    line = near_line(result.record.scenario, result.near)
    turned = _single(measure, result.value, one_world=True)
    yield f"One decision turns it. In {line.when} {line.text} ({line.why})."
    yield f"Decided the other way, with every other draw kept, it is {turned} instead of {own}."
    yield from _describe_futures(result)
    yield (
        f"{result.turning} of the {format_count(result.tried, 'decision')} that were turned would "
        "have done; of these, its draw lay nearest to its chance."
    )


def _describe_no_decision(result: DecisionTip, own: str) -> str:
    world = result.record.world
    if not result.tried:
        return f"No decision that could turn it came up in world {world}. As it is: {own}."
    return (
        f"No single decision turns it: world {world} was simulated with each of "
        f"{format_count(result.tried, 'decision')} the other way, and none was enough. As it is: "
        f"{own}."
    )


def _describe_futures(result: DecisionTip) -> Iterator[str]:
    if not result.futures:
        return
    before, after = (value_words(result.measure, each) for each in result.futures)
    yield (
        f"In other futures of that month it is {before} as it was decided and {after} the other "
        "way."
    )
    yield from _judge_futures(result.measure, result.target, result.futures[1])


def _judge_futures(measure: Measure, target: Target, after: Interval) -> Iterator[str]:
    """Yield whether a decision settles an event by itself, or leaves it to later draws."""
    if measure.kind is not MeasureKind.HAPPENED or not isfinite(after.value):
        return
    turned = after.value if target.upwards else 1 - after.value
    if turned >= _SETTLED:
        yield "The decision all but settles it: what follows by chance hardly matters."
    elif turned < _EVEN:
        yield "In most of them it does not: this world owes the turn to later draws as well."


def value_words(measure: Measure, interval: Interval) -> str:
    """Return a share or mean with its interval, or what is missing."""
    if not isfinite(interval.value):
        return "defined in too few worlds to tell"
    scale, sign = (100, "%") if measure.kind is MeasureKind.HAPPENED else (1, "")
    if not isfinite(interval.low):
        return f"{format_exact(interval.value * scale)}{sign}"
    rounded = round_interval(*(bound * scale for bound in interval))
    return f"{rounded.value}{sign} ({rounded.low} to {rounded.high}{sign})"


def _single(measure: Measure, value: float, *, one_world: bool = False) -> str:
    if measure.kind is not MeasureKind.HAPPENED:
        return "undefined" if not isfinite(value) else f"{value:.3g}"
    if one_world:
        return "yes" if value else "no"
    return f"{100 * value:.3g}%" if isfinite(value) else "undefined"


def _join(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
