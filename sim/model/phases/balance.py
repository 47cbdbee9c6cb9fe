"""Phase: balancing. Exercises, coordination, reassurance, and arming a rival's enemy."""

from __future__ import annotations

import numpy as np

from sim.model.arming import Arming
from sim.model.bloc import Bloc
from sim.model.influences import talking
from sim.model.stage import Stage
from sim.model.state import State
from sim.model.theory.quantal import chance
from sim.model.vectors import Mask, Vector
from sim.model.war import MATERIEL


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
    odds = (
        rules.exercise
        + rules.threat * (bloc.threat - 1)
        + rules.pact * _new_pact(state, bloc)
        - rules.talks * any(talking(state, actor) for actor in bloc.against)
    )
    leader = state.codes[bloc.members[0]]
    drawn = state.luck.uniform("exercise", state.month, leader, about=bloc.code)
    held = drawn < chance(odds)
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
    drawn = state.luck.uniform("reassure", state.month, state.codes[leader], about=bloc.code)
    reassures = drawn < likely
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
    seen = rules.arms_tier * (exchange.tier_seen - 1) + rules.arms_troops * exchange.troops_seen
    war = state.rivalries[exchange.spec.rivalry].war
    threatens = _decides(state, arming, "threaten arms", rules.arms_threat + seen)
    threatens &= war.on & exchange.disclosed & ~arming.threatened
    acts = _decides(state, arming, "send arms", rules.arms_act + seen - rules.arms_warning)
    acts &= war.on & arming.threatened & ~arming.sent
    arming.threatened |= threatens
    pair = arming.actor, arming.against
    stage.chronicle.note("threatens_arms", threatens, *pair, arming.code)
    stage.chronicle.note("warns", threatens, *pair[::-1], arming.code)
    send_arms(stage, arming, acts)


def _decides(state: State, arming: Arming, what: str, odds: Vector) -> Mask:
    who, towards = state.codes[arming.actor], state.codes[arming.beneficiary]
    return state.luck.uniform(what, state.month, who, towards, arming.code) < chance(odds)
