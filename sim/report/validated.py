"""How the model fared when it was held against the world: what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from sim.report.run import Run
from sim.report.words import said_of
from sim.validation.check import Verdict
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


def _notes(found: Current, runs: Sequence[Run]) -> Iterator[str]:
    made = found.made.items()
    plain = {name: value for name, value in made if not isinstance(value, list | dict)}
    if plain:
        yield f"How it was made: {said_of(plain)}."
    engine = found.made.get("engine")
    if others := [run.name for run in runs if engine and run.reading.engine != engine]:
        yield (
            "It was made of another version of the engine than the one that lived "
            f"{' and '.join(others)}."
        )
