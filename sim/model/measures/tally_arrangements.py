"""What each world's arrangements came to: the columns of `measuring.arranged`."""

from __future__ import annotations

import numpy as np

from sim.model.entities.exchange import TIERS
from sim.model.recording.history import Columns
from sim.model.state import State


def tally_institutions(state: State) -> Columns:
    """Return one column per measure, (world,) each."""
    return {
        **_exchanges(state),
        **_programmes(state),
        **_councils(state),
        **_provokers(state),
        **_blocs(state),
        **_patronages(state),
        **_armings(state),
    }


def _exchanges(state: State) -> Columns:
    columns: Columns = {}
    for code, exchange in state.institutions.exchanges.items():
        value = np.maximum(exchange.value_delivered, 1e-9)
        columns |= {
            f"munitions_{code}": exchange.munitions_delivered,
            f"munitions_seen_{code}": exchange.munitions_delivered * exchange.estimate,
            f"stock_{code}": exchange.stock,
            f"missiles_{code}": exchange.missiles_sent,
            f"troops_{code}": exchange.troops_sent > 0,
            f"soldiers_{code}": exchange.troops_sent,
            f"troops_month_{code}": exchange.troops_month,
            f"technology_{code}": exchange.tier,
            f"returned_{code}": exchange.returned / value,
            f"debt_{code}": exchange.debt,
            f"admitted_{code}": exchange.admitted,
        }
        for row, tier in enumerate(TIERS):
            columns[f"tier{tier}_{code}"] = exchange.transferred[row]
    return columns


def _programmes(state: State) -> Columns:
    programmes = state.institutions.programmes.items()
    return {f"programme_{state.codes[actor]}": each.level for actor, each in programmes}


def _councils(state: State) -> Columns:
    columns: Columns = {}
    for code, council in state.institutions.councils.items():
        for name in ("drafts", "vetoes", "adopted", "enforcement", "workaround"):
            columns[f"{name}_{code}"] = getattr(council, name)
    return columns


def _provokers(state: State) -> Columns:
    columns: Columns = {}
    for code, provoker in state.institutions.provokers.items():
        totals = provoker.totals
        columns |= {
            f"provocations_{code}": np.add.reduce(list(totals.values())),
            f"ballistic_{code}": totals["ballistic"],
            f"icbm_{code}": totals["icbm"],
            f"satellite_{code}": totals["satellite"],
            f"nuclear_test_{code}": totals["nuclear"] > 0,
            f"tension_{code}": provoker.relative_tension,
        }
    return columns


def _blocs(state: State) -> Columns:
    columns: Columns = {}
    for code, bloc in state.institutions.blocs.items():
        columns[f"exercises_{code}"] = bloc.exercises
        columns[f"coordination_{code}"] = bloc.coordination
    return columns


def _patronages(state: State) -> Columns:
    columns: Columns = {}
    for code, patronage in state.institutions.patronages.items():
        columns[f"restrained_{code}"] = patronage.restrained
        columns[f"dependence_{code}"] = patronage.dependence
        columns[f"backlash_{code}"] = patronage.backlashes > 0
    return columns


def _armings(state: State) -> Columns:
    columns: Columns = {}
    for code, arming in state.institutions.armings.items():
        columns[f"arms_threatened_{code}"] = arming.threatened
        columns[f"arms_sent_{code}"] = arming.sent
    return columns
