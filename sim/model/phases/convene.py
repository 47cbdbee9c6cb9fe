"""Phase: the council. Drafts after tests, vetoes, adoption, enforcement, and what follows."""

from __future__ import annotations

from functools import reduce

import numpy as np

from sim.model.calls import pledges
from sim.model.council import Council
from sim.model.influences import reliance
from sim.model.provoker import STRATEGIC
from sim.model.stage import Stage
from sim.model.state import State
from sim.model.theory.quantal import chance
from sim.model.vectors import Mask, Vector, total


def convene(stage: Stage) -> None:
    """Let every council meet."""
    if not stage.state.mechanisms.council:
        return
    for council in stage.state.arrangements.councils.values():
        chances = {
            member: _veto_chance(stage.state, council, member) for member in _others(council)
        }
        passes = (1 - each for each in chances.values())
        council.keep_cover(1 - reduce(np.multiply, passes, np.ones(stage.state.count)))
        _vote(stage, council, _drafted(stage, council), chances)
        _work_around(stage, council)
        _enforce(stage.state, council)


def _others(council: Council) -> list[int]:
    return [member for member in council.permanent if member not in council.proposers]


def _drafted(stage: Stage, council: Council) -> Mask:
    """Return where a draft is tabled this month."""
    state, rules = stage.state, stage.state.rules.council
    strategic, tests = _tests(state, council.target)
    odds = (
        rules.proposal
        + rules.strategic * strategic
        + rules.tests * tests
        - rules.last_veto * council.last_vetoed
    )
    proposer = state.codes[council.proposers[0]]
    drawn = state.luck.uniform("draft", state.month, proposer, about=council.code)
    return (drawn < chance(odds)) & (strategic + tests > 0)


def _tests(state: State, target: int) -> tuple[Vector, Vector]:
    """Return whether the target made a strategic test this month, and how many of missiles."""
    strategic, tests = np.zeros(state.count), np.zeros(state.count)
    for provoker in state.arrangements.provokers.values():
        if provoker.index == target and state.mechanisms.provocation:
            strategic = np.maximum(
                strategic, np.any([provoker.counts[n] for n in STRATEGIC], axis=0)
            )
            tests = tests + provoker.counts["ballistic"]
    return strategic, tests


def _veto_chance(state: State, council: Council, member: int) -> Vector:
    """Return the chance that a member would veto a draft, (world,).

    A member that relies on the target's arms protects it; one that is a rival of the proposer
    obstructs it, or abstains; an ally of the proposer does neither.
    """
    rules, proposer = state.rules.council, council.proposers[0]
    relies = reliance(state, member, council.target)
    rival = _rivals(state, member, proposer) * (1 - state.memory.affinity[member, proposer])
    against = chance(rules.veto + np.maximum(rules.dependence * relies, rules.rivalry * rival))
    return against * (1 - rules.abstains * (1 - relies)) * ~_allied(state, member, proposer)


def _allied(state: State, member: int, proposer: int) -> Mask:
    """Return where a treaty binds the member to aid the proposer somewhere."""
    pledged = (each for code in state.rivalries for each in pledges(state, member, proposer, code))
    return np.any([state.nowhere, *(state.binding[each.code] > 0 for each in pledged)], axis=0)


def _rivals(state: State, member: int, proposer: int) -> bool:
    return any({member, proposer} == set(each.rivals) for each in state.rivalries.values())


def _vote(stage: Stage, council: Council, drafted: Mask, chances: dict[int, Vector]) -> None:
    vetoed_by = _vetoes(stage.state, council, chances)
    vetoed = drafted & np.any([stage.state.nowhere, *vetoed_by.values()], axis=0)
    yes = council.other_votes + len(council.permanent) - _abstaining(stage.state, chances)
    passed = drafted & ~vetoed & (yes >= council.spec.votes_needed)
    council.drafts = council.drafts + drafted
    council.vetoes = council.vetoes + vetoed
    council.adopted = council.adopted + passed
    council.last_vetoed = np.where(drafted, vetoed, council.last_vetoed)
    stage.chronicle.note("draft", drafted, council.proposers[0], council.target, council.code)
    for member, veto in vetoed_by.items():
        stage.chronicle.note("veto", drafted & veto, member, council.target, council.code)
    stage.chronicle.note("adopted", passed, None, council.target, council.code)
    _sanction(stage, council, passed)


def _vetoes(state: State, council: Council, chances: dict[int, Vector]) -> dict[int, Mask]:
    """Return who vetoes, (world,) each; a member in good company does so more readily."""
    drawn = {
        member: state.luck.uniform("veto", state.month, state.codes[member], about=council.code)
        for member in chances
    }
    alone = {member: drawn[member] < chances[member] for member in chances}
    company = state.rules.council.company
    vetoes = {}
    for member, likely in chances.items():
        company_kept = (alone[other].astype(float) for other in alone if other != member)
        others = total([np.zeros(state.count), *company_kept])
        odds = np.exp(company * others) * likely / np.maximum(1 - likely, 1e-12)
        vetoes[member] = drawn[member] < odds / (1 + odds)
    return vetoes


def _abstaining(state: State, chances: dict[int, Vector]) -> Vector:
    against = ((each > 0.5).astype(float) for each in chances.values())
    return total([np.zeros(state.count), *against])


def _sanction(stage: Stage, council: Council, passed: Mask) -> None:
    """Let an adopted measure bite: on enforcement always, on tests and programme now and then."""
    state, rules = stage.state, stage.state.rules.council
    council.strengthen(passed, rules.step)
    target = state.codes[council.target]
    bites = council.enforcement / np.maximum(council.strength, 1e-9)
    coerced = state.luck.uniform("coerce", state.month, target, about=council.code)
    stops = passed & (coerced < rules.coerces * bites)
    until = state.month + np.floor(rules.coerced_months).astype(np.int64)
    council.coerced_until = np.where(stops, until, council.coerced_until)
    stage.chronicle.note("coerced", stops, council.target, None, council.code)
    constrained = state.luck.uniform("constrain", state.month, target, about=council.code)
    slows = passed & (constrained < rules.constrains * bites)
    if programme := state.arrangements.programmes.get(council.target):
        programme.drift = np.where(slows, programme.drift / 2, programme.drift)
        stage.chronicle.note("constrained", slows, council.target, None, council.code)


def _work_around(stage: Stage, council: Council) -> None:
    """Let proposers whose draft was vetoed act outside the council."""
    state, rules = stage.state, stage.state.rules.council
    proposer, blocked = state.codes[council.proposers[0]], council.vetoes > 0
    drawn = state.luck.uniform("workaround", state.month, proposer, about=council.code)
    founded = blocked & ~council.workaround & (drawn < rules.workaround)
    council.workaround |= founded
    stage.chronicle.note("workaround", founded, council.proposers[0], None, council.code)
    drawn = state.luck.uniform("autonomous", state.month, proposer, about=council.code)
    latest = council.last_vetoed & (council.vetoes > council.autonomous)
    own = latest & (drawn < rules.autonomous)
    council.autonomous = council.autonomous + own
    council.strengthen(own, rules.autonomous_step)
    pair = council.proposers[0], council.target
    stage.chronicle.note("autonomous_sanctions", own, *pair, council.code)


def _enforce(state: State, council: Council) -> None:
    """Let enforcers look away: the lax always, and those who rely on the target's arms."""
    rules = state.rules.council
    looking_away = {
        enforcer: np.maximum(
            council.laxity.get(enforcer, np.zeros(state.count)),
            rules.defection * reliance(state, enforcer, council.target),
        )
        for enforcer in council.weights
    }
    council.enforce(looking_away, rules.workaround_gain)
