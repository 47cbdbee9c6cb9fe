"""How the model fared when it was held against the world: what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from sim.report.run_view import Run
from sim.report.words import amount, listed, said_of
from sim.validation.check import Check, Verdict
from sim.validation.current import Current, PartSummary

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""In the order of the columns."""


@dataclass(frozen=True)
class Validated:
    """What the page shows of the validation.

    Attributes:
        parts: the parts, each with what it comes to.
        rows: for each part its title and how many checks came to which verdict, then all together.
        notes: what a reader should know of how and of what it was made.
    """

    parts: Sequence[PartSummary]
    rows: Sequence[tuple[str, list[int]]]
    notes: Sequence[str]


def validated(found: Current, runs: Sequence[Run]) -> Validated:
    """Return what there is to show of a summary beside some runs."""
    rows = [(part.title, [part.counts.get(v, 0) for v in VERDICTS]) for part in found.parts]
    if len(rows) > 1:
        rows.append(("All together", np.sum([n for _, n in rows], axis=0).tolist()))
    return Validated(found.parts, rows, list(_notes(found, runs)))


def found_to_be(check: Check) -> str:
    """Return what the model gives in a check, with its interval and unit; or nothing."""
    if check.value is None:
        return ""
    ends = (check.low, check.high)
    low, high = (amount(end) if end is not None else "" for end in ends)
    interval = f" ({low} to {high})" if low and high else ""
    return f"{amount(check.value)}{interval} {check.unit}".strip()


def _notes(found: Current, runs: Sequence[Run]) -> Iterator[str]:
    if plain := {name: value for name, value in found.made.items() if _tells(value)}:
        yield f"How it was made: {said_of(plain)}."
    engine = found.made.get("engine")
    if others := [run.name for run in runs if engine and run.reading.engine != engine]:
        yield (
            "It was made of another version of the engine than the one that lived "
            f"{listed(others)}."
        )


def _tells(value: object) -> bool:
    """Whether how something was made is worth a word: nothing, none and no are not."""
    return bool(value) and not isinstance(value, list | dict)
