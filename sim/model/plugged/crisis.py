"""The case that a theory of challenging and resisting is asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from sim.errors import TheoryError
from sim.model.arrays import Terms, Vector, total
from sim.model.decisions.dispute_history import history_terms
from sim.model.decisions.modifiers import patron_restraint, provocation_tension
from sim.model.foresight.ally_influence import advice_to_settle, moral_hazard
from sim.model.foresight.expectations import Expectations
from sim.model.foresight.opponents import Opponents
from sim.model.places import EVERYWHERE
from sim.model.plugged.asking import FlatNumbers, ask_theory
from sim.model.state import State
from sim.model.theory.cases import CrisisCase
from sim.model.theory.checked import ask_bound, find_function_line
from sim.model.theory.contest import win_chance

_ROUNDING = 1e-9
"""What the order of a sum can change in a chance."""
_Finders = dict[str, Callable[[], Vector]]


def challenge_by_theory(
    expectations: Expectations, pair: Opponents, side: int, resisted: Callable[[], Vector]
) -> Terms:
    """Return the terms of a challenge by the scenario's theory, (place,) each.

    `resisted` finds the chance that the other side resists, as this side expects it.
    """
    baseline = expectations.baselines
    facts = _contest(expectations, pair, side, attacking=side, observer=side) | {
        "record": lambda: pair.read(baseline.challenge, side),
        "winning_in_record": lambda: pair.read(baseline.win_chance_attacking, side),
        "value_in_record": lambda: pair.read(baseline.challenge_value, side),
        "nuclear_in_record": lambda: pair.read(baseline.nuclear, side),
        "resisted": resisted,
        "moral_hazard": lambda: moral_hazard(expectations, pair, side),
        "history": lambda: total(history_terms(expectations, pair).values()),
        "tension": lambda: provocation_tension(
            expectations.state, pair.actor(0), pair.actor(1), pair.places
        ),
        "restraint": lambda: patron_restraint(expectations.state, pair.actor(side), pair.places),
    }
    return _ask(expectations, pair, "challenge", facts)


def resist_by_theory(
    expectations: Expectations, pair: Opponents, side: int, observer: int
) -> Terms:
    """Return the terms of resisting, as one side estimates them, by the scenario's theory."""
    baseline = expectations.baselines
    facts = _contest(expectations, pair, side, attacking=1 - side, observer=observer) | {
        "record": lambda: pair.read(baseline.resist, side),
        "winning_in_record": lambda: pair.read(baseline.win_chance_attacked, side),
        "advice": lambda: advice_to_settle(expectations, pair, side, observer),
    }
    return _ask(expectations, pair, "resist", facts)


def _ask(expectations: Expectations, pair: Opponents, choice: str, facts: _Finders) -> Terms:
    size = _size(expectations, pair)
    case = CrisisCase(size, CrisisCase.absent() | facts)
    return ask_theory(expectations.state, "challenge", choice, case, (size,), pair.places)


def _size(expectations: Expectations, pair: Opponents) -> int:
    return len(pair.places.of(expectations.state.nothing))


def _contest(
    expectations: Expectations, pair: Opponents, side: int, attacking: int, observer: int
) -> _Finders:
    """Return how facts of the contest that follows, and of the two, are found, by name."""
    state, at = expectations.state, pair.places
    own, other = pair.actor(side), pair.actor(1 - side)
    expected = partial(expectations.expect, pair, attacking, observer)

    def of_side(name: str, which: int) -> Vector:
        contest = expected()
        found: Vector = getattr(contest.attacker if which == attacking else contest.defender, name)
        return found

    def winning() -> Vector:
        chance = expected().attacker_win_chance
        return chance if side == attacking else 1 - chance

    facts: _Finders = {
        "rationality": lambda: at.of(state.rules.choice.rationality),
        "stake": lambda: pair.read(expectations.stakes, side),
        "other_stake": lambda: pair.read(expectations.stakes, 1 - side),
        "winning": winning,
        "winning_alone": lambda: win_chance(
            of_side("own_strength", side), of_side("own_strength", 1 - side)
        ),
        "other_wars": lambda: expectations.fights_elsewhere(own, pair.rivalry, at).astype(float),
        "affinity": lambda: at.read_pair(state.memory.affinity, own, other),
        "contiguous": lambda: at.spread(state.contiguous[own, other]),
        "polyarchy": lambda: at.read(state.governments.polyarchy, own),
        "other_polyarchy": lambda: at.read(state.governments.polyarchy, other),
    }
    for prefix, which in (("own_", side), ("other_", 1 - side)):
        facts |= {
            f"{prefix}strength": partial(of_side, "strength", which),
            f"{prefix}allies": partial(of_side, "allies", which),
            f"{prefix}nuclear": partial(of_side, "nuclear", which),
        }
    return facts


def most_by_theory(expectations: Expectations, choice: str) -> Vector | None:
    """Return the most that the log-odds of a choice can be, (side row, world); None if unknown.

    A theory may say so by a function `at_most`, which is asked of what never changes.
    """
    found = expectations.state.theories["challenge"]
    if not hasattr(found.theory, "at_most"):
        return None
    baseline, state = expectations.baselines, expectations.state
    shape = expectations.stakes.shape
    facts: _Finders = {
        "record": lambda: getattr(baseline, choice).reshape(-1),
        "stake": lambda: expectations.stakes.reshape(-1),
        "rationality": lambda: np.broadcast_to(state.rules.choice.rationality, shape).reshape(-1),
    }
    case = CrisisCase(int(np.prod(shape)), facts)
    numbers = FlatNumbers(state.rules.theories["challenge"], EVERYWHERE, shape)
    return ask_bound(found, choice, numbers, case).reshape(shape)


def require_bounded(state: State, chances: Vector, most: Vector) -> None:
    """Require that no chance, (case,), lies above the most that the theory says it can be.

    Raises:
        TheoryError: one does; decisions already left out may have been wrong.
    """
    if (chances > most + _ROUNDING).any():
        found = state.theories["challenge"]
        line = find_function_line(found, "at_most") if hasattr(found.theory, "at_most") else None
        problem = "the log-odds of a choice exceed what `at_most` says they can be"
        raise TheoryError(found.file, line, f"{found.name}.at_most", problem)
