"""Phase: dated events that the scenario imposes, independent of the actors' decisions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.model.arrays import Mask
from sim.model.calendar import month_of
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import log_decision
from sim.model.entities.rivalry import DISPLAY, FORCE, THREAT, WAR, Rivalry
from sim.model.phases.acts import accede, give_notice, sign
from sim.model.phases.balancing import send_arms
from sim.model.phases.governments import bring_new_supporters, find_successors
from sim.model.phases.war import end_war, strike_home_soil
from sim.scenario.schema.rivalries import TREATY_ACTS, Rung, ShockKind, ShockSpec

_RUNGS = {Rung.THREAT: THREAT, Rung.DISPLAY: DISPLAY, Rung.FORCE: FORCE, Rung.WAR: WAR}


def apply_shocks(context: PhaseContext) -> None:
    """Apply the shocks of this month, first those that only some worlds of the block have."""
    scenario = context.state.scenario
    everywhere = ~context.state.no_world
    for code, shock, where in _list_shocks(context, everywhere):
        if month_of(shock.date, scenario.start) == context.state.month:
            draws = np.zeros(context.state.count)
            key = DrawKey("shock", shock.actor, "", code)
            log_decision(context.state, key, (where.astype(float),), draws, where, where)
            if shock.kind in TREATY_ACTS:
                _act_on_treaty(context, shock, where)
            elif shock.kind is ShockKind.VISIT:
                _pay_visit(context, shock, where)
            elif shock.kind is ShockKind.SUCCESSION:
                _succeed(context, shock, where)
            else:
                _apply_shock(context, shock, context.state.rivalries[shock.rivalry], where)


def _list_shocks(context: PhaseContext, everywhere: Mask) -> Iterator[tuple[str, ShockSpec, Mask]]:
    yield from context.state.imposed_shocks
    for code, shock in context.state.scenario.shocks.items():
        yield code, shock, everywhere


def _apply_shock(context: PhaseContext, shock: ShockSpec, rivalry: Rivalry, where: Mask) -> None:
    side = _side(context, shock, rivalry)
    match shock.kind:
        case ShockKind.CEASEFIRE:
            end_war(context, rivalry, where, "ceasefire")
        case ShockKind.HOME_SOIL_ATTACK:
            strike_home_soil(context, rivalry, where & rivalry.war.attacks(side))
        case ShockKind.DISPUTE:
            _open_dispute(context, shock, rivalry, side, where & rivalry.quiet)
        case ShockKind.TALKS:
            context.state.institutions.talks_until[rivalry.code] = (
                context.state.month + shock.months - 1
            )
        case ShockKind.ARMING:
            _send_arms(context, shock)
        case ShockKind.NUCLEAR_TEST:
            context.state.institutions.provokers[shock.actor].assumed_test = True


def _act_on_treaty(context: PhaseContext, shock: ShockSpec, where: Mask) -> None:
    """Let a treaty be signed, left or joined."""
    treaty, worlds = context.state.treaties[shock.treaty], where.nonzero()[0]
    match shock.kind:
        case ShockKind.LEAVE:
            give_notice(context, treaty, context.state.codes.index(shock.actor), worlds)
        case ShockKind.ACCEDE:
            accede(context, treaty, context.state.codes.index(shock.actor), worlds)
        case _:
            sign(context, treaty, worlds)


def _pay_visit(context: PhaseContext, shock: ShockSpec, where: Mask) -> None:
    """Record a visit, which may count as a part of a commitment honoured towards the host."""
    state = context.state
    guest, host = (state.codes.index(code) for code in (shock.actor, shock.towards))
    context.chronicle.record("visit", where, guest, host)
    if state.mechanisms.memory:
        state.memory.record_visit(guest, host, state.rules.memory.visit * where)


def _succeed(context: PhaseContext, shock: ShockSpec, where: Mask) -> None:
    """Bring a new leader; only new supporters change anything."""
    if shock.new_supporters:
        bring_new_supporters(context, context.state.codes.index(shock.actor), where)
        find_successors(context.state)


def _open_dispute(
    context: PhaseContext, shock: ShockSpec, rivalry: Rivalry, side: int, where: Mask
) -> None:
    rung = _RUNGS[shock.rung]
    rivalry.open_dispute(where, side, rung, context.state.month - 1)
    context.chronicle.record("challenge", where, *_pair(rivalry, side), rivalry.code, rung)
    if rung == WAR:
        _open_war(context, shock, rivalry, side, where)


def _open_war(
    context: PhaseContext, shock: ShockSpec, rivalry: Rivalry, side: int, where: Mask
) -> None:
    """Begin a war, after a fait accompli with ground already taken by the attacker."""
    war, attacker = rivalry.war, np.full(context.state.count, side, dtype=np.int8)
    war.begin(where, attacker, context.state.month)
    if shock.fait_accompli:
        war.front[where] = context.state.rules.war.fait_accompli[where]
    context.chronicle.record("war", where, *_pair(rivalry, side), rivalry.code, WAR)


def _send_arms(context: PhaseContext, shock: ShockSpec) -> None:
    for arming in context.state.institutions.armings.values():
        if context.state.codes[arming.actor] == shock.actor:
            arming.threatened[:] = True
            send_arms(context, arming, ~context.state.no_world)


def _side(context: PhaseContext, shock: ShockSpec, rivalry: Rivalry) -> int:
    codes = [context.state.codes[rival] for rival in rivalry.rivals]
    return codes.index(shock.actor) if shock.actor in codes else 0


def _pair(rivalry: Rivalry, side: int) -> tuple[int, int]:
    return rivalry.rivals[side], rivalry.rivals[1 - side]
