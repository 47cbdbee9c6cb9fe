"""How the model fared when it was held against the world: what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from sim.report.run_view import Run
from sim.report.words import describe_facts, format_amount, join_names
from sim.validation.check import Check, Verdict
from sim.validation.current import CurrentValidation, PartSummary

VERDICT_COLUMNS: tuple[Verdict, ...] = get_args(Verdict)
"""In the order of the columns."""


@dataclass(frozen=True)
class ValidationSection:
    """What the page shows of the validation.

    Attributes:
        parts: the parts, each with what it comes to.
        rows: for each part its title and how many checks came to which verdict, then all together.
        notes: what a reader should know of how and of what it was made.
    """

    parts: Sequence[PartSummary]
    rows: Sequence[tuple[str, list[int]]]
    notes: Sequence[str]


def build_validation_section(
    validation: CurrentValidation, runs: Sequence[Run]
) -> ValidationSection:
    """Return what there is to show of a summary beside some runs."""
    rows = [
        (part.title, [part.counts.get(v, 0) for v in VERDICT_COLUMNS]) for part in validation.parts
    ]
    if len(rows) > 1:
        rows.append(("All together", np.sum([n for _, n in rows], axis=0).tolist()))
    return ValidationSection(validation.parts, rows, list(_list_notes(validation, runs)))


def format_check_result(check: Check) -> str:
    """Return what the model gives in a check, with its interval and unit; or nothing."""
    if check.value is None:
        return ""
    ends = (check.low, check.high)
    low, high = (format_amount(end) if end is not None else "" for end in ends)
    interval = f" ({low} to {high})" if low and high else ""
    return f"{format_amount(check.value)}{interval} {check.unit}".strip()


def _list_notes(validation: CurrentValidation, runs: Sequence[Run]) -> Iterator[str]:
    if plain := {name: value for name, value in validation.made.items() if _is_informative(value)}:
        yield f"How it was made: {describe_facts(plain)}."
    engine = validation.made.get("engine")
    if others := [run.name for run in runs if engine and run.results.engine != engine]:
        yield (
            "It was made of another version of the engine than the one that lived "
            f"{join_names(others)}."
        )


def _is_informative(value: object) -> bool:
    """Whether how something was made is worth a word: nothing, none and no are not."""
    return bool(value) and not isinstance(value, list | dict)
