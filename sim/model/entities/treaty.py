"""A treaty over a block of worlds: when and whom it binds, and how calls on it were answered.

Its text is the same in every world; whether and when it was signed, who joined it and who left are
facts of each world.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from sim.model.arrays import Counts, Levels, Mask, Vector
from sim.model.calendar import month_of
from sim.model.entities.membership import Membership
from sim.model.places import EVERYWHERE, CasePlaces, Index, Places
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import AID_OBLIGATIONS, Obligation, TreatySpec

BY_HEIR, BY_CALENDAR = -2, -1
"""What ends a treaty, other than a party's notice."""
_STANDING_ASIDE_OBLIGATIONS = {Obligation.NONAGGRESSION, Obligation.NEUTRALITY}


class Treaty:
    """One treaty over a block of worlds.

    Attributes:
        founders: rows of the parties that its text names.
        parties: rows of the founders and of all that acceded in some world of the block.
        ratification: months from signing to entry into force, (world,).
        signed: month in which it was signed, (world,); infinite where it was not.
        in_force_month: month in which it enters into force, (world,); infinite where not signed.
        lapse_month: month in which it lapses, (world,); infinite where no end is known.
        memberships: of each actor that acceded or left in some world, since when and until when.
        left_by: row of the party whose notice ends it, (world,); `BY_HEIR` where a treaty signed
            in its place does, `BY_CALENDAR` where neither does.
        acts: where a party gave notice of it, or it was signed or joined, within the worlds,
            (world,); None while it stands as the scenario dates it.
        invoked: calls on it that were due, (world,).
        honoured, reneged: calls answered with aid, and without, (world,).
        level: furthest aid given under it, (world,), 0 none to 3 open war.
    """

    def __init__(
        self,
        code: str,
        spec: TreatySpec,
        scenario: Scenario,
        index: dict[str, int],
        streams: RandomStreams,
    ) -> None:
        self.code, self.spec, self.name = code, spec, spec.name
        self.founders = self.parties = tuple(index[party] for party in spec.parties)
        self._protects = tuple(index[party] for party in spec.protects)
        self.ratification = _months_to_force(spec, f"treaties.{code}", streams)
        self.signed, self.in_force_month, self.lapse_month = _dates(
            spec, scenario, self.ratification
        )
        self.memberships: dict[int, Membership] = {}
        self.left_by = np.full(streams.count, BY_CALENDAR, dtype=np.int16)
        self.acts: Mask | None = None
        self.invoked: Counts = np.zeros(streams.count, dtype=np.int64)
        self.honoured: Counts = np.zeros(streams.count, dtype=np.int64)
        self.reneged: Counts = np.zeros(streams.count, dtype=np.int64)
        self.level: Levels = np.zeros(streams.count, dtype=np.int8)

    # -- when it binds, and whom --------------------------------------------------------------

    def binding(self, month: int, signed_only: Vector, at: Places = EVERYWHERE) -> Vector:
        """Return how far it binds in `month`, (place,).

        It is 1 in force, `signed_only` between signature and entry into force, and 0 otherwise. A
        treaty can bind before it enters into force: troops moved under the treaty of 2024 some
        weeks before its instruments of ratification were exchanged (see `docs/model/submodels.md`).
        """
        bound = np.where(month >= at.of(self.in_force_month), 1.0, at.of(signed_only))
        return np.where(self.stands(month, at), bound, 0.0)

    def stands(self, month: int, at: Places = EVERYWHERE) -> Mask:
        """Return where it is signed and has not lapsed in `month`, (place,)."""
        standing: Mask = (at.of(self.signed) <= month) & (month < at.of(self.lapse_month))
        return standing

    def members(self, actor: int, month: int) -> Mask | None:
        """Return where an actor is a party in `month`, (world,); None for a party in every world.

        It is one from accession until its withdrawal, whether or not the treaty is in force.
        """
        if actor in self.memberships:
            return self.memberships[actor].holds(month)
        return None if actor in self.founders else np.zeros(self.signed.shape, dtype=bool)

    def membership_table(self, month: int, at: Places = EVERYWHERE) -> Mask:
        """Return where each of `parties` is one in `month`, (party, place)."""
        table: Mask = np.ones((len(self.parties), len(at.of(self.signed))), dtype=bool)
        for actor, membership in self.memberships.items():
            table[self.parties.index(actor)] = at.of(membership.holds(month))
        return table

    def binds(self, actors: Iterable[int], month: int, at: Places = EVERYWHERE) -> Mask:
        """Return where it stands and all of some actors are parties in `month`, (place,)."""
        standing = self.stands(month, at)
        for actor in actors:
            members = self.members(actor, month)
            standing = standing if members is None else standing & at.of(members)
        return standing

    def has_bound(self, actors: Iterable[int], month: int) -> Mask | None:
        """Return where its text has bound some actors by `month`, (world,); None: everywhere.

        A text that the scenario dates has bound its founders everywhere, signed, future or lapsed
        as it may be. One that is signed within a world, and an accession, count from then on.
        """
        bound = None if self.spec.signed else self.signed <= month
        for actor in actors:
            if actor not in self.founders:
                joined = self.memberships[actor].since <= month
                bound = joined if bound is None else bound & joined
        return bound

    @property
    def was_left(self) -> Mask:
        """Where a party has given notice of it, (world,)."""
        left = [np.isfinite(each.until) for each in self.memberships.values()]
        given: Mask = np.logical_or.reduce([self.left_by >= 0, *left])
        return given

    def moves(self, month: int) -> Mask:
        """Return where an actor joins or leaves it in `month`, (world,)."""
        where = np.zeros(self.signed.shape, dtype=bool)
        for membership in self.memberships.values():
            where |= membership.moves(month)
        return where

    @cached_property
    def turns(self) -> set[int]:
        """The months in which it is signed, enters into force, is joined or left, or lapses."""
        return self._find_turns(EVERYWHERE)

    def _find_turns(self, at: Places) -> set[int]:
        members = [date for each in self.memberships.values() for date in (each.since, each.until)]
        dates = [self.signed, self.in_force_month, self.lapse_month, *members]
        months = np.array([at.of(date) for date in dates])
        return set(np.ceil(months[np.isfinite(months)]).tolist())

    def enlarged(self, month: int) -> Mask | None:
        """Return where others than its founders are parties in `month`; None if there are none."""
        joined = [row for row in self.memberships if row not in self.founders]
        holds = [self.memberships[row].holds(month) for row in joined]
        return np.logical_or.reduce(holds) if holds else None

    # -- acts, in some worlds, (case,) ------------------------------------------------------------

    def conclude(self, worlds: Index, month: int) -> Index:
        """Let its founders sign it in `month`; return where they do, (case,).

        They do not where it stands already. It enters into force after ratification, if its text
        needs any, and has no end until one of them gives notice.
        """
        worlds = worlds[~self.stands(month, CasePlaces(worlds))]
        self.signed[worlds] = month
        self.in_force_month[worlds] = np.ceil(month + self.ratification[worlds])
        self.lapse_month[worlds], self.left_by[worlds] = np.inf, BY_CALENDAR
        for membership in self.memberships.values():
            membership.restart(worlds)
        return self._acted(worlds)

    def give_notice(self, actor: int, worlds: Index, month: int) -> Index:
        """Let a party leave it; return where it gives notice in `month`, (case,).

        Its promises hold until the months of notice have passed; without such a clause they end at
        once. A treaty that fewer than two parties would be left with ends altogether. Nothing
        happens where it does not bind the actor, or notice was given before.
        """
        end, bound = month + (self.spec.notice or 0), self.binds([actor], month, CasePlaces(worlds))
        worlds = worlds[bound & (self.lapse_month[worlds] > end)]
        if actor in self.memberships:
            worlds = worlds[np.isinf(self.memberships[actor].until[worlds])]
        goes_on = self.membership_table(end, CasePlaces(worlds)).sum(axis=0) > 2
        ends, leaves = worlds[~goes_on], worlds[goes_on]
        self.lapse_month[ends], self.left_by[ends] = end, actor
        if leaves.size:
            self._membership(actor).until[leaves] = end
        return self._acted(worlds)

    def accede(self, actor: int, worlds: Index, month: int) -> Index:
        """Let an actor join it in `month`; return where it does, (case,).

        It does not where the treaty does not stand or binds it already. A text that names whom it
        protects does not protect a party that joins.
        """
        at, members = CasePlaces(worlds), self.members(actor, month)
        joins = self.stands(month, at) & (False if members is None else ~at.of(members))
        worlds = worlds[joins]
        if worlds.size:
            self._membership(actor).begin(worlds, month)
            self.parties = tuple(dict.fromkeys((*self.parties, actor)))
        return self._acted(worlds)

    def ended_by(self, heir: Treaty, worlds: Index) -> Index:
        """Let it lapse when its heir enters into force; return where it so ends, (case,)."""
        ends = worlds[self.lapse_month[worlds] > heir.in_force_month[worlds]]
        self.lapse_month[ends], self.left_by[ends] = heir.in_force_month[ends], BY_HEIR
        return self._acted(ends)

    def _acted(self, worlds: Index) -> Index:
        if worlds.size:
            if self.acts is None:
                self.acts = np.zeros(self.signed.shape, dtype=bool)
            self.acts[worlds] = True
            self.turns.update(self._find_turns(CasePlaces(worlds)))
        return worlds

    def _membership(self, actor: int) -> Membership:
        if actor not in self.memberships:
            since = -np.inf if actor in self.founders else np.inf
            self.memberships[actor] = Membership.throughout(since, len(self.signed))
        return self.memberships[actor]

    # -- what its text promises -------------------------------------------------------------------

    @property
    def protected(self) -> tuple[int, ...]:
        """Rows of the parties to whom aid is promised."""
        return self._protects or self.parties

    def promises_aid(self, ally: int, partner: int, rivalry: str) -> bool:
        """Whether its text obliges `ally` to aid `partner` in a theatre."""
        theatres = self.spec.theatres
        here = self._promises_aid and (not theatres or rivalry in theatres)
        return here and self._obliges(ally, partner)

    @property
    def promises_answer(self) -> bool:
        """Whether its text promises that a partner's call is answered: with aid, or advice."""
        return bool((AID_OBLIGATIONS | {Obligation.CONSULTATION}) & set(self.spec.obligations))

    def promises_any_aid(self, partners: tuple[int, ...]) -> bool:
        """Whether its text promises aid to any of `partners` in any theatre."""
        return self._promises_aid and bool(set(self.protected) & set(partners))

    @cached_property
    def _promises_aid(self) -> bool:
        return bool(AID_OBLIGATIONS & set(self.spec.obligations))

    def promises_consultation(self, ally: int, partner: int) -> bool:
        """Whether its text obliges `ally` to consult with `partner`."""
        return self._obliges(ally, partner) and Obligation.CONSULTATION in self.spec.obligations

    @property
    def covers_offence(self) -> bool:
        """Whether it promises aid in an attack by a party as well."""
        return Obligation.OFFENCE in self.spec.obligations

    @property
    def unconditional(self) -> bool:
        """Whether aid under it is due even to a partner that began the war."""
        return self.covers_offence or not self.spec.conditional

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
        if self.unconditional:
            return np.ones_like(began)
        return ~began | home_soil

    def count_answers(self, worlds: Index, level: Levels) -> None:
        """Count a call that was due in some worlds, and how it was answered in each, (case,)."""
        self.invoked[worlds] += 1
        self.honoured[worlds] += level > 0
        self.reneged[worlds] += level == 0
        self.level[worlds] = np.maximum(self.level[worlds], level)

    def in_reference_period(self, scenario: Scenario, *actors: int) -> bool:
        """Whether it bound founders in the years from which base rates were measured."""
        ends, signed = self.spec.ends, self.spec.signed
        stood = signed is not None and signed < scenario.start
        return stood and (ends is None or ends > scenario.start) and set(actors) <= {*self.founders}

    def _obliges(self, ally: int, partner: int) -> bool:
        return ally != partner and ally in self.parties and partner in self.protected


def _months_to_force(spec: TreatySpec, key: str, streams: RandomStreams) -> Vector:
    """Return the months from signing to entry into force, (world,)."""
    if spec.ratification:
        return sample_parameter(spec.ratification, f"{key}.ratification", streams)
    return np.zeros(streams.count)


def _dates(
    spec: TreatySpec, scenario: Scenario, ratification: Vector
) -> tuple[Vector, Vector, Vector]:
    """Return when it is signed, enters into force and lapses as the scenario says, (world,)."""
    signed, in_force = np.full((2, len(ratification)), np.inf)
    if spec.signed and spec.concluded:
        signed[:] = month_of(spec.signed, scenario.start)
        day = spec.in_force if not spec.ratification else None
        in_force = np.ceil(signed + ratification)
        if day:
            in_force[:] = month_of(day, scenario.start)
    lapse = month_of(spec.ends, scenario.start) if spec.ends else np.inf
    return signed, in_force, np.full(len(ratification), float(lapse))


def end_replaced_treaties(treaties: dict[str, Treaty]) -> None:
    """End every treaty that another replaces in the month the other enters into force."""
    for treaty in treaties.values():
        replaced = treaties.get(treaty.spec.replaces)
        if replaced:
            replaced.lapse_month = np.minimum(replaced.lapse_month, treaty.in_force_month)
