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

    @classmethod
    def absent(cls) -> dict[str, Callable[[], Any]]:
        """Return how all facts are found where none applies: each is 0."""
        return dict.fromkeys(cls.fact_names(), lambda: 0.0)

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
    successor: Vector
    """Whether the ally's supporters have changed since its last promise to the partner."""
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


class JoinCase(HonourCase):
    """An actor that promised neither side of a war anything, and one of the sides."""

    honour: Vector
    """Log-odds of open war by the rule or theory of honouring, for one that promised nothing."""
    entered: Vector
    """Share of the world's strength that has entered beside the two principals, 0 to 1."""
    appeal: Vector
    """Utility of joining this side rather than the other, -1 to 1; 0 where it has no effect."""


class CrisisCase(Case):
    """A rival that may challenge the other, or is challenged and may resist."""

    record: Vector
    """Log-odds of the choice in the record: of a challenge this month, or of resisting one."""
    rationality: Vector
    """Log-odds per unit of utility."""
    stake: Vector
    """Value of the issue to this side, 0 to 1."""
    other_stake: Vector
    """The same to the other side."""
    winning: Vector
    """Chance that this side prevails with the aid that it expects on both sides, 0 to 1."""
    winning_in_record: Vector
    """The same under the alliances of the record."""
    winning_alone: Vector
    """The same without allies on either side."""
    value_in_record: Vector
    """Expected utility of a challenge under the alliances of the record; 0 in resisting."""
    resisted: Vector
    """Chance that the other side resists a challenge, 0 to 1; 0 in a case of resisting."""
    own_strength: Vector
    """Strength of this side with the aid it expects, as a share of the world's."""
    other_strength: Vector
    """The same of the other side."""
    own_allies: Vector
    """Expected number of allies at open war on this side."""
    other_allies: Vector
    """The same on the other side."""
    own_nuclear: Vector
    """Chance that a nuclear power is on this side, 0 to 1."""
    other_nuclear: Vector
    """The same of the other side."""
    nuclear_in_record: Vector
    """The same of the other side under the alliances of the record; 0 in a case of resisting."""
    moral_hazard: Vector
    """How much bolder allies make it that come even if it begins, in log-odds; 0 in resisting."""
    advice: Vector
    """What its allies advise, in log-odds; 0 in a challenge."""
    history: Vector
    """Effect of a recent dispute and of a promise of peace, in log-odds; 0 in resisting."""
    tension: Vector
    """Effect of provocations on a challenge, in log-odds; 0 in resisting."""
    restraint: Vector
    """By how much patrons restrain a challenge, in log-odds; 0 in resisting."""
    other_wars: Vector
    """Whether this side fights another war."""
    affinity: Vector
    """Likeness of the votes of the two in the United Nations, with what was learned, 0 to 1."""
    contiguous: Vector
    """Whether the two are neighbours, by land or narrow water."""
    polyarchy: Vector
    """Electoral democracy of this side, 0 to 1 (V-Dem)."""
    other_polyarchy: Vector
    """The same of the other side."""


class SettlementCase(Case):
    """A war under way that both sides may agree to end this month."""

    record: Vector
    """Log-odds of a settlement this month at half weariness, an even front and a ratio of two."""
    weariness: Vector
    """Mean weariness of the two principals, 0 to 1."""
    first_weariness: Vector
    """That of the first principal."""
    second_weariness: Vector
    """That of the second principal."""
    front: Vector
    """Ground held, -1 to 1: 1 if the attacker has won."""
    winning: Vector
    """Chance that the first principal's side prevails, 0 to 1."""
    months: Vector
    """Months that the war has lasted."""
    first_lost: Vector
    """Share of its strength that the first principal has lost, 0 to 1."""
    second_lost: Vector
    """The same of the second principal."""
    first_helpers: Vector
    """Number of other actors at open war on the first principal's side."""
    second_helpers: Vector
    """The same on the second principal's side."""
    first_polyarchy: Vector
    """Electoral democracy of the first principal, 0 to 1 (V-Dem)."""
    second_polyarchy: Vector
    """The same of the second principal."""
    home_soil: Vector
    """Whether the home soil of the side that began it is attacked."""


class AlignmentCase(Case):
    """Two actors that may stand in one camp."""

    affinity: Vector
    """Likeness of their votes in the United Nations, with what was learned, 0 to 1."""
    common_adversary: Vector
    """Degree to which they share an adversary, 0 to 1."""
    quarrel: Vector
    """Mean stake of the two in their gravest rivalry, 0 to 1."""
    fight: Vector
    """How far they fight each other in a war, 0 to 1."""
    aid: Vector
    """How far a treaty of aid binds the two, 0 to 1."""
    consultation: Vector
    """The same of a treaty to consult."""
    standing_aside: Vector
    """The same of a treaty of neutrality or non-aggression."""
    capability: Vector
    """Strength of the first as a share of the world's."""
    other_capability: Vector
    """The same of the second."""
    distance: Vector
    """Kilometres from the nearest place that the first holds to the second."""
    polyarchy: Vector
    """Electoral democracy of the first, 0 to 1 (V-Dem)."""
    other_polyarchy: Vector
    """The same of the second."""


PLACES: dict[str, dict[str, type[Case]]] = {
    "honour": {"honour": HonourCase},
    "challenge": {"challenge": CrisisCase, "resist": CrisisCase},
    "joining": {"join": JoinCase},
    "settlement": {"settle": SettlementCase},
    "alignment": {"align": AlignmentCase},
}
"""The functions that a theory of each place must have, and the case each is asked about."""


def _unknown(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"there is no fact {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")
