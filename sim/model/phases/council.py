"""Phase: the council. Drafts after tests, vetoes, adoption, enforcement and their consequences."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.calls import bound_to_aid
from sim.model.decisions.modifiers import reliance
from sim.model.decisions.sampling import decide, log_decision, occurs, settle
from sim.model.decisions.sanctions import autonomous_step, decide_neglect
from sim.model.entities.council import Council
from sim.model.entities.provoker import STRATEGIC_CLASSES
from sim.model.entities.war import MATERIEL
from sim.model.state import State
from sim.model.theory.quantal_response import log_odds, logistic


def run_councils(context: PhaseContext) -> None:
    """Let every council meet."""
    if not context.state.mechanisms.council:
        return
    for council in context.state.institutions.councils.values():
        _update_rupture(context.state, council)
        chances = {
            member: _veto_chance(context.state, council, member)
            for member in _members_besides_proposers(council)
        }
        passes = (1 - chance for chance in chances.values())
        council.record_cover(1 - reduce(np.multiply, passes, np.ones(context.state.count)))
        _take_vote(context, council, _decide_draft(context, council), chances)
        _act_outside_council(context, council)
        neglect = decide_neglect(context.state, council)
        council.update_enforcement(neglect, context.state.rules.council.workaround_gain)


def _members_besides_proposers(council: Council) -> list[int]:
    return [member for member in council.permanent if member not in council.proposers]


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
    strategic, tests = np.zeros(state.count), np.zeros(state.count)
    for provoker in state.institutions.provokers.values():
        if provoker.index == target and state.mechanisms.provocation:
            strategic = np.maximum(
                strategic, np.any([provoker.counts[n] for n in STRATEGIC_CLASSES], axis=0)
            )
            tests = tests + provoker.counts["ballistic"]
    return strategic, tests


def _veto_chance(state: State, council: Council, member: int) -> Vector:
    """Return the chance that a member would veto a draft, (world,).

    A member that relies on the target's arms protects the target. One whose enemy in a war the
    proposer arms obstructs the proposer, or abstains. An ally of the proposer does neither.
    """
    relies = reliance(state, member, council.target)
    abstains = state.rules.council.abstains * (1 - relies)
    return _opposition_chance(state, council, member) * (1 - abstains)


def _opposition_chance(state: State, council: Council, member: int) -> Vector:
    """Return the chance that a member opposes a draft, whether it vetoes or abstains."""
    relies = reliance(state, member, council.target)
    against = logistic(total(_veto_terms(state, council, member, relies).values()))
    return against * ~_is_allied(state, member, council.proposers[0])


def _veto_terms(state: State, council: Council, member: int, dependence: Vector) -> Terms:
    """Return the terms of opposing a draft: to protect the target, and to obstruct the proposer."""
    rules = state.rules.council
    return {
        "habit": rules.veto,
        "reliance": rules.dependence * dependence,
        "rupture": rules.rupture * council.rupture[member],
    }


def _is_allied(state: State, member: int, proposer: int) -> Mask:
    """Return where a treaty binds the member to aid the proposer in any theatre."""
    theatres = (bound_to_aid(state, member, proposer, code) for code in state.rivalries)
    return np.any([state.no_world, *theatres], axis=0)


def _update_rupture(state: State, council: Council) -> None:
    """Update how far members have broken with the proposer, which mends once no war feeds it."""
    left = 0.5 ** (1 / state.rules.council.mending_half_life)
    for member in _members_besides_proposers(council):
        broken = _have_broken(state, member, council.proposers[0])
        council.rupture[member] = np.where(broken, 1.0, left * council.rupture[member])


def _have_broken(state: State, member: int, proposer: int) -> Mask:
    """Return where the proposer arms or fights a side that the member is at open war with."""
    broken = state.no_world.copy()
    for war in (rivalry.war for rivalry in state.rivalries.values()):
        for side in (0, 1):
            broken |= war.on & war.opposes(member, side) & (war.level[side, proposer] >= MATERIEL)
    return broken


def _company(state: State, council: Council, member: int) -> Vector:
    """Return what another's veto adds: the more, the further the member is from the proposer."""
    distance = 1 - state.memory.affinity[member, council.proposers[0]]
    return state.rules.council.company * distance * ~_is_allied(state, member, council.proposers[0])


def _take_vote(
    context: PhaseContext, council: Council, drafted: Mask, chances: dict[int, Vector]
) -> None:
    vetoed_by = _cast_vetoes(context.state, council, chances, drafted)
    vetoed = drafted & np.any([context.state.no_world, *vetoed_by.values()], axis=0)
    yes = council.other_votes + len(council.permanent) - _count_opponents(context.state, council)
    passed = drafted & ~vetoed & (yes >= council.spec.votes_needed)
    council.drafts = council.drafts + drafted
    council.vetoes = council.vetoes + vetoed
    council.adopted = council.adopted + passed
    council.last_vetoed = np.where(drafted, vetoed, council.last_vetoed)
    context.chronicle.record("draft", drafted, council.proposers[0], council.target, council.code)
    for member, veto in vetoed_by.items():
        context.chronicle.record("veto", drafted & veto, member, council.target, council.code)
    context.chronicle.record("adopted", passed, None, council.target, council.code)
    _apply_sanctions(context, council, passed)


def _cast_vetoes(
    state: State, council: Council, chances: dict[int, Vector], drafted: Mask
) -> dict[int, Mask]:
    """Return the vetoes by member, (world,) each; a veto is likelier when others veto as well."""
    keys = {m: DrawKey("veto", state.codes[m], "", council.code) for m in chances}
    draws = {m: state.streams.uniform("veto", state.month, *keys[m][1:]) for m in chances}
    alone = {member: draws[member] < chances[member] for member in chances}
    for member, inclined in alone.items():
        log_decision(state, keys[member], (chances[member],), draws[member], inclined, drafted)
    vetoes = {}
    for member, chance in chances.items():
        inclined_others = (alone[other].astype(float) for other in alone if other != member)
        others = total([np.zeros(state.count), *inclined_others])
        company = _company(state, council, member) * others
        odds = np.exp(company) * chance / np.maximum(1 - chance, 1e-12)
        vetoes[member] = _cast_vote(
            state, council, member, (odds / (1 + odds), draws[member], drafted), company
        )
    return vetoes


def _cast_vote(
    state: State,
    council: Council,
    member: int,
    vote: tuple[Vector, Vector, Mask],
    company: Vector,
) -> Mask:
    """Return where a member vetoes, which the inclination of others may have changed.

    A vote cast by hand leaves the member's own inclination, and so the others' votes, as drawn.
    """
    chance, draws, drafted = vote

    def terms() -> Terms:
        relies = reliance(state, member, council.target)
        opposing = _veto_terms(state, council, member, relies) | {"company": company}
        return opposing | {"abstains": log_odds(chance) - total(opposing.values())}

    key = DrawKey("vote", state.codes[member], state.codes[council.target], council.code)
    vetoes = settle(state, key, draws < chance, drafted)
    log_decision(state, key, (chance,), draws, vetoes, drafted, terms)
    return vetoes


def _count_opponents(state: State, council: Council) -> Vector:
    """Return the number of members that more likely than not oppose a draft, (world,)."""
    opponents = (
        _opposition_chance(state, council, member) > 0.5
        for member in _members_besides_proposers(council)
    )
    return total([np.zeros(state.count), *(opposes.astype(float) for opposes in opponents)])


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
    state, rules = context.state, context.state.rules.council
    proposer, blocked = state.codes[council.proposers[0]], council.vetoes > 0
    free = blocked & ~council.workaround
    key = DrawKey("workaround", proposer, "", council.code)
    founded = free & occurs(state, key, rules.workaround, free)
    council.workaround |= founded
    context.chronicle.record("workaround", founded, council.proposers[0], None, council.code)
    latest = council.last_vetoed & (council.vetoes > council.autonomous_sanctions)
    key = DrawKey("autonomous", proposer, "", council.code)
    own = latest & occurs(state, key, rules.autonomous, latest)
    council.autonomous_sanctions = council.autonomous_sanctions + own
    council.strengthen(own, autonomous_step(state, council, own))
    pair = council.proposers[0], council.target
    context.chronicle.record("autonomous_sanctions", own, *pair, council.code)
