"""What expected allies do beside adding strength: they embolden, and they advise to settle.

Both are departures from the record of disputes: allies that stood then, and were expected then,
change nothing. Each is a sum over the allies of one side, one added after another.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.arrays import Vector
from sim.model.decisions.calls import find_unconditional_treaties
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.coalition import ExpectedSide
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.foreseen_allies import ForeseenAllies
from sim.model.foresight.opponents import Opponents

_KINDS_OF_QUARREL = 3


def moral_hazard(expectations: Expectations, pair: Opponents, side: int) -> Vector:
    """Return how much bolder a challenger is for allies that come even if it begins, in log-odds.

    Source: Benson (2011) on commitments that hold even for one that began.
    """
    state, at = expectations.state, pair.places
    added = at.of(state.nothing)
    for now, in_record in _unconditional_help(expectations, pair, side):
        added = added + now
        added = added - in_record
    return at.of(state.rules.challenge.embolden) * added


def split_moral_hazard(
    expectations: Expectations, rivalry: Rivalry, side: int
) -> dict[int, Vector]:
    """Return the part of each ally, by its row, in how much bolder a challenger is, in log-odds."""
    state, embolden = expectations.state, expectations.state.rules.challenge.embolden
    help_ = _unconditional_help(expectations, expectations.everywhere(rivalry), side)
    return {
        ally.ally: embolden * (now - in_record)
        for ally, (now, in_record) in zip(expectations.allies(rivalry, side), help_, strict=False)
        if find_unconditional_treaties(state, ally)
    }


def _unconditional_help(
    expectations: Expectations, pair: Opponents, side: int
) -> Iterator[tuple[Vector, Vector]]:
    """Yield how surely each ally comes even if the side begins, now and in the record, (place,).

    It is 0 of allies that are not bound to; none is yielded with moral hazard switched off.
    """
    switches, foreseen = expectations.state.mechanisms, expectations.foreseen
    if not (switches.moral_hazard and switches.emboldenment and foreseen.any_unconditional):
        return
    attacker = expectations.expect(pair, side, side).attacker
    expected = attacker.chances[2][0]
    recorded = foreseen.record.before.war_if_begun(attacker.cells)
    bound = foreseen.bound_if_begun(attacker.rows, pair.places)
    in_record = pair.places.spread(foreseen.bound_in_record[attacker.rows])
    yield from zip(bound * expected, in_record * recorded, strict=True)


def advice_to_settle(
    expectations: Expectations, pair: Opponents, side: int, observer: int
) -> Vector:
    """Return the effect on a target's resistance of what its allies advise, in log-odds.

    An ally that may be drawn in advises to settle, less so the more it has a quarrel of its own
    with the challenger (Fang, Johnson and Leeds 2014). Advice is given in private: only the target
    heeds it.
    """
    state, at = expectations.state, pair.places
    added = at.of(state.nothing)
    if observer != side or not state.mechanisms.advice:
        return added
    for advice in _advice_of_allies(expectations, pair, side):
        added = added + advice
    return -at.of(state.rules.challenge.advice) * added


def split_advice(expectations: Expectations, rivalry: Rivalry, side: int) -> dict[int, Vector]:
    """Return the part of each ally, by its row, in what a target is advised, in log-odds."""
    if not expectations.state.mechanisms.advice:
        return {}
    weight = -expectations.state.rules.challenge.advice
    advice = _advice_of_allies(expectations, expectations.everywhere(rivalry), side)
    allies = expectations.allies(rivalry, side)
    return {ally.ally: weight * part for ally, part in zip(allies, advice, strict=True)}


def detachment(foreseen: ForeseenAllies) -> Vector:
    """Return how far allies have no quarrel of their own with the opponent, 0 to 1, (row,)."""
    detached: Vector = 1 - foreseen.own_quarrels / _KINDS_OF_QUARREL
    return detached


def _advice_of_allies(expectations: Expectations, pair: Opponents, side: int) -> Vector:
    """Return how much more each ally of a target advises to settle than in the record, (ally, ..).

    The target expects the contest in which the other side challenges. Worked out once for a side.
    """
    if side not in pair.advice:
        pair.advice[side] = _work_out_advice(expectations, pair, side)
    return pair.advice[side]


def _work_out_advice(expectations: Expectations, pair: Opponents, side: int) -> Vector:
    target = expectations.expect(pair, 1 - side, side).defender
    recorded = _recorded_aid(expectations, pair, target)
    detached = pair.places.spread(detachment(expectations.foreseen)[target.rows])
    advice: Vector = detached * (target.mixed[0] - recorded)
    return advice


def _recorded_aid(expectations: Expectations, pair: Opponents, target: ExpectedSide) -> Vector:
    """Return the chance of any aid to a target in the record of disputes, (ally, place)."""
    before, at = expectations.foreseen.record.before, pair.places
    begun, attacked = before.any_aid(target.rows, target.cells, at)
    begins = 1 - at.of(expectations.state.rules.challenge.begins)
    recorded: Vector = attacked + begins * (begun - attacked)
    return recorded
