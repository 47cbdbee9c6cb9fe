"""What a theory is asked about: the facts of a case, each a vector over places.

A place is one decision in one world. A theory looks at each place by itself: it adds, multiplies
and compares vectors, and never sums or sorts over places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, Self

import numpy as np

from sim.model.arrays import Vector

Facts = Mapping[str, Callable[[], Any]]
"""How each fact is found, by its name; found when it is first asked for."""


class Case:
    """Facts by name, found when they are first asked for, each a vector (place,).

    Attributes:
        size: how many places there are.
    """

    def __init__(self, size: int, facts: Facts) -> None:
        self.size, self._facts = size, facts

    @classmethod
    def of(cls, **facts: Vector | float) -> Self:
        """Return a case with these facts and 0 for all others, for tests and scores.

        Raises:
            AttributeError: there is no fact of a name.
        """
        known = cls.fact_names()
        for name in facts.keys() - known:
            raise AttributeError(_unknown(name, known))
        size = max((np.size(value) for value in facts.values()), default=1)
        return cls(size, {name: partial(np.asarray, facts.get(name, 0.0)) for name in known})

    @classmethod
    def fact_names(cls) -> frozenset[str]:
        """Return the names of all facts."""
        annotated = (vars(each).get("__annotations__", {}) for each in cls.__mro__)
        return frozenset(name for names in annotated for name in names) - {"size"}

    def __getattr__(self, name: str) -> Vector:
        if name.startswith("_") or name not in self._facts:
            raise AttributeError(_unknown(name, self.fact_names()))
        found = np.asarray(self._facts[name](), dtype=np.float64)
        fact = found if found.shape == (self.size,) else np.broadcast_to(found, (self.size,))
        self.__dict__[name] = fact
        return fact


class HonourCase(Case):
    """An ally that is called, or may be: the call, the promise, the two and their opponent.

    The theory is asked the same whether a call is made or only foreseen, whether the ally promised
    something or looks on, and what it would do had it promised nothing. Vectors over places; a
    fact of yes or no is 1 or 0.
    """

    record: Vector
    """Log-odds of open war within twelve months of allies of its class in the record, 1816-2014."""
    record_unbound: Vector
    """The same of actors of its standing that promised nothing."""
    aid_due: Vector
    """How far a treaty binds the ally to aid in this war, 0 to 1."""
    aid_not_due: Vector
    """The same of a treaty of aid that does not apply, as to a partner that began the war."""
    consultation: Vector
    """The same of a treaty to consult."""
    pact_age: Vector
    """Years since the oldest of these treaties was signed; 0 without one."""
    worth: Vector
    """What the partner's fate is worth to the ally, -1 to 1."""
    reputation: Vector
    """Belief of the partner that the ally honours its commitments, less the prior; 0 if unbound."""
    payment: Vector
    """How far the partner pays, 0 to 1."""
    credibility: Vector
    """Contribution of coordination in a common bloc, in log-odds."""
    own_quarrels: Vector
    """The ally's own quarrels with the opponent, 0 to 3."""
    joint_disputes: Vector
    """Whether ally and partner stood together in a dispute of ten years."""
    nuclear: Vector
    """Chance that a nuclear power is among the opponents."""
    stationed: Vector
    """Whether the ally has troops stationed with the partner."""
    other_wars: Vector
    """Whether the ally fights another war."""
    began: Vector
    """Whether the partner's side began the war."""
    home_soil: Vector
    """Whether the partner's home soil is attacked although its side began the war."""
    ally_capability: Vector
    """Strength of the ally at home, as a share of the world's, 0 to 1."""
    partner_capability: Vector
    """The same of the partner."""
    opponent_capability: Vector
    """The same of the opponent."""
    ally_reach: Vector
    """Share of the ally's strength that arrives at the partner, 0 to 1."""
    opponent_reach: Vector
    """Share of the opponent's strength that arrives at the partner, 0 to 1."""
    partner_reach: Vector
    """Share of the partner's strength that arrives at the opponent, 0 to 1."""
    opponent_reach_ally: Vector
    """Share of the opponent's strength that arrives at the ally, 0 to 1."""
    power_shift: Vector
    """Change of the ally's strength relative to the partner's since the pact was signed, as far as
    it is known, in natural logarithms; 0 where nothing is known."""
    opponent_growth: Vector
    """Change of the opponent's strength relative to the ally's in ten years, likewise."""
    winning_alone: Vector
    """Chance that the partner prevails over the opponent alone, 0 to 1."""
    winning_with: Vector
    """The same with the ally at its side, 0 to 1."""
    ally_nuclear: Vector
    """Whether the ally has nuclear weapons."""
    major_power: Vector
    """Whether the ally is a major power."""
    contiguous: Vector
    """Whether ally and opponent are neighbours, by land or narrow water."""
    distance: Vector
    """Kilometres from the nearest place that the ally holds to the partner."""
    affinity: Vector
    """Likeness of the votes of ally and partner in the United Nations, with what was learned."""
    affinity_opponent: Vector
    """The same of ally and opponent."""
    exercises: Vector
    """Whether a bloc of the two exercises this month."""
    ally_polyarchy: Vector
    """Electoral democracy of the ally, 0 to 1 (V-Dem); a half where the scenario does not say."""
    partner_polyarchy: Vector
    """The same of the partner."""


PLACES: dict[str, dict[str, type[Case]]] = {"honour": {"honour": HonourCase}}
"""The functions that a theory of each place must have, and the case each is asked about."""


def _unknown(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"there is no fact {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
