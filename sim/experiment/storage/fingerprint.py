"""What is asked: everything that decides the results, and the folder's name that follows from it.

Two scenarios that differ only in their texts ask the same question; so does one file read twice.
A changed engine gives other answers, so what it executes takes part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sim.experiment.engine import engine_fingerprint
from sim.scenario.load import Loaded
from sim.scenario.schema.quantity import Frozen
from sim.scenario.schema.scenario import Scenario

TEXTS = frozenset(
    {
        "title",
        "description",
        "question",
        "headlines",
        "meaning",
        "note",
        "source",
        "grade",
        "article",
        "sweep",
    }
)
"""Fields of a scenario that explain it, or say what is shown or varied, and decide nothing."""


@dataclass(frozen=True)
class Question:
    """What is asked, in one digest.

    Attributes:
        name: the scenario's short name.
        digest: SHA-256 over what decides the results, in hexadecimal.
        engine: SHA-256 over what the engine executes, which is part of it.
        stem: SHA-256 over all of it but the number of worlds.
        point: id of the scenario, whatever the engine: the same in every run and sweep.
    """

    name: str
    digest: str
    engine: str
    stem: str
    point: str

    @property
    def folder(self) -> str:
        """Name of the folder that holds its answer."""
        return f"{self.name}-{self.digest[:8]}"


def question(loaded: Loaded, *beside: str) -> Question:
    """Return the question that a scenario asks of the engine as it is.

    What stands `beside` the scenario is asked too, such as a precision wanted.
    """
    engine, scenario = engine_fingerprint(), loaded.scenario
    endless = canonical(scenario.model_copy(update={"worlds": 0}))
    return Question(
        loaded.name,
        digest=_digest(engine, canonical(scenario), *beside),
        engine=engine,
        stem=_digest(engine, endless),
        point=point_id(scenario),
    )


def sweep_question(loaded: Loaded, points: Iterable[str], *beside: str) -> Question:
    """Return the question that a sweep asks, given the ids of its points."""
    engine, ids = engine_fingerprint(), list(points)
    digest = _digest(engine, *ids, *beside)
    return Question(f"{loaded.name}-sweep", digest, engine, stem="", point="")


def point_id(scenario: Scenario) -> str:
    """Return the id of a point: twelve characters that say all that decides its worlds."""
    return _digest(canonical(scenario))[:12]


def canonical(scenario: Scenario) -> str:
    """Return what decides the results, worlds, months and seed among it, in one canonical form."""
    return json.dumps(_decisive(scenario), sort_keys=True, separators=(",", ":"), default=str)


def _digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _decisive(part: object) -> object:
    if isinstance(part, Frozen):
        names = type(part).model_fields.keys() - TEXTS
        return {name: _decisive(getattr(part, name)) for name in names}
    if isinstance(part, dict):
        return {name: _decisive(value) for name, value in part.items()}
    return [_decisive(value) for value in part] if isinstance(part, tuple) else part
