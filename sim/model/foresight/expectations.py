"""Looking ahead: which allies would intervene if one rival attacked the other."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import permutations

import numpy as np

from sim.model.arrays import Mask, Vector, in_any_world, total, where_true
from sim.model.decisions.calls import bound_to_stand_aside, build_relationship
from sim.model.entities.rivalry import Rivalry
from sim.model.foresight.ally_entries import AllyEntries, Willingness
from sim.model.foresight.baseline import Baseline, BaselineContests
from sim.model.foresight.coalition import (
    ContestAllies,
    ContestFacts,
    ExpectedContest,
    ForeseenAid,
)
from sim.model.foresight.foreseen_allies import ForeseenAllies
from sim.model.foresight.misjudgement import judge
from sim.model.foresight.opponents import Opponents
from sim.model.foresight.prospective_allies import Pair, ProspectiveAlly
from sim.model.places import Index, Places, Who
from sim.model.state import State
from sim.model.theory.anchor import AidTable, tabled_chances
from sim.model.theory.honour import other_war_considerations, relationship_considerations


class Expectations:
    """What actors expect of one another in a phase.

    Everything is read for `Opponents`, two rivals that face each other: in every world of a block,
    as for a story, or in the cases in which something is to be decided.

    Attributes:
        state: the state.
        theatres: codes of the rivalries, by row.
        moves: how often so far acts on treaties changed whom a side or its opponent would call,
            (side row, world).
        forgotten: how often so far all that is expected was discarded.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.theatres = list(state.rivalries)
        self._rows = {code: row for row, code in enumerate(self.theatres)}
        self.moves = np.zeros((2 * len(self.theatres), state.count), dtype=np.int16)
        self.forgotten = self._commitments_read = 0
        self._peace: Vector = np.zeros((len(self.theatres), state.count))
        self._peace_read = 0
        self.refresh()

    def forget(self) -> None:
        """Discard all that is expected, as when the rules of behaviour are others than before."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property):
                self.__dict__.pop(name, None)
        self.forgotten += 1
        self.refresh()

    def refresh(self) -> None:
        """Discard the expectations of the last phase; call this when a phase begins.

        An expectation held for longer would depend on when some world of the block first needed it.
        """
        self._everywhere: dict[str, Opponents] = {}
        self._belligerents: tuple[Mask, Vector] | None = None
        self._renewed = False
        self._find_new_allies()

    def _find_new_allies(self) -> None:
        """Find anew whom actors would call that were bound anew; all else stays as it is."""
        if "foreseen" not in self.__dict__ or not (committed := self._find_committed()):
            return
        moved = self.foreseen.find_anew(committed)
        moved |= moved[np.arange(len(moved)) ^ 1]
        self.moves = self.moves + moved  # another table, so that who holds one sees the change
        sides, worlds = where_true(moved)
        if "baselines" in self.__dict__ and len(worlds):
            contests = self._contests_in_record(self.in_cases(sides, worlds))
            self.baselines.patch(sides, worlds, contests)

    def _find_committed(self) -> dict[Pair, Index]:
        """Return where acts bound allies to their partners of late, (case,), by their rows."""
        acts = self.state.commitments[self._commitments_read :]
        self._commitments_read += len(acts)
        worlds: defaultdict[Pair, list[Index]] = defaultdict(list)
        for treaty, where in acts:
            for pair in permutations(treaty.parties, 2):
                worlds[pair].append(where)
        return {pair: np.unique(np.concatenate(each)) for pair, each in worlds.items()}

    # -- who faces whom ---------------------------------------------------------------------------

    def everywhere(self, rivalry: Rivalry) -> Opponents:
        """Return the two rivals in every world."""
        if rivalry.code not in self._everywhere:
            self._everywhere[rivalry.code] = self.in_cases(2 * self._rows[rivalry.code])
        return self._everywhere[rivalry.code]

    def in_cases(self, rows: Who, worlds: Index | None = None) -> Opponents:
        """Return a side and its opponent in each case, by the row of the side and the world."""
        return Opponents(self.actors, rows, worlds)

    def allies(self, rivalry: Rivalry, side: int) -> tuple[ProspectiveAlly, ...]:
        """Return the allies that a side would call."""
        return self.foreseen.by_side[2 * self._rows[rivalry.code] + side]

    # -- what never changes -----------------------------------------------------------------------

    @cached_property
    def actors(self) -> Index:
        """Row of the actor on every side, (side row,)."""
        return np.array([rival for r in self.state.rivalries.values() for rival in r.rivals])

    @cached_property
    def named(self) -> list[tuple[str, str, str]]:
        """Codes of the actor on every side, of its opponent and of the theatre, (side row,)."""
        codes = [self.state.codes[actor] for actor in self.actors.tolist()]
        return [(actor, codes[row ^ 1], self.theatres[row >> 1]) for row, actor in enumerate(codes)]

    @cached_property
    def stakes(self) -> Vector:
        """Stake of every side, (side row, world)."""
        return np.concatenate([rivalry.stake for rivalry in self.state.rivalries.values()])

    @cached_property
    def reciprocation(self) -> Vector:
        """Share of challenges that are resisted in the record, (rivalry, world)."""
        return np.stack([rivalry.reciprocation for rivalry in self.state.rivalries.values()])

    @cached_property
    def recent_dispute(self) -> Vector:
        """Chance in the record of a dispute in the last twelve months, (rivalry, world)."""
        rivalries = self.state.rivalries.values()
        return np.stack([rivalry.baseline_recent_dispute for rivalry in rivalries])

    @cached_property
    def opening_chances(self) -> Vector:
        """Chances that a challenge opens with a display at least, and with force, by rivalry.

        They are (2, rivalry, world), in the record of the pair or else of all rivals.
        """
        rules, rivalries = self.state.rules.challenge, self.state.rivalries.values()
        usual = rules.opening_display, rules.opening_force
        shares = [rivalry.opening or usual for rivalry in rivalries]
        return np.array([[force + display, force] for display, force in shares]).swapaxes(0, 1)

    @cached_property
    def foreseen(self) -> ForeseenAllies:
        """The allies that would be called."""
        self._commitments_read = len(self.state.commitments)
        return ForeseenAllies(self.state)

    @cached_property
    def baselines(self) -> Baseline:
        """The choices of every side in the historical record, (side row, world) each."""
        sides = range(len(self.actors))
        contests = [self._contests_in_record(self.in_cases(side)) for side in sides]
        return Baseline(self.state, BaselineContests.together(contests))

    def _contests_in_record(self, pair: Opponents) -> BaselineContests:
        """Return what of the record rests on allies if side 0 attacks."""
        return BaselineContests.of(
            pair.read(self.stakes, 0),
            pair.read_rivalry(self.reciprocation),
            pair.places.of(self.state.rules.challenge.dispute_cost),
            self._contest_in_record(pair, 0),
        )

    def baseline_contest(self, rivalry: Rivalry, attacking: int) -> ExpectedContest:
        """Return the contest under the alliances in force when base rates were measured.

        Allies answer by the same rule, under the treaties that stood then.
        """
        return self._contest_in_record(self.in_cases(2 * self._rows[rivalry.code]), attacking)

    def _contest_in_record(self, pair: Opponents, attacking: int) -> ExpectedContest:
        facts, at = self._facts(pair, attacking), pair.places
        chances = self._recorded_chances(facts.allies, at)
        mixed = facts.allies.mix(chances, at.of(self.state.rules.challenge.begins))
        return self._build_contest(facts, chances, mixed)

    def _recorded_chances(self, allies: ContestAllies, at: Places) -> AidTable:
        """Return the chances of aid in the record of disputes, (level, 2, ally, place)."""
        return self.foreseen.record.before.chances(allies.rows, allies.cells, at)

    @property
    def peace_promised(self) -> Vector:
        """How far treaties bind the two rivals not to fight each other, 0 to 1, (rivalry, world).

        It is worked out anew for rivals of whom it changed what binds them.
        """
        changes = self.state.binding_changes[self._peace_read :]
        self._peace_read += len(changes)
        bound = {pair for treaty, _ in changes for pair in permutations(treaty.parties, 2)}
        rivals = enumerate(rivalry.rivals for rivalry in self.state.rivalries.values())
        if anew := [(row, pair) for row, pair in rivals if pair in bound]:
            self._peace = self._peace.copy()
            for row, pair in anew:
                self._peace[row] = bound_to_stand_aside(self.state, *pair)
        return self._peace

    # -- what is expected -------------------------------------------------------------------------

    def expect(
        self, pair: Opponents, attacking: int, observer: int, *, begins_for_sure: bool = False
    ) -> ExpectedContest:
        """Return the contest that a side, the `observer`, expects if side `attacking` challenges.

        Who challenges does not always begin the war that may follow, so allies bound only to a
        partner that was attacked may come to either side; unless the attacker begins it for sure.
        """
        key = "contest", attacking, observer, begins_for_sure
        return pair.recall(key, lambda: self._expect(pair, attacking, observer, begins_for_sure))

    def fights_elsewhere(self, actor: Who, theatre: Who, at: Places) -> Mask:
        """Return where an actor is at open war in another theatre, (place,)."""
        fighting, wars = self._find_belligerents()
        elsewhere: Mask = at.read(wars, actor) > at.read_pair(fighting, theatre, actor)
        return elsewhere

    def _find_belligerents(self) -> tuple[Mask, Vector]:
        """Return who is at open war in which theatre, (rivalry, actor, world); and in how many."""
        if self._belligerents is None:
            rivalries, at_war = list(self.state.rivalries.values()), self.state.disputes.at_war
            shape = len(rivalries), len(self.state.codes), self.state.count
            fighting: Mask = np.zeros(shape, dtype=bool)
            for row in in_any_world(at_war).nonzero()[0].tolist():
                fighting[row] = rivalries[row].war.fighting
            self._belligerents = fighting, fighting.sum(axis=0, dtype=np.int8)
        return self._belligerents

    def _expect(
        self, pair: Opponents, attacking: int, observer: int, begins_for_sure: bool
    ) -> ExpectedContest:
        facts, aid = self._facts(pair, attacking), self._foresee_aid(pair, attacking, observer)
        begins = pair.places.of(self.state.rules.challenge.begins)
        mixed = facts.allies.mix(aid, np.ones_like(begins) if begins_for_sure else begins)
        if observer == attacking:
            mixed = self._as_switched(pair, facts.allies, mixed)
        return self._build_contest(facts, aid, mixed)

    def _as_switched(self, pair: Opponents, allies: ContestAllies, expected: AidTable) -> AidTable:
        """Return what an attacker expects of the allies.

        With deterrence switched off, an attacker expects the baseline aid for its target instead of
        the aid of the target's present allies; with emboldenment off, likewise for its own side.
        """
        switches = self.state.mechanisms
        if switches.deterrence and switches.emboldenment:
            return expected
        at, begins = pair.places, self.state.rules.challenge.begins
        recorded = allies.mix(self._recorded_chances(allies, at), at.of(begins))
        own = expected if switches.emboldenment else recorded
        others = expected if switches.deterrence else recorded
        return np.concatenate([own[:, : allies.split], others[:, allies.split :]], axis=1)

    def _facts(self, pair: Opponents, attacking: int) -> ContestFacts:
        """Return what every observer knows of a contest."""
        return pair.recall(("facts", attacking), lambda: self._find_facts(pair, attacking))

    def _find_facts(self, pair: Opponents, attacking: int) -> ContestFacts:
        if not self._renewed:
            self.foreseen.renew()
            self._renewed = True
        attacker, defender, at = pair.row(attacking), pair.row(1 - attacking), pair.places
        called = [self.foreseen.of_side(side, at) for side in (attacker, defender)]
        rows = np.concatenate(called)
        allies = ContestAllies(rows, self.foreseen.cells(rows, at), len(called[0]))
        strength = at.read(self._own_strengths, np.array([attacker, defender + len(self.actors)]))
        nuclear = at.read(self.state.nuclear, self.actors[np.array([attacker, defender])])
        armed = at.read(self.state.nuclear, self.foreseen.ally[rows])
        return ContestFacts(allies, strength, nuclear, armed)

    def _foresee_aid(self, pair: Opponents, attacking: int, observer: int) -> AidTable:
        """Return the chances of aid that a side expects, (level, 2, ally, place).

        They do not depend on who attacks, except for the order of the allies.
        """
        found = pair.recall(("aid", observer), lambda: self._judge(pair, observer))
        return self._facts(pair, 1).allies.swap(found.chances) if attacking else found.chances

    def _judge(self, pair: Opponents, observer: int) -> ForeseenAid:
        """Return the chances of aid that a side expects if side 0 attacks."""
        state, entries = self.state, AllyEntries(self._facts(pair, 0).allies, pair.places)
        willing = pair.recall("willing", lambda: self._find_willingness(entries))
        who, at = entries.of_case(pair.actor(observer)), entries.places
        ally = self.foreseen.ally[entries.rows]
        judged = judge(state, who, ally, self.foreseen.errors.read(who, ally, at), at)
        chances = tabled_chances(willing.log_odds + judged, willing.divisors)
        return ForeseenAid(entries.tabulate(chances))

    def _find_willingness(self, entries: AllyEntries) -> Willingness:
        """Return how willing allies are before any observer judges."""
        state, foreseen, at, rows = self.state, self.foreseen, entries.places, entries.rows
        honour, ally = state.rules.honour.at(at), foreseen.ally[rows]
        relationship = build_relationship(state, ally, foreseen.partner[rows], at)
        elsewhere = self.fights_elsewhere(ally, foreseen.theatre[rows], at)
        divisors = foreseen.record.divisors(entries.cells)
        if "honour" in state.theories:
            promised = foreseen.promises.willingness(rows, lambda: elsewhere, at)
            return Willingness(entries.numbers, promised, divisors)
        considered = [
            total(relationship_considerations(honour, relationship).values()),
            foreseen.circumstances.take(entries.cells),
            total(other_war_considerations(honour, elsewhere).values()),
        ]
        log_odds = foreseen.record.willingness(entries.cells, considered)
        return Willingness(entries.numbers, log_odds, divisors)

    def _build_contest(
        self, facts: ContestFacts, chances: AidTable, mixed: AidTable
    ) -> ExpectedContest:
        aid = self.foreseen.expected_aid(facts.allies.cells, mixed)
        return ExpectedContest(facts, aid, mixed, chances)

    @cached_property
    def own_strengths(self) -> Vector:
        """Own strength of every side as the attacker, and as the defender, (2, side row, world)."""
        capability, reach = self.state.capability[self.actors], self.state.reach
        opponents = self.actors[np.arange(len(self.actors)) ^ 1]
        return np.array([capability * reach[self.actors, opponents], capability])

    @property
    def _own_strengths(self) -> Vector:
        """Own strength of every side as the attacker, then as the defender, as one table."""
        return self.own_strengths.reshape(-1, self.state.count)
