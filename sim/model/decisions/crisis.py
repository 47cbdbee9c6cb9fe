"""The choices of a crisis: to challenge, to resist, to escalate; each as terms in log-odds.

They are asked of one side of two opponents, in every world of a block or in some cases.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, total
from sim.model.decisions.dispute_history import history_terms
from sim.model.decisions.modifiers import exercise_calming, patron_restraint, provocation_tension
from sim.model.foresight.ally_influence import advice_to_settle, moral_hazard
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents
from sim.model.plugged.crisis import challenge_by_theory, resist_by_theory
from sim.model.theory.contest import challenge_value
from sim.model.theory.crisis import (
    challenge_considerations,
    contest_considerations,
    war_considerations,
)
from sim.model.theory.quantal_response import logistic

CrisisTerms = Callable[[Expectations, Opponents, int], Terms]
"""Returns the terms of a choice of one side, 0 or 1, of two opponents, (place,) each."""


def challenge_terms(
    expectations: Expectations, pair: Opponents, side: int, resistance: Terms | None = None
) -> Terms:
    """Return the terms of a challenge, given the expected response and the expected aid.

    `resistance` is the expected response where it has been worked out already: the terms of the
    other side's resisting, as this side estimates them.
    """
    state, at, baseline = expectations.state, pair.places, expectations.baselines

    def resisted() -> Vector:
        terms = resistance or resist_terms(expectations, pair, 1 - side, side)
        return logistic(total(terms.values()))

    if "challenge" in state.theories:
        return challenge_by_theory(expectations, pair, side, resisted)
    rules, rationality = state.rules.challenge.at(at), at.of(state.rules.choice.rationality)
    expected = expectations.expect(pair, side, side)
    stake, winning = pair.read(expectations.stakes, side), expected.attacker_win_chance
    value = challenge_value(stake, winning, resisted(), rules.dispute_cost)
    terms = challenge_considerations(
        pair.read(baseline.challenge, side),
        rationality,
        value,
        pair.read(baseline.challenge_value, side),
    )
    armed = expected.defender.nuclear - pair.read(baseline.nuclear, side)
    return terms | {
        "nuclear": -rationality * rules.nuclear_dread * armed,
        "moral_hazard": moral_hazard(expectations, pair, side),
        **history_terms(expectations, pair),
        "tension": provocation_tension(state, pair.actor(0), pair.actor(1), at),
        "restraint": -patron_restraint(state, pair.actor(side), at),
    }


def resist_terms(expectations: Expectations, pair: Opponents, side: int, observer: int) -> Terms:
    """Return the terms of resisting a step of the other side, as one side estimates them."""
    if "challenge" in expectations.state.theories:
        return resist_by_theory(expectations, pair, side, observer)
    baseline = expectations.baselines
    expected = expectations.expect(pair, 1 - side, observer)
    terms = contest_considerations(
        pair.read(baseline.resist, side),
        pair.places.of(expectations.state.rules.choice.rationality),
        pair.read(expectations.stakes, side),
        1 - expected.attacker_win_chance,
        pair.read(baseline.win_chance_attacked, side),
    )
    return terms | {"advice": advice_to_settle(expectations, pair, side, observer)}


def own_resist_terms(expectations: Expectations, pair: Opponents, side: int) -> Terms:
    """Return the terms of resisting a step of the other side."""
    return resist_terms(expectations, pair, side, side)


def climb_terms(expectations: Expectations, pair: Opponents, side: int) -> Terms:
    """Return the terms of escalating to a rung below war."""
    baseline = expectations.baselines
    return contest_considerations(
        pair.read(baseline.climb, side),
        pair.places.of(expectations.state.rules.choice.rationality),
        pair.read(expectations.stakes, side),
        expectations.expect(pair, side, side).attacker_win_chance,
        pair.read(baseline.win_chance_attacking, side),
    )


def war_terms(expectations: Expectations, pair: Opponents, side: int) -> Terms:
    """Return the terms of going from the use of force to war."""
    at, state = pair.places, expectations.state
    rules = state.rules.escalate.at(at)
    expected = expectations.expect(pair, side, side, begins_for_sure=True)
    exposed = rules.war_cost * (0.5 - expected.attacker_win_chance)
    terms = war_considerations(
        pair.read(expectations.baselines.war, side),
        at.of(state.rules.choice.rationality),
        pair.read(expectations.stakes, side),
        expected.attacker_win_chance,
        exposed,
        rules.pact * expected.attacker.allies,
    )
    busy = expectations.fights_elsewhere(pair.actor(side), pair.rivalry, at)
    return terms | {
        "nuclear": -rules.nuclear * expected.defender.nuclear,
        "busy": -rules.other_war * busy,
    }


def next_rung_terms(expectations: Expectations, pair: Opponents, side: int) -> Terms:
    """Return the terms of escalating to the next rung, calmed and restrained by others."""
    state, at = expectations.state, pair.places
    return _contested_rung_terms(expectations, pair, side) | {
        "calming": exercise_calming(state, pair.actor(0), pair.actor(1), at),
        "restraint": -patron_restraint(state, pair.actor(side), at),
    }


def at_force(expectations: Expectations, pair: Opponents) -> Mask:
    """Return where force is used short of war, (place,)."""
    return pair.read_rivalry(expectations.state.disputes.at_force)


def _contested_rung_terms(expectations: Expectations, pair: Opponents, side: int) -> Terms:
    """Return the terms of escalating to the next rung, which is war where force is used.

    With a decision log, the terms of war are always included, so that the log of one world
    names the same considerations as that of a block.
    """
    below, force = climb_terms(expectations, pair, side), at_force(expectations, pair)
    if not any_world(force) and expectations.state.log is None:
        return below
    war: dict[str, Vector] = war_terms(expectations, pair, side)
    return {name: np.where(force, term, below.get(name, 0.0)) for name, term in war.items()}
