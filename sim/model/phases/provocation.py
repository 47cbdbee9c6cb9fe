"""Phase: provocations below the level of a dispute."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask, Terms, Vector, total
from sim.model.context import Stage
from sim.model.decision_log import Occasion
from sim.model.decisions.modifiers import cover, exercised_against, talking
from sim.model.decisions.sampling import keep
from sim.model.entities.provoker import MISSILES, STRATEGIC, Provoker
from sim.model.state import State
from sim.model.theory.count_distributions import poisson_quantile
from sim.scenario.checks.arrangements import PROVOCATIONS

MONTH_DAYS = 30.44
"""Mean length of a month."""


def provoke(stage: Stage) -> None:
    """Let every provoker provoke as often as excitation and its circumstances say."""
    if not stage.state.mechanisms.provocation:
        return
    for provoker in stage.state.arrangements.provokers.values():
        if stage.state.month == 1:
            provoker.settle_in(_severity(stage.state), *_fading(stage.state))
        counts = _counts(stage, provoker)
        provoker.provoke(counts, _severity(stage.state), *_fading(stage.state))
        for name, count in counts.items():
            level = np.minimum(count, 127).astype(np.int8)
            stage.chronicle.note("provocation", count > 0, provoker.index, None, name, level)


def _counts(stage: Stage, provoker: Provoker) -> dict[str, Counts]:
    state, who = stage.state, provoker.code
    common, own = _common(state, provoker.index), _driven(state, provoker)
    moved, driven = np.exp(total(common.values())), np.exp(total(own.values()))
    released = provoker.outstanding * (1 - _fading(state)[0])
    counts = {}
    for name, share in provoker.shares.items():
        mean = share * (provoker.rate * moved * (driven if name in MISSILES else 1) + released)
        mean = np.where(_stopped(state, provoker.index) & (name in STRATEGIC), 0.0, mean)
        drawn = state.luck.uniform("provocation", state.month, who, about=name)
        counts[name] = poisson_quantile(drawn, mean)
        moves = common | own if name in MISSILES else common
        _keep(state, Occasion("provocation", who, "", name), mean, drawn, counts[name], moves)
    return counts


def _keep(
    state: State, occasion: Occasion, mean: Vector, drawn: Vector, count: Counts, moves: Terms
) -> None:
    """Keep a month's count and what moved its mean, whose logarithm the terms add up to."""
    if state.reasons is None:
        return
    usual = np.log(np.maximum(mean, 1e-12)) - total(moves.values())
    level = np.minimum(count, 127).astype(np.int8)
    keep(state, occasion, (1 - np.exp(-mean),), 1 - drawn, level, mean > 0,
         lambda: {"usual": usual} | moves)  # fmt: skip


def _common(state: State, actor: int) -> Terms:
    """Return what exercises and talks add to the logarithm of the rate."""
    rules = state.rules.provocation
    return {
        "exercises": rules.exercises * exercised_against(state, actor),
        "talks": rules.talks * talking(state, actor),
    }


def _driven(state: State, provoker: Provoker) -> Terms:
    """Return what its own programme and the cover of vetoes add to that of missile tests."""
    rules = state.rules.provocation
    progress = state.arrangements.programmes[provoker.index].progress
    sheltered = cover(state, provoker.index) - _first_cover(state, provoker.index)
    return {"programme": rules.programme * progress, "cover": rules.cover * sheltered}


def _first_cover(state: State, actor: int) -> Vector:
    """Return the cover of day one, under which the rate was measured."""
    councils = state.arrangements.councils.values()
    known = [
        council.first_cover
        for council in councils
        if council.target == actor and council.first_cover is not None
    ]
    on = state.mechanisms.council and state.mechanisms.political_cover
    return np.maximum.reduce(known) if known and on else np.zeros(state.count)


def _stopped(state: State, actor: int) -> Mask:
    """Return where a council has coerced the actor to stop strategic tests for now."""
    stopped = state.nowhere.copy()
    for council in state.arrangements.councils.values():
        if council.target == actor:
            stopped |= council.coerced_until >= state.month
    return stopped


def _severity(state: State) -> dict[str, Vector]:
    """Return what one provocation of each class adds to tension, (world,) each."""
    rules = state.rules.provocation
    return {name: getattr(rules, f"severity_{name}") for name in PROVOCATIONS}


def _fading(state: State) -> tuple[Vector, Vector]:
    """Return what is left after a month of excitation, and of tension."""
    rules = state.rules.provocation
    tension: Vector = 0.5 ** (1 / rules.tension_half_life)
    return np.exp(-MONTH_DAYS / rules.memory_days), tension
