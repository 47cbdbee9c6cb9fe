"""Phase: balancing. Exercises, coordination, reassurance, and arming a rival's enemy."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Mask, Terms, Vector
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.modifiers import talking
from sim.model.decisions.sampling import befalls, decides
from sim.model.entities.arming import Arming
from sim.model.entities.bloc import Bloc
from sim.model.entities.war import MATERIEL
from sim.model.state import State


def balance(stage: Stage) -> None:
    """Let every bloc answer the threat it perceives."""
    if not stage.state.mechanisms.balancing:
        return
    for bloc in stage.state.arrangements.blocs.values():
        bloc.threat = _threat(stage.state, bloc)
        _exercise(stage, bloc)
        _reassure(stage, bloc)
    for arming in stage.state.arrangements.armings.values():
        _arm(stage, arming)


def send_arms(stage: Stage, arming: Arming, where: Mask) -> None:
    """Send arms to the beneficiary, where it is decided, as materiel for its war."""
    state = stage.state
    new = where & ~arming.sent
    arming.sent |= new
    stage.chronicle.note("arms_sent", new, arming.actor, arming.beneficiary, arming.code, MATERIEL)
    exchange = state.arrangements.exchanges[arming.spec.exchange]
    rivalry = state.rivalries[exchange.spec.rivalry]
    side = rivalry.rivals.index(arming.beneficiary)
    level = np.full(state.count, MATERIEL, dtype=np.int8)
    rivalry.war.enter(new, side, arming.actor, level)
    if state.mechanisms.memory:
        state.memory.warm(arming.actor, arming.against, state.rules.memory.reneged * new)


def _threat(state: State, bloc: Bloc) -> Vector:
    """Return the threat perceived, as a multiple of day one (Walt 1987).

    What the adversaries can do, as far as it is seen, times what they show of their intent; the
    largest among them counts.
    """
    threats = [np.ones(state.count)]
    for provoker in state.arrangements.provokers.values():
        if provoker.index in bloc.against:
            able = state.arrangements.programmes[provoker.index].threat
            threats.append(np.sqrt(able * provoker.strain))
    return np.maximum.reduce(threats[1:] or threats)


def _exercise(stage: Stage, bloc: Bloc) -> None:
    state, rules = stage.state, stage.state.rules.balancing
    terms = {
        "habit": rules.exercise,
        "threat": rules.threat * (bloc.threat - 1),
        "new_pact": rules.pact * _new_pact(state, bloc),
        "talks": -rules.talks * any(talking(state, actor) for actor in bloc.against),
    }
    leader = state.codes[bloc.members[0]]
    held = decides(state, Occasion("exercise", leader, "", bloc.code), terms)
    bloc.exercise(held, rules.coordination_gain, rules.coordination_decay)
    stage.chronicle.note("exercise", held, bloc.members[0], None, bloc.code)


def _new_pact(state: State, bloc: Bloc) -> Vector:
    """Return how far a treaty new since day one promises aid to one balanced against, 0 to 1."""
    bound = [
        state.binding[treaty.code]
        for treaty in state.treaties.values()
        if not treaty.in_record(state.scenario) and treaty.promises_any_aid(bloc.against)
    ]
    return np.maximum.reduce([np.zeros(state.count), *bound])


def _reassure(stage: Stage, bloc: Bloc) -> None:
    """Let the leader reassure its partners the more, the greater the threat has become."""
    state, rules = stage.state, stage.state.rules.balancing
    leader = bloc.members[0]
    likely = rules.reassurance * (bloc.threat - 1).clip(0, 1)
    occasion = Occasion("reassure", state.codes[leader], "", bloc.code)
    reassures = befalls(state, occasion, likely)
    bloc.reassured = bloc.reassured + reassures
    for partner in bloc.members[1:]:
        stage.chronicle.note("reassures", reassures, leader, partner, bloc.code)
        if state.mechanisms.memory:
            gained = rules.reassurance_gain * reassures
            state.memory.kept[partner, leader] += gained


def _arm(stage: Stage, arming: Arming) -> None:
    """Let an actor threaten, and then act, as it sees the exchange go on."""
    state, rules = stage.state, stage.state.rules.balancing
    exchange = state.arrangements.exchanges[arming.spec.exchange]
    if not state.mechanisms.exchange:
        return
    seen = {
        "technology_seen": rules.arms_tier * (exchange.tier_seen - 1),
        "troops_seen": rules.arms_troops * exchange.troops_seen,
    }
    war = state.rivalries[exchange.spec.rivalry].war
    free = war.on & exchange.disclosed & ~arming.threatened
    terms = {"habit": rules.arms_threat, **seen}
    threatens = free & _decides(state, arming, "threaten arms", terms, free)
    ready = war.on & arming.threatened & ~arming.sent
    terms = {"habit": rules.arms_act, **seen, "warning": -rules.arms_warning}
    acts = ready & _decides(state, arming, "send arms", terms, ready)
    arming.threatened |= threatens
    pair = arming.actor, arming.against
    stage.chronicle.note("threatens_arms", threatens, *pair, arming.code)
    stage.chronicle.note("warns", threatens, *pair[::-1], arming.code)
    send_arms(stage, arming, acts)


def _decides(state: State, arming: Arming, what: str, terms: Terms, where: Mask) -> Mask:
    who, towards = state.codes[arming.actor], state.codes[arming.beneficiary]
    return decides(state, Occasion(what, who, towards, arming.code), terms, where)
