"""The key of a run: a digest of everything that determines its results, which names its folder.

Scenarios that differ only in descriptive texts have the same key. The engine's fingerprint is part
of it, since another engine produces other results.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sim.experiment.storage.engine_fingerprint import engine_fingerprint, hash_source
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.quantity import FrozenModel
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.theories import TheorySpec

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
        "lesson",
        "levers",
    }
)
"""Fields of a scenario that do not affect its results, such as descriptions and sources."""


@dataclass(frozen=True)
class RunKey:
    """The identity of a run or sweep.

    Attributes:
        name: the scenario's short name.
        digest: SHA-256 of everything that determines the results, in hexadecimal.
        engine: SHA-256 of what the engine executes, which is part of the digest.
        digest_without_worlds: SHA-256 of everything but the number of worlds.
        point_id: the id of the scenario, which is the same in every run and sweep, for any engine.
    """

    name: str
    digest: str
    engine: str
    digest_without_worlds: str
    point_id: str

    @property
    def folder_name(self) -> str:
        """The name of the folder of its results."""
        return f"{self.name}-{self.digest[:8]}"


def run_key(loaded: LoadedScenario, *extra: str) -> RunKey:
    """Return the key of a scenario under the installed engine.

    `extra` is whatever else determines the results, such as a requested precision.
    """
    engine, scenario = engine_fingerprint(), loaded.scenario
    whole = canonical_json(scenario)
    without_worlds = canonical_json(scenario.model_copy(update={"worlds": 0}))
    return RunKey(
        loaded.name,
        digest=_hash_texts(engine, whole, *extra),
        engine=engine,
        digest_without_worlds=_hash_texts(engine, without_worlds),
        point_id=_name_point(whole),
    )


def sweep_key(loaded: LoadedScenario, point_ids: Iterable[str], *extra: str) -> RunKey:
    """Return the key of a sweep, given the ids of its points."""
    engine, ids = engine_fingerprint(), list(point_ids)
    digest = _hash_texts(engine, *ids, *extra)
    return RunKey(f"{loaded.name}-sweep", digest, engine, digest_without_worlds="", point_id="")


def compute_point_id(scenario: Scenario) -> str:
    """Return the id of a point: twelve characters of the digest of its scenario."""
    return _name_point(canonical_json(scenario))


def canonical_json(scenario: Scenario) -> str:
    """Return everything in a scenario that determines the results, in one canonical form."""
    return json.dumps(
        _drop_descriptive_fields(scenario), sort_keys=True, separators=(",", ":"), default=str
    )


def _name_point(canonical: str) -> str:
    return _hash_texts(canonical)[:12]


def _drop_what_changes_nothing(scenario: Scenario, values: dict[str, object]) -> dict[str, object]:
    """Return the parts of a scenario without a past or theories that it does not have.

    Scenarios keep the ids that they had before there were such parts.
    """
    absent = {"past"} if scenario.past is None else set()
    chosen = dict(scenario.theories.chosen())
    return {n: v for n, v in values.items() if n not in absent | {"theories"}} | (
        {"theories": chosen} if chosen else {}
    )


def _hash_texts(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _drop_descriptive_fields(part: object) -> object:
    if isinstance(part, FrozenModel):
        values = {name: value for name, value in part if name not in DESCRIPTIVE_FIELDS}
        if isinstance(part, Scenario):
            values = _drop_what_changes_nothing(part, values)
        if isinstance(part, TheorySpec) and part.text:
            values["text"] = hash_source(part.text)  # of what it executes, whatever its comments
        return {name: _drop_descriptive_fields(value) for name, value in values.items()}
    if isinstance(part, dict):
        return {name: _drop_descriptive_fields(value) for name, value in part.items()}
    return [_drop_descriptive_fields(value) for value in part] if isinstance(part, tuple) else part
