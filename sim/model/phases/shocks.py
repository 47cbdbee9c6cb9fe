"""Phase: dated events that the scenario imposes, independent of the actors' decisions."""

from __future__ import annotations

import numpy as np

from sim.model.calendar import month_of
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.sampling import log_decision
from sim.model.entities.rivalry import DISPLAY, FORCE, THREAT, WAR, Rivalry
from sim.model.phases.balancing import send_arms
from sim.model.phases.war import end_war, strike_home_soil
from sim.scenario.schema.rivalries import Rung, ShockKind, ShockSpec

_RUNGS = {Rung.THREAT: THREAT, Rung.DISPLAY: DISPLAY, Rung.FORCE: FORCE, Rung.WAR: WAR}


def apply_shocks(context: PhaseContext) -> None:
    """Apply the shocks of this month."""
    scenario = context.state.scenario
    certain, draws = np.ones(context.state.count), np.zeros(context.state.count)
    for code, shock in scenario.shocks.items():
        if month_of(shock.date, scenario.start) == context.state.month:
            key = DrawKey("shock", shock.actor, "", code)
            log_decision(context.state, key, (certain,), draws, draws < certain)
            _apply_shock(context, shock, context.state.rivalries[shock.rivalry])


def _apply_shock(context: PhaseContext, shock: ShockSpec, rivalry: Rivalry) -> None:
    side = _side(context, shock, rivalry)
    match shock.kind:
        case ShockKind.CEASEFIRE:
            end_war(context, rivalry, rivalry.war.on, "ceasefire")
        case ShockKind.HOME_SOIL_ATTACK:
            strike_home_soil(context, rivalry, rivalry.war.attacks(side))
        case ShockKind.DISPUTE:
            _open_dispute(context, rivalry, side, _RUNGS[shock.rung])
        case ShockKind.TALKS:
            context.state.institutions.talks_until[rivalry.code] = (
                context.state.month + shock.months - 1
            )
        case ShockKind.ARMING:
            _send_arms(context, shock)
        case ShockKind.NUCLEAR_TEST:
            context.state.institutions.provokers[shock.actor].assumed_test = True


def _open_dispute(context: PhaseContext, rivalry: Rivalry, side: int, rung: int) -> None:
    where = rivalry.quiet.copy()
    rivalry.open_dispute(where, side, rung, context.state.month - 1)
    context.chronicle.record("challenge", where, *_pair(rivalry, side), rivalry.code, rung)
    if rung == WAR:
        rivalry.war.begin(
            where, np.full(context.state.count, side, dtype=np.int8), context.state.month
        )
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
