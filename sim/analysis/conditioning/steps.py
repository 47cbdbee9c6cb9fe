"""Conditions and dated events applied one after the other, with what each leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.analysis.conditioning.dated_events import DatedEvent, read_dated_events
from sim.analysis.conditioning.evaluate import evaluate_condition, find_occurrences
from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.grammar import Condition, parse_condition
from sim.analysis.conditioning.vocabulary import describe_patterns
from sim.analysis.conditioning.weights import closeness, month_distance
from sim.errors import Problem, RequestError, ScenarioError
from sim.statistics.arrays import Mask, Vector
from sim.statistics.weighted import effective_sample_size


@dataclass(frozen=True)
class Step:
    """A condition or a dated event, in the order given.

    Attributes:
        text: as written, or the event in words.
        reading: what a name stands for; empty where the name says it.
        agree: the worlds that meet it, taken alone; of a dated event, within its tolerance.
        left: the worlds left after it and all before it.
        effective: the effective number of these; the same where all count fully.
    """

    text: str
    reading: str
    agree: int
    left: int
    effective: float


@dataclass(frozen=True)
class Factor:
    """A condition or a dated event before it is applied.

    Attributes:
        condition: what is looked for in the tables.
        text: as written, or the event in words.
        reading: what a name stands for; empty where the name says it.
        agrees: the worlds that meet it; of a dated event, within its tolerance, (world,).
        weights: what each world counts by, 0 to 1, (world,).
    """

    condition: Condition
    text: str
    reading: str
    agrees: Mask
    weights: Vector


def read_condition(text: str, tables: Tables) -> Factor:
    """Return a condition as written as a factor of 0 or 1.

    Raises:
        RequestError: it cannot be used.
        ResultsError: a table is missing or damaged.
    """
    try:
        condition = parse_condition(text, tables.period)
        evaluated = evaluate_condition(condition, tables)
    except RequestError as error:
        raise RequestError(f"--on {' '.join(text.split())!r}: {error}") from None
    holds = evaluated.holds
    return Factor(condition, condition.text, evaluated.reading, holds, holds.astype(np.float64))


def read_events(file: Path, tables: Tables, miss: float) -> list[Factor]:
    """Return the dated events of a file as factors, in its order.

    Raises:
        ScenarioError: the file cannot be used; the message lists every problem with its line.
        ResultsError: a table is missing or damaged.
    """
    problems, factors = [], []
    for event in read_dated_events(file, tables.period):
        try:
            factors.append(_weigh_event(event, tables, miss))
        except RequestError as error:
            message, _, allowed = str(error).partition("\n    allowed: ")
            problems.append(Problem(file, event.line, "event", message, allowed))
    if problems:
        raise ScenarioError(problems)
    return factors


def _weigh_event(event: DatedEvent, tables: Tables, miss: float) -> Factor:
    occurrences = find_occurrences(event.condition, tables)
    distance = month_distance(event, occurrences, tables.period)
    weights = closeness(distance, event.tolerance, miss) ** event.weight
    reading = describe_patterns(event.condition.name)
    agrees: Mask = distance <= event.tolerance
    return Factor(event.condition, str(event), reading, agrees, weights)


def apply_factors(factors: Iterable[Factor], worlds: int) -> tuple[tuple[Step, ...], Vector]:
    """Return what each factor leaves, and the product of all, scaled to at most 1, (world,)."""
    weights, steps = np.ones(worlds), []
    for factor in factors:
        weights = weights * factor.weights
        weights /= weights.max() or 1.0  # many small factors would otherwise vanish
        agree, left = int(factor.agrees.sum()), int((weights > 0).sum())
        effective = effective_sample_size(weights)
        steps.append(Step(factor.text, factor.reading, agree, left, effective))
    return tuple(steps), weights
