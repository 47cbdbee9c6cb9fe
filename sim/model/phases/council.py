"""Phase: the council. Drafts after tests, vetoes, adoption, enforcement and their consequences."""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, any_world, as_table, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.calls import find_shared_treaties
from sim.model.decisions.modifiers import reliance
from sim.model.decisions.sampling import decide, draw_each, log_decision, occurs, settle
from sim.model.decisions.sanctions import autonomous_step, decide_neglect
from sim.model.entities.council import Council
from sim.model.entities.provoker import STRATEGIC_CLASSES
from sim.model.entities.war import MATERIEL, OPEN_WAR
from sim.model.state import State
from sim.model.theory.quantal_response import log_odds, logistic


class _Stances(NamedTuple):
    """How each voter stands towards a draft this month, (voter, world).

    Attributes:
        terms: of opposing it: to protect the target, and to obstruct the proposer.
        opposes: chance that it opposes the draft, whether it vetoes or abstains.
        vetoes: chance that it would veto the draft by itself.
        company: what the veto of another adds, in log-odds.
    """

    terms: Terms
    opposes: Vector
    vetoes: Vector
    company: Vector


class _Votes(NamedTuple):
    """What votes on a draft are cast by, (voter, world).

    Attributes:
        chances: chance of a veto, given what the others are inclined to.
        draws: the random draws.
        drafted: where there is a draft, (world,).
        terms: the considerations of opposing it.
    """

    chances: Vector
    draws: Vector
    drafted: Mask
    terms: Terms


def run_councils(context: PhaseContext) -> None:
    """Let every council meet."""
    if not context.state.mechanisms.council:
        return
    for council in context.state.institutions.councils.values():
        _update_rupture(context.state, council)
        stances = _find_stances(context.state, council)
        passes = reduce(np.multiply, 1 - stances.vetoes, np.ones(context.state.count))
        council.record_cover(1 - passes)
        drafted = _decide_draft(context, council)
        if any_world(drafted):
            _take_vote(context, council, drafted, stances)
        _act_outside_council(context, council)
        neglect = decide_neglect(context.state, council)
        council.update_enforcement(neglect, context.state.rules.council.workaround_gain)
    covers = context.state.mechanisms.political_cover
    context.state.institutions.effects.renew_sanctions(covers=covers)


def _decide_draft(context: PhaseContext, council: Council) -> Mask:
    """Return where the proposers table a draft this month."""
    state, rules = context.state, context.state.rules.council
    strategic, tests = _count_tests(state, council.target)
    terms = {
        "habit": rules.proposal,
        "strategic": rules.strategic * strategic,
        "tests": rules.tests * tests,
        "last_veto": -rules.last_veto * council.last_vetoed,
    }
    key = DrawKey("draft", state.codes[council.proposers[0]], "", council.code)
    cause = strategic + tests > 0
    return cause & decide(state, key, terms, cause)


def _count_tests(state: State, target: int) -> tuple[Vector, Vector]:
    """Return whether the target made a strategic test, and its number of missile tests."""
    strategic, tests = state.nothing, state.nothing
    for provoker in state.institutions.provokers.values():
        if provoker.index == target and state.mechanisms.provocation:
            made = [provoker.counts[name] > 0 for name in STRATEGIC_CLASSES]
            strategic = np.maximum(strategic, np.logical_or.reduce(made))
            tests = tests + provoker.counts["ballistic"]
    return strategic, tests


def _find_stances(state: State, council: Council) -> _Stances:
    """Return how each voter stands towards a draft.

    A member that relies on the target's arms protects the target. One whose enemy in a war the
    proposer arms obstructs the proposer, or abstains. An ally of the proposer does neither.
    """
    rules, voters = state.rules.council, list(council.voters)
    relies = as_table([reliance(state, voter, council.target) for voter in voters], state.count)
    free = [~_is_allied(state, voter, council.proposers[0]) for voter in voters]
    terms = {
        "habit": np.broadcast_to(rules.veto, relies.shape),
        "reliance": rules.dependence * relies,
        "rupture": rules.rupture * council.rupture,
    }
    opposes = logistic(total(terms.values())) * as_table(free, state.count)
    distance = 1 - state.memory.affinity[voters, council.proposers[0]]
    return _Stances(
        terms=terms,
        opposes=opposes,
        vetoes=opposes * (1 - rules.abstains * (1 - relies)),
        company=rules.company * distance * as_table(free, state.count),
    )


def _is_allied(state: State, member: int, proposer: int) -> Mask:
    """Return where a treaty binds the member to aid the proposer in any theatre."""
    bound = [
        state.binding_between(treaty, member, proposer) > 0
        for treaty in find_shared_treaties(state, member, proposer)
        if treaty.promises_any_aid((proposer,))
    ]
    return np.logical_or.reduce([state.no_world, *bound])


def _update_rupture(state: State, council: Council) -> None:
    """Update how far members have broken with the proposer, which mends once no war feeds it."""
    left = state.rules.council.left_after_month("mending_half_life")
    broken = _have_broken(state, list(council.voters), council.proposers[0])
    council.rupture = np.where(broken, 1.0, left * council.rupture)


def _have_broken(state: State, members: list[int], proposer: int) -> Mask:
    """Return where the proposer arms or fights a side that a member is at open war with.

    The shape is (member, world).
    """
    level = state.wars.level  # (theatre, side, actor, world)
    helped, at_war = level[:, ::-1, proposer] >= MATERIEL, level[:, :, members] == OPEN_WAR
    broken: Mask = np.logical_or.reduce(helped[:, :, None] & at_war, axis=(0, 1))
    return broken


def _take_vote(context: PhaseContext, council: Council, drafted: Mask, stances: _Stances) -> None:
    vetoes = _cast_vetoes(context.state, council, drafted, stances)
    vetoed = drafted & np.logical_or.reduce(vetoes)
    opponents = np.count_nonzero(stances.opposes > 0.5, axis=0)
    yes = council.other_votes + len(council.permanent) - opponents
    passed = drafted & ~vetoed & (yes >= council.spec.votes_needed)
    council.count_vote(drafted, vetoed, passed)
    record = context.chronicle.record
    record("draft", drafted, council.proposers[0], council.target, council.code)
    for voter, veto in zip(council.voters, vetoes, strict=True):
        record("veto", drafted & veto, voter, council.target, council.code)
    record("adopted", passed, None, council.target, council.code)
    if any_world(passed):
        _apply_sanctions(context, council, passed)


def _cast_vetoes(state: State, council: Council, drafted: Mask, stances: _Stances) -> Mask:
    """Return the vetoes, (voter, world); a veto is likelier when others veto as well."""
    keys = [DrawKey("veto", state.codes[voter], "", council.code) for voter in council.voters]
    draws = draw_each(state, keys)
    alone = draws < stances.vetoes
    company = stances.company * (np.count_nonzero(alone, axis=0) - alone)
    odds = np.exp(company) * stances.vetoes / np.maximum(1 - stances.vetoes, 1e-12)
    votes = _Votes(odds / (1 + odds), draws, drafted, stances.terms | {"company": company})
    vetoes = draws < votes.chances
    if state.one_by_one:
        for key, *inclined in zip(keys, stances.vetoes, draws, alone, strict=True):
            chance, drawn, opposes = inclined
            log_decision(state, key, (chance,), drawn, opposes, drafted)
        for place in range(len(council.voters)):
            vetoes[place] = _cast_vote(state, council, place, votes)
    return vetoes


def _cast_vote(state: State, council: Council, place: int, votes: _Votes) -> Mask:
    """Return where a voter vetoes, which the inclination of others may have changed.

    A vote cast by hand leaves the voter's own inclination, and so the others' votes, as drawn.
    """
    chance, draws = votes.chances[place], votes.draws[place]
    opposing = {name: term[place] for name, term in votes.terms.items()}

    def terms() -> Terms:
        return opposing | {"abstains": log_odds(chance) - total(opposing.values())}

    who, target = council.voters[place], council.target
    key = DrawKey("vote", state.codes[who], state.codes[target], council.code)
    vetoes = settle(state, key, draws < chance, votes.drafted)
    log_decision(state, key, (chance,), draws, vetoes, votes.drafted, terms)
    return vetoes


def _apply_sanctions(context: PhaseContext, council: Council, passed: Mask) -> None:
    """Apply an adopted resolution: always to enforcement, by chance to tests and programme."""
    state, rules = context.state, context.state.rules.council
    strictness = council.enforcement / np.maximum(council.strength, 1e-9)
    council.strengthen(passed, rules.step)
    target = state.codes[council.target]
    coerces = DrawKey("coerce", target, "", council.code)
    stops = passed & occurs(state, coerces, rules.coerces * strictness, passed)
    until = state.month + np.floor(rules.coerced_months).astype(np.int64)
    council.coerced_until = np.where(stops, until, council.coerced_until)
    context.chronicle.record("coerced", stops, council.target, None, council.code)
    constrains = DrawKey("constrain", target, "", council.code)
    slows = passed & occurs(state, constrains, rules.constrains * strictness, passed)
    if programme := state.institutions.programmes.get(council.target):
        programme.drift = np.where(slows, programme.drift / 2, programme.drift)
        context.chronicle.record("constrained", slows, council.target, None, council.code)


def _act_outside_council(context: PhaseContext, council: Council) -> None:
    """Let proposers whose draft was vetoed act outside the council."""
    if any_world(council.vetoes):
        _found_workaround(context, council)
        _sanction_alone(context, council)


def _found_workaround(context: PhaseContext, council: Council) -> None:
    """Let proposers found a body outside the council that monitors the sanctions."""
    state, rules = context.state, context.state.rules.council
    proposer, blocked = state.codes[council.proposers[0]], council.vetoes > 0
    free = blocked & ~council.workaround
    key = DrawKey("workaround", proposer, "", council.code)
    founded = free & occurs(state, key, rules.workaround, free)
    council.workaround |= founded
    context.chronicle.record("workaround", founded, council.proposers[0], None, council.code)


def _sanction_alone(context: PhaseContext, council: Council) -> None:
    """Let proposers impose sanctions of their own after a veto."""
    state, rules = context.state, context.state.rules.council
    proposer = state.codes[council.proposers[0]]
    latest = council.last_vetoed & (council.vetoes > council.autonomous_sanctions)
    key = DrawKey("autonomous", proposer, "", council.code)
    own = latest & occurs(state, key, rules.autonomous, latest)
    council.autonomous_sanctions = council.autonomous_sanctions + own
    council.strengthen(own, autonomous_step(state, council, own))
    pair = council.proposers[0], council.target
    context.chronicle.record("autonomous_sanctions", own, *pair, council.code)
