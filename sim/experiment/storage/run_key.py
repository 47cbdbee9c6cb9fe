"""What is asked: everything that decides the results, and the folder's name that follows from it.

Two scenarios that differ only in their texts ask the same question; so does one file read twice.
A changed engine gives other answers, so what it executes takes part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.quantity import FrozenModel
from sim.scenario.schema.scenario import Scenario

DESCRIPTIVE_FIELDS = frozenset(
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
class RunKey:
    """What is asked, in one digest.

    Attributes:
        name: the scenario's short name.
        digest: SHA-256 over what decides the results, in hexadecimal.
        engine: SHA-256 over what the engine executes, which is part of it.
        digest_without_worlds: SHA-256 over all of it but the number of worlds.
        point_id: id of the scenario, whatever the engine: the same in every run and sweep.
    """

    name: str
    digest: str
    engine: str
    digest_without_worlds: str
    point_id: str

    @property
    def folder_name(self) -> str:
        """Name of the folder that holds its answer."""
        return f"{self.name}-{self.digest[:8]}"


def run_key(loaded: LoadedScenario, *extra: str) -> RunKey:
    """Return the question that a scenario asks of the engine as it is.

    What stands `extra` the scenario is asked too, such as a precision wanted.
    """
    engine, scenario = engine_fingerprint(), loaded.scenario
    endless = canonical_json(scenario.model_copy(update={"worlds": 0}))
    return RunKey(
        loaded.name,
        digest=_hash_texts(engine, canonical_json(scenario), *extra),
        engine=engine,
        digest_without_worlds=_hash_texts(engine, endless),
        point_id=compute_point_id(scenario),
    )


def sweep_key(loaded: LoadedScenario, point_ids: Iterable[str], *extra: str) -> RunKey:
    """Return the question that a sweep asks, given the ids of its points."""
    engine, ids = engine_fingerprint(), list(point_ids)
    digest = _hash_texts(engine, *ids, *extra)
    return RunKey(f"{loaded.name}-sweep", digest, engine, digest_without_worlds="", point_id="")


def compute_point_id(scenario: Scenario) -> str:
    """Return the id of a point: twelve characters that say all that decides its worlds."""
    return _hash_texts(canonical_json(scenario))[:12]


def canonical_json(scenario: Scenario) -> str:
    """Return what decides the results, worlds, months and seed among it, in one canonical form."""
    return json.dumps(
        _drop_descriptive_fields(scenario), sort_keys=True, separators=(",", ":"), default=str
    )


def _hash_texts(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _drop_descriptive_fields(part: object) -> object:
    if isinstance(part, FrozenModel):
        names = type(part).model_fields.keys() - DESCRIPTIVE_FIELDS
        return {name: _drop_descriptive_fields(getattr(part, name)) for name in names}
    if isinstance(part, dict):
        return {name: _drop_descriptive_fields(value) for name, value in part.items()}
    return [_drop_descriptive_fields(value) for value in part] if isinstance(part, tuple) else part
