"""Phase: provocations below the threshold of a dispute."""

from __future__ import annotations

import numpy as np

from sim.model.arrays import Counts, Mask, Terms, Vector, total
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.modifiers import exercised_against, in_talks, veto_cover
from sim.model.decisions.sampling import log_decision
from sim.model.entities.provoker import MISSILE_CLASSES, STRATEGIC_CLASSES, Provoker
from sim.model.state import State
from sim.model.theory.count_distributions import poisson_quantile
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES

_DAYS_PER_MONTH = 30.44
"""Mean length of a month."""


def run_provocations(context: PhaseContext) -> None:
    """Draw the provocations of every provoker, given its excitation and circumstances."""
    if not context.state.mechanisms.provocation:
        return
    for provoker in context.state.institutions.provokers.values():
        if context.state.month == 1:
            provoker.start_in_equilibrium(_severity(context.state), *_monthly_decay(context.state))
        counts = _draw_counts(context, provoker)
        provoker.record_provocations(
            counts, _severity(context.state), *_monthly_decay(context.state)
        )
        for name, count in counts.items():
            level = np.minimum(count, 127).astype(np.int8)
            context.chronicle.record("provocation", count > 0, provoker.index, None, name, level)


def _draw_counts(context: PhaseContext, provoker: Provoker) -> dict[str, Counts]:
    state, who = context.state, provoker.code
    common, own = _common_terms(state, provoker.index), _missile_terms(state, provoker)
    common_factor, missile_factor = np.exp(total(common.values())), np.exp(total(own.values()))
    released = provoker.outstanding * (1 - _monthly_decay(state)[0])
    counts = {}
    for name, share in provoker.shares.items():
        mean = share * (
            provoker.rate * common_factor * (missile_factor if name in MISSILE_CLASSES else 1)
            + released
        )
        mean = np.where(
            _tests_suspended(state, provoker.index) & (name in STRATEGIC_CLASSES), 0.0, mean
        )
        draws = state.streams.uniform("provocation", state.month, who, about=name)
        counts[name] = poisson_quantile(draws, mean)
        terms = common | own if name in MISSILE_CLASSES else common
        _log_count(state, DrawKey("provocation", who, "", name), mean, draws, counts[name], terms)
    return counts


def _log_count(
    state: State, key: DrawKey, mean: Vector, draws: Vector, count: Counts, terms: Terms
) -> None:
    """Log the count of a month with its terms, whose sum is the logarithm of the mean."""
    if state.log is None:
        return
    baseline = np.log(np.maximum(mean, 1e-12)) - total(terms.values())
    level = np.minimum(count, 127).astype(np.int8)
    log_decision(state, key, (1 - np.exp(-mean),), 1 - draws, level, mean > 0,
         lambda: {"usual": baseline} | terms)  # fmt: skip


def _common_terms(state: State, actor: int) -> Terms:
    """Return the effects of exercises and talks on the logarithm of the rate."""
    rules = state.rules.provocation
    return {
        "exercises": rules.exercises * exercised_against(state, actor),
        "talks": rules.talks * in_talks(state, actor),
    }


def _missile_terms(state: State, provoker: Provoker) -> Terms:
    """Return the effects of the programme and of veto cover on the log rate of missile tests."""
    rules = state.rules.provocation
    progress = state.institutions.programmes[provoker.index].progress
    added_cover = veto_cover(state, provoker.index) - _initial_cover(state, provoker.index)
    return {"programme": rules.programme * progress, "cover": rules.cover * added_cover}


def _initial_cover(state: State, actor: int) -> Vector:
    """Return the veto cover of day one, under which the rate was measured."""
    councils = state.institutions.councils.values()
    covers = [
        council.initial_cover
        for council in councils
        if council.target == actor and council.initial_cover is not None
    ]
    on = state.mechanisms.council and state.mechanisms.political_cover
    return np.maximum.reduce(covers) if covers and on else np.zeros(state.count)


def _tests_suspended(state: State, actor: int) -> Mask:
    """Return where a council has coerced the actor into suspending strategic tests."""
    suspended = state.no_world.copy()
    for council in state.institutions.councils.values():
        if council.target == actor:
            suspended |= council.coerced_until >= state.month
    return suspended


def _severity(state: State) -> dict[str, Vector]:
    """Return the effect of one provocation of each class on tension, (world,) each."""
    rules = state.rules.provocation
    return {name: getattr(rules, f"severity_{name}") for name in PROVOCATION_CLASSES}


def _monthly_decay(state: State) -> tuple[Vector, Vector]:
    """Return the shares of excitation and of tension that remain after a month."""
    rules = state.rules.provocation
    tension: Vector = 0.5 ** (1 / rules.tension_half_life)
    return np.exp(-_DAYS_PER_MONTH / rules.memory_days), tension
