"""The cases that theories of joining a war and of settling it are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.model.arrays import Terms, Vector
from sim.model.entities.rivalry import Rivalry
from sim.model.entities.war import OPEN_WAR
from sim.model.plugged.asking import ask_theory
from sim.model.plugged.honour import Asked, find_honour_facts
from sim.model.state import State
from sim.model.theory.cases import JoinCase, SettlementCase
from sim.model.theory.quantal_response import log_odds


def join_terms(state: State, asked: Asked, of_war: Mapping[str, Vector]) -> Terms:
    """Return the terms of joining a side by the scenario's theory, (place,) each.

    Args:
        state: the state.
        asked: the question, as of a call by that side's principal.
        of_war: `honour`, `entered` and `appeal` of the case, (place,) each.
    """
    facts = find_honour_facts(state, asked)
    facts |= {name: partial(np.asarray, value) for name, value in of_war.items()}
    case = JoinCase(int(np.prod(asked.shape)), facts)
    return ask_theory(state, "joining", "join", case, asked.shape, asked.at)


def settlement_terms(state: State, rivalry: Rivalry, first: Vector) -> Terms:
    """Return the terms of a settlement by the scenario's theory, (world,) each.

    Args:
        state: the state.
        rivalry: the rivalry with the war.
        first: chance that the first principal's side prevails, (world,).
    """
    war, (one, two) = rivalry.war, rivalry.rivals
    others = np.ones(len(state.codes), dtype=bool)
    others[[one, two]] = False
    case = SettlementCase(
        state.count,
        {
            "record": lambda: log_odds(state.rules.war.settles),
            "weariness": lambda: war.weariness.mean(axis=0),
            "first_weariness": lambda: war.weariness[0],
            "second_weariness": lambda: war.weariness[1],
            "front": lambda: war.front,
            "winning": lambda: first,
            "months": lambda: state.month - war.began_month,
            "first_lost": lambda: war.strength_lost[0],
            "second_lost": lambda: war.strength_lost[1],
            "first_helpers": lambda: (war.level[0, others] == OPEN_WAR).sum(axis=0),
            "second_helpers": lambda: (war.level[1, others] == OPEN_WAR).sum(axis=0),
            "first_polyarchy": lambda: state.governments.polyarchy[one],
            "second_polyarchy": lambda: state.governments.polyarchy[two],
            "home_soil": lambda: war.home_soil,
        },
    )
    return ask_theory(state, "settlement", "settle", case, (state.count,))
