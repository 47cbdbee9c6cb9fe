"""Phase: balancing. Exercises, coordination, reassurance, and arming a rival's enemy."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Terms, Vector, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.leanings import decide_together
from sim.model.decisions.modifiers import adversary_pact, in_talks
from sim.model.decisions.sampling import decide, occurs
from sim.model.entities.arming import Arming
from sim.model.entities.bloc import Bloc
from sim.model.entities.war import MATERIEL
from sim.model.state import State
from sim.model.theory.quantal_response import logistic


def run_balancing(context: PhaseContext) -> None:
    """Let every bloc respond to the threat it perceives."""
    if not context.state.mechanisms.balancing:
        return
    state, institutions = context.state, context.state.institutions
    for bloc in institutions.blocs.values():
        bloc.threat = _perceived_threat(state, bloc)
        _decide_exercise(context, bloc)
        _reassure(context, bloc)
    institutions.effects.renew_blocs(state.rules.balancing.calming)
    for arming in institutions.armings.values():
        _decide_arms(context, arming)


def send_arms(context: PhaseContext, arming: Arming, where: Mask) -> None:
    """Send arms to the beneficiary, `where` so decided, as materiel for its war."""
    state = context.state
    new = where & ~arming.sent
    arming.sent |= new
    context.chronicle.record(
        "arms_sent", new, arming.actor, arming.beneficiary, arming.code, MATERIEL
    )
    exchange = state.institutions.exchanges[arming.spec.exchange]
    rivalry = state.rivalries[exchange.spec.rivalry]
    side = rivalry.rivals.index(arming.beneficiary)
    rivalry.war.enter(new.nonzero()[0], side, arming.actor, MATERIEL)
    if state.mechanisms.memory:
        state.memory.change_affinity(
            arming.actor, arming.adversary, state.rules.memory.reneged * new
        )


def _perceived_threat(state: State, bloc: Bloc) -> Vector:
    """Return the threat perceived, as a multiple of day one (Walt 1987).

    The threat of an adversary is the geometric mean of its observed capability and of the tension
    it causes; the largest counts.
    """
    threats = [np.ones(state.count)]
    for provoker in state.institutions.provokers.values():
        if provoker.index in bloc.adversaries:
            capability = state.institutions.programmes[provoker.index].threat
            threats.append(np.sqrt(capability * provoker.relative_tension))
    return np.maximum.reduce(threats[1:] or threats)


def _decide_exercise(context: PhaseContext, bloc: Bloc) -> None:
    state, rules = context.state, context.state.rules.balancing
    terms = {
        "habit": rules.exercise,
        "threat": rules.threat * (bloc.threat - 1),
        "new_pact": rules.pact * adversary_pact(state, bloc),
        "talks": -rules.talks * any(in_talks(state, actor) for actor in bloc.adversaries),
    }
    exercises = _exercise_together(state, bloc, terms)
    bloc.hold_exercises(exercises, rules.coordination_gain, rules.coordination_decay)
    context.chronicle.record("exercise", exercises, bloc.members[0], None, bloc.code)


def _exercise_together(state: State, bloc: Bloc, terms: Terms) -> Mask:
    """Return where every member takes part, (world,), given the terms of a joint exercise."""
    members = [state.codes[member] for member in bloc.members]
    return decide_together(
        state,
        DrawKey("exercise", members[0], "", bloc.code),
        logistic(total(terms.values())),
        [DrawKey("take part", member, "", bloc.code) for member in members],
        terms=lambda: terms,
    )


def _reassure(context: PhaseContext, bloc: Bloc) -> None:
    """Let the leader reassure its partners, more often the greater the threat."""
    state, rules = context.state, context.state.rules.balancing
    leader = bloc.members[0]
    chance = rules.reassurance * (bloc.threat - 1).clip(0, 1)
    key = DrawKey("reassure", state.codes[leader], "", bloc.code)
    reassures = occurs(state, key, chance)
    bloc.reassurances = bloc.reassurances + reassures
    for partner in bloc.members[1:]:
        context.chronicle.record("reassures", reassures, leader, partner, bloc.code)
        if state.mechanisms.memory:
            gained = rules.reassurance_gain * reassures
            state.memory.honoured[partner, leader] += gained


def _decide_arms(context: PhaseContext, arming: Arming) -> None:
    """Let an actor threaten to send arms, and then send them, as it observes the exchange."""
    state, rules = context.state, context.state.rules.balancing
    exchange = state.institutions.exchanges[arming.spec.exchange]
    if not state.mechanisms.exchange:
        return
    observed = {
        "technology_seen": rules.arms_tier * (exchange.tier_seen - 1),
        "troops_seen": rules.arms_troops * exchange.troops_seen,
    }
    war = state.rivalries[exchange.spec.rivalry].war
    free = war.on & exchange.disclosed & ~arming.threatened
    terms = {"habit": rules.arms_threat, **observed}
    threatens = free & _decide_arming_step(state, arming, "threaten arms", terms, free)
    ready = war.on & arming.threatened & ~arming.sent
    terms = {"habit": rules.arms_act, **observed, "warning": -rules.arms_warning}
    acts = ready & _decide_arming_step(state, arming, "send arms", terms, ready)
    arming.threatened |= threatens
    pair = arming.actor, arming.adversary
    context.chronicle.record("threatens_arms", threatens, *pair, arming.code)
    context.chronicle.record("warns", threatens, *pair[::-1], arming.code)
    send_arms(context, arming, acts)


def _decide_arming_step(
    state: State, arming: Arming, decision: str, terms: Terms, where: Mask
) -> Mask:
    who, towards = state.codes[arming.actor], state.codes[arming.beneficiary]
    return decide(state, DrawKey(decision, who, towards, arming.code), terms, where)
