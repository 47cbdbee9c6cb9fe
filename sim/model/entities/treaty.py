"""A treaty over a block of worlds: when and whom it binds, and how calls on it were answered."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Vector
from sim.model.calendar import month_of
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import AID_OBLIGATIONS, Obligation, TreatySpec

_STANDING_ASIDE_OBLIGATIONS = {Obligation.NONAGGRESSION, Obligation.NEUTRALITY}


class Treaty:
    """One treaty over a block of worlds.

    Attributes:
        in_force_month: month in which it enters into force, (world,).
        lapse_month: month in which it lapses, (world,).
        invoked: calls on it that were due, (world,).
        honoured, reneged: calls answered with aid, and without, (world,).
        level: furthest aid given under it, (world,), 0 none to 3 open war.
    """

    def __init__(
        self, code: str, scenario: Scenario, index: dict[str, int], streams: RandomStreams
    ) -> None:
        self.code, self.spec = code, scenario.treaties[code]
        self.name = self.spec.name
        self.parties = tuple(index[party] for party in self.spec.parties)
        self.protected = tuple(index[party] for party in self.spec.protects) or self.parties
        self.signed = month_of(self.spec.signed, scenario.start)
        self.in_force_month = _month_in_force(
            self.spec, f"treaties.{code}", self.signed, scenario, streams
        )
        self.lapse_month = _month_of_lapse(self.spec, scenario, streams)
        self.invoked: Counts = np.zeros(streams.count, dtype=np.int64)
        self.honoured: Counts = np.zeros(streams.count, dtype=np.int64)
        self.reneged: Counts = np.zeros(streams.count, dtype=np.int64)
        self.level: Levels = np.zeros(streams.count, dtype=np.int8)

    def binding(self, month: int, signed_only: Vector) -> Vector:
        """Return how far it binds in `month`, (world,).

        It is 1 in force, `signed_only` between signature and entry into force, and 0 otherwise. A
        treaty can bind before it enters into force: troops moved under the treaty of 2024 some
        weeks before its instruments of ratification were exchanged (see `docs/model/submodels.md`).
        """
        if not self.spec.concluded or month < self.signed:
            return np.zeros_like(signed_only)
        return np.where(
            month >= self.lapse_month, 0.0, np.where(month >= self.in_force_month, 1.0, signed_only)
        )

    def promises_aid(self, ally: int, partner: int, rivalry: str) -> bool:
        """Whether its text obliges `ally` to aid `partner` in a theatre."""
        return (
            self._obliges(ally, partner)
            and bool(AID_OBLIGATIONS & set(self.spec.obligations))
            and (not self.spec.theatres or rivalry in self.spec.theatres)
        )

    def promises_any_aid(self, partners: tuple[int, ...]) -> bool:
        """Whether its text promises aid to any of `partners` in any theatre."""
        return bool(AID_OBLIGATIONS & set(self.spec.obligations)) and bool(
            set(self.protected) & set(partners)
        )

    def promises_consultation(self, ally: int, partner: int) -> bool:
        """Whether its text obliges `ally` to consult with `partner`."""
        return self._obliges(ally, partner) and Obligation.CONSULTATION in self.spec.obligations

    @property
    def covers_offence(self) -> bool:
        """Whether it promises aid in an attack by a party as well."""
        return Obligation.OFFENCE in self.spec.obligations

    def promises_standing_aside(self, first: int, second: int) -> bool:
        """Whether its text obliges two actors not to fight each other."""
        both = first in self.parties and second in self.parties
        return both and bool(_STANDING_ASIDE_OBLIGATIONS & set(self.spec.obligations))

    def aid_due(self, began: Mask, home_soil: Mask) -> Mask:
        """Return where aid under it is due to a partner, (world,).

        Under a conditional clause no aid is due in a war that the partner began, unless the
        partner's home soil is attacked. Under an offence pact or an unconditional clause it is.

        Args:
            began: where the partner began the war, (world,).
            home_soil: where the partner's home soil is attacked, (world,).
        """
        if not self.spec.conditional or self.covers_offence:
            return np.ones_like(began)
        return ~began | home_soil

    def count_answers(self, due: Mask, level: Levels) -> None:
        """Count the calls that were due, and how they were answered."""
        self.invoked += due
        self.honoured += due & (level > 0)
        self.reneged += due & (level == 0)
        np.maximum(self.level, level * due, out=self.level)

    def in_reference_period(self, scenario: Scenario) -> bool:
        """Whether it was in force in the years from which base rates were measured."""
        ends = self.spec.ends
        return self.spec.signed < scenario.start and (ends is None or ends > scenario.start)

    def _obliges(self, ally: int, partner: int) -> bool:
        return ally != partner and ally in self.parties and partner in self.protected


def _month_in_force(
    spec: TreatySpec, key: str, signed: int, scenario: Scenario, streams: RandomStreams
) -> Vector:
    if spec.ratification:
        months = sample_parameter(spec.ratification, f"{key}.ratification", streams)
        return np.ceil(signed + months)
    day = spec.in_force or spec.signed
    return np.full(streams.count, float(month_of(day, scenario.start)))


def _month_of_lapse(spec: TreatySpec, scenario: Scenario, streams: RandomStreams) -> Vector:
    month = month_of(spec.ends, scenario.start) if spec.ends else np.inf
    return np.full(streams.count, float(month))


def end_replaced_treaties(treaties: dict[str, Treaty]) -> None:
    """End every treaty that another replaces in the month the other enters into force."""
    for treaty in treaties.values():
        replaced = treaties.get(treaty.spec.replaces)
        if replaced and treaty.spec.concluded:
            replaced.lapse_month = np.minimum(replaced.lapse_month, treaty.in_force_month)
