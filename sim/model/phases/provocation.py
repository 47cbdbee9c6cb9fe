"""Phase: provocations below the threshold of a dispute."""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.model.arrays import Counts, Mask, Terms, Vector, total
from sim.model.calendar import DAYS_PER_MONTH
from sim.model.context import PhaseContext
from sim.model.decision_log import DrawKey
from sim.model.decisions.modifiers import exercised_against, in_talks, veto_cover
from sim.model.decisions.sampling import draw_each, log_decision, settle
from sim.model.entities.provoker import MISSILE_CLASSES, STRATEGIC_CLASSES, Provoker
from sim.model.state import State
from sim.model.theory.count_distributions import poisson_quantile
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES

_IS_MISSILE = np.isin(PROVOCATION_CLASSES, MISSILE_CLASSES)
_IS_STRATEGIC = np.isin(PROVOCATION_CLASSES, STRATEGIC_CLASSES)
"""Which classes they are, (class,)."""


def run_provocations(context: PhaseContext) -> None:
    """Draw the provocations of every provoker, given its excitation and circumstances."""
    state = context.state
    if not state.mechanisms.provocation:
        return
    for provoker in state.institutions.provokers.values():
        if state.month == 1:
            _start(state, provoker)
        counts = _add_assumed_test(provoker, _draw_counts(context, provoker))
        provoker.record_provocations(counts, _severity(state), *_monthly_decay(state))
        if state.mechanisms.calming_down:
            provoker.recover(_spent(state), _monthly_recovery(state))
        for name, count in counts.items():
            level = np.minimum(count, 127).astype(np.int8)
            context.chronicle.record("provocation", count > 0, provoker.index, None, name, level)
    state.institutions.effects.renew_tension(state.rules.provocation.tension)


def _add_assumed_test(provoker: Provoker, counts: dict[str, Counts]) -> dict[str, Counts]:
    """Return the counts of a month with a nuclear test in every world, if a shock assumes one."""
    if provoker.assumed_test:
        provoker.assumed_test = False
        return counts | {"nuclear": np.maximum(counts["nuclear"], 1)}
    return counts


def _start(state: State, provoker: Provoker) -> None:
    provoker.start_in_equilibrium(_severity(state), *_monthly_decay(state))
    if state.mechanisms.calming_down:
        provoker.start_calming(state.rules.provocation, state.scenario.start)


def _draw_counts(context: PhaseContext, provoker: Provoker) -> dict[str, Counts]:
    state, who = context.state, provoker.code
    common, own = _common_terms(state, provoker.index), _missile_terms(state, provoker)
    means = _mean_counts(state, provoker, common, own)
    keys = [DrawKey("provocation", who, "", name) for name in PROVOCATION_CLASSES]
    draws = draw_each(state, keys)
    counts = _find_counts(state, draws, means)
    for row, key in enumerate(keys) if state.one_by_one else ():
        counts[row] = settle(state, key, counts[row], means[row] > 0)
        terms = common | own if _IS_MISSILE[row] else common
        _log_count(state, key, means[row], draws[row], counts[row], terms)
    return dict(zip(PROVOCATION_CLASSES, counts, strict=True))


def _find_counts(state: State, draws: Vector, means: Vector) -> Counts:
    """Return how many provocations of each class are drawn, (class, world).

    Those of strategic classes cost readiness for more in the same month; others are far more.
    """
    costs = np.zeros_like(means)
    for name, spent in _spent(state).items():
        costs[PROVOCATION_CLASSES.index(name)] = spent
    return poisson_quantile(draws, means, costs)


def _mean_counts(state: State, provoker: Provoker, common: Terms, own: Terms) -> Vector:
    """Return the expected provocations of each class this month, (class, world).

    Args:
        state: the state.
        provoker: the provoker.
        common: the terms of all classes.
        own: the further terms of missile tests.
    """
    factors = np.where(_IS_MISSILE[:, None], np.exp(total(own.values())), 1.0)
    released = provoker.outstanding * (1 - _monthly_decay(state)[0])
    background = _background_rate(state, provoker) * np.exp(total(common.values()))
    means = provoker.share_table * (background * factors + released) * _readiness(state, provoker)
    suspended = _tests_suspended(state, provoker.index) & _IS_STRATEGIC[:, None]
    return np.where(suspended, 0.0, means)


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


def _background_rate(state: State, provoker: Provoker) -> Vector:
    """Return the background rate, which has relaxed towards that of the long run, (world,)."""
    if not state.mechanisms.calming_down:
        return provoker.rate
    left = 0.5 ** ((state.month - 1) / state.rules.provocation.calming_half_life)
    return provoker.background_rate(1 - left)


def _readiness(state: State, provoker: Provoker) -> Vector:
    """Return the readiness of each class as a multiple of the usual, (class, world)."""
    readiness = np.ones((len(PROVOCATION_CLASSES), state.count))
    rules, recovery = state.rules.provocation, _monthly_recovery(state)
    for name, spent in _spent(state).items():
        work_out = partial(provoker.usual_readiness, name, spent, recovery)
        usual = rules.once(f"usual readiness for {name}: {provoker.code}", work_out)
        readiness[PROVOCATION_CLASSES.index(name)] = provoker.readiness[name] / usual
    return readiness


def _spent(state: State) -> dict[str, Vector]:
    """Return the share of its readiness that a test costs each strategic class, (world,) each."""
    if not state.mechanisms.calming_down:
        return {}
    rules = state.rules.provocation
    return {name: getattr(rules, f"spent_{name}") for name in STRATEGIC_CLASSES}


def _monthly_recovery(state: State) -> Vector:
    """Return the share of missing readiness that a month makes good, (world,)."""
    return 1 - state.rules.provocation.left_after_month("recovery_half_life")


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
    excitation = rules.once("excitation", lambda: np.exp(-DAYS_PER_MONTH / rules.memory_days))
    return excitation, rules.left_after_month("tension_half_life")
