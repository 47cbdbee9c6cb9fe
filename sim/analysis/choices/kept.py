"""What differs in choices between two runs, kept beside the results of one of them.

Working it out takes seconds; reading it takes none. A file is named after all that its content
depends on: both scenarios, the number of pairs, the engine and the code of this analysis. So it is
never out of date, and nothing but time is lost if it is deleted.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.analysis.choices.compare import compare_choices
from sim.analysis.choices.effect import ChoiceEffect, Share
from sim.errors import RequestError
from sim.experiment.storage.atomic import write_file
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_CODE = ("analysis/choices", "statistics")
"""Folders of the package, beside the engine's, on which the differences depend."""
_INTERVALS = ("with_", "without", "difference", "relative")


def compare_or_read(
    folder: Path, with_: Scenario, without: Scenario, pairs: int, workers: int | None = None
) -> list[ChoiceEffect]:
    """Return how each choice differs between two scenarios; read it if it was worked out before.

    Args:
        folder: the results folder of either run; where it cannot be written to, nothing is kept.
        with_: the scenario with the treaty, or any other.
        without: the scenario to which it is compared.
        pairs: number of pairs.
        workers: number of processes; None uses as many as there are processors where that saves
            time.

    Raises:
        RequestError: their worlds are no pairs, or that is more than one run may simulate.
        SimulationError: some worlds could not be simulated.
        WorkerError: a worker process was lost.
    """
    file = folder / f"choices-{_name(with_, without, pairs)}.json"
    if (kept := _read(file)) is not None:
        return kept
    effects = compare_choices(with_, without, pairs, workers=workers)
    with suppress(RequestError):
        content = json.dumps([_pack(effect) for effect in effects])
        write_file(file, content.encode(), overwrite=True)
    return effects


def _name(with_: Scenario, without: Scenario, pairs: int) -> str:
    scenarios = (scenario.model_dump_json() for scenario in (with_, without))
    content = "\n".join([*scenarios, str(pairs), engine_fingerprint(), _code_fingerprint()])
    return sha256(content.encode()).hexdigest()[:12]


@cache
def _code_fingerprint() -> str:
    package = Path(__file__).parents[2]
    files = sorted(file for folder in _CODE for file in (package / folder).glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _read(file: Path) -> list[ChoiceEffect] | None:
    """Return what is kept in a file; None where there is none, or not all of it."""
    try:
        return [_unpack(effect) for effect in json.loads(file.read_bytes())]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _pack(effect: ChoiceEffect) -> dict[str, Any]:
    shares = [(s.cause, s.is_ally, _cells(s.difference), s.share) for s in effect.shares]
    intervals = {name: _cells(getattr(effect, name)) for name in _INTERVALS}
    return {"choice": effect.choice, "shares": shares, **intervals}


def _unpack(packed: dict[str, Any]) -> ChoiceEffect:
    kind, *names = packed["choice"]
    with_, without, difference, relative = (Interval(*packed[name]) for name in _INTERVALS)
    shares = (
        Share(cause, is_ally, Interval(*cells), share)
        for cause, is_ally, cells, share in packed["shares"]
    )
    choice = Choice(ChoiceKind(kind), *names)
    return ChoiceEffect(choice, with_, without, difference, relative, tuple(shares))


def _cells(interval: Interval) -> tuple[float, float, float]:
    return interval.value, interval.low, interval.high
