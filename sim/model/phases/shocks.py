"""Phase: dated events that the scenario assumes, whatever the actors do."""

from __future__ import annotations

import numpy as np

from sim.model.calendar import month_of
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.sampling import keep
from sim.model.entities.rivalry import DISPLAY, FORCE, THREAT, WAR, Rivalry
from sim.model.phases.balancing import send_arms
from sim.model.phases.war import make_peace, strike_home_soil
from sim.scenario.schema.rivalries import Rung, ShockKind, ShockSpec

_RUNGS = {Rung.THREAT: THREAT, Rung.DISPLAY: DISPLAY, Rung.FORCE: FORCE, Rung.WAR: WAR}


def strike_shocks(stage: Stage) -> None:
    """Let the shocks of this month happen."""
    scenario = stage.state.scenario
    sure, drawn = np.ones(stage.state.count), np.zeros(stage.state.count)
    for code, shock in scenario.shocks.items():
        if month_of(shock.date, scenario.start) == stage.state.month:
            occasion = Occasion("shock", shock.actor, "", code)
            keep(stage.state, occasion, (sure,), drawn, drawn < sure)
            _strike(stage, shock, stage.state.rivalries[shock.rivalry])


def _strike(stage: Stage, shock: ShockSpec, rivalry: Rivalry) -> None:
    side = _side(stage, shock, rivalry)
    match shock.kind:
        case ShockKind.CEASEFIRE:
            make_peace(stage, rivalry, rivalry.war.on, "ceasefire")
        case ShockKind.HOME_SOIL_ATTACK:
            strike_home_soil(stage, rivalry, rivalry.war.attacks(side))
        case ShockKind.DISPUTE:
            _open(stage, rivalry, side, _RUNGS[shock.rung])
        case ShockKind.TALKS:
            stage.state.arrangements.talks[rivalry.code] = stage.state.month + shock.months - 1
        case ShockKind.ARMING:
            _arm(stage, shock)


def _open(stage: Stage, rivalry: Rivalry, side: int, rung: int) -> None:
    where = rivalry.quiet.copy()
    rivalry.open(where, side, rung, stage.state.month - 1)
    stage.chronicle.note("challenge", where, *_pair(rivalry, side), rivalry.code, rung)
    if rung == WAR:
        rivalry.war.begin(where, np.full(stage.state.count, side, dtype=np.int8), stage.state.month)
        stage.chronicle.note("war", where, *_pair(rivalry, side), rivalry.code, WAR)


def _arm(stage: Stage, shock: ShockSpec) -> None:
    for arming in stage.state.arrangements.armings.values():
        if stage.state.codes[arming.actor] == shock.actor:
            arming.threatened[:] = True
            send_arms(stage, arming, ~stage.state.nowhere)


def _side(stage: Stage, shock: ShockSpec, rivalry: Rivalry) -> int:
    codes = [stage.state.codes[rival] for rival in rivalry.rivals]
    return codes.index(shock.actor) if shock.actor in codes else 0


def _pair(rivalry: Rivalry, side: int) -> tuple[int, int]:
    return rivalry.rivals[side], rivalry.rivals[1 - side]
