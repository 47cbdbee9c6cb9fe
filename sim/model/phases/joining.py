"""Phase: intervention by actors that promised neither side anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sim.model.arrays import Mask, any_world, as_mask, in_any_world, true_places
from sim.model.context import PhaseContext
from sim.model.decisions.calls import AllyCall
from sim.model.decisions.interventions import Intervention
from sim.model.decisions.phase_cache import PhaseCache
from sim.model.decisions.third_parties import may_join, side_appeal, take_war_snapshot, view_side
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.state import State


def join_wars(context: PhaseContext) -> None:
    """Let every onlooker of a recent war decide whether, and how far, to intervene."""
    if not context.state.mechanisms.joining:
        return
    choices = list(_find_choices(context.state))
    for intervention in list(_choose_sides(context.state, _decide(context, choices))):
        _intervene(context, intervention)


def _find_choices(state: State) -> Iterator[AllyCall]:
    """Yield who may intervene in a recent war for which side, as if its principal had called."""
    recently = state.wars.began_within(state.month, state.rules.join.spread)
    for rivalry, recent in zip(state.rivalries.values(), recently, strict=True):
        if any_world(recent):
            yield from _choices_in_war(state, rivalry, recent)


def _choices_in_war(state: State, rivalry: Rivalry, recent: Mask) -> Iterator[AllyCall]:
    worlds = recent.nonzero()[0]
    joins = may_join(state, rivalry, worlds)
    for actor, side in true_places(in_any_world(joins)):
        where = worlds[joins[actor, side]]
        yield AllyCall(rivalry.code, side, rivalry.rivals[side], actor, where)


def _decide(context: PhaseContext, choices: list[AllyCall]) -> list[Intervention]:
    """Return who intervenes in any world, none of which is applied yet."""
    if not context.state.one_by_one:
        return context.interventions.decide(choices)
    cache = PhaseCache(context.state)
    return [_decide_alone(context, choice, cache) for choice in choices]


def _decide_alone(context: PhaseContext, choice: AllyCall, cache: PhaseCache) -> Intervention:
    """Decide one choice in every world, with the reasons for the log."""
    state = context.state
    snapshot = take_war_snapshot(state, state.rivalries[choice.rivalry])
    seen = view_side(state, choice, snapshot)
    where = as_mask(choice.worlds, state.count)
    level = context.actors[choice.ally].decide_intervention(seen, cache, where)
    return Intervention(choice, level * where)


def _choose_sides(state: State, drawn: list[Intervention]) -> Iterator[Intervention]:
    """Yield the interventions, where an actor was drawn for both sides only for one."""
    for _, of_actor in groupby(drawn, lambda each: (each.call.rivalry, each.call.ally)):
        yield from _choose_side(state, list(of_actor))


def _choose_side(state: State, drawn: list[Intervention]) -> list[Intervention]:
    """Return an actor's interventions in a war: where both were drawn, for the side it prefers."""
    if len(drawn) < 2:
        return drawn
    (call, first), (other, second) = drawn
    both = (first > 0) & (second > 0)
    if not any_world(both):
        return drawn
    rivalry = state.rivalries[call.rivalry]
    appeal = side_appeal(state, call.ally, rivalry, take_war_snapshot(state, rivalry))
    return [
        Intervention(call, first * ~(both & (appeal <= 0))),
        Intervention(other, second * ~(both & (appeal >= 0))),
    ]


def _intervene(context: PhaseContext, intervention: Intervention) -> None:
    call, level = intervention
    rivalry = context.state.rivalries[call.rivalry]
    war, actor, side = rivalry.war, call.ally, call.side
    worlds = (level > war.level[side, actor]).nonzero()[0]
    entered, subject = war.enter(worlds, side, actor, level[worlds]), (call.partner, rivalry.code)
    helped = worlds[level[worlds] < OPEN_WAR]
    context.chronicle.record_in("joins", entered, actor, *subject, OPEN_WAR)
    context.chronicle.record_in("helps", helped, actor, *subject, level[helped])
    context.entered[actor, entered] = True
    if context.state.mechanisms.chain_ganging:
        war.let_all_call(entered, side, actor)
