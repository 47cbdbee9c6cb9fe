"""Scenarios and designs as they were, from what a manifest keeps of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.experiment.base import Base
from sim.experiment.design.design import Design
from sim.experiment.design.factors import Factor
from sim.experiment.design.samples import sample
from sim.experiment.storage.manifest import Manifest
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.layers import Layer
from sim.scenario.load import Loaded
from sim.scenario.schema.scenario import Scenario


def restored(told: Manifest, scenario: Any, name: str) -> Loaded:
    """Return a scenario of a manifest as if it had just been loaded.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    entries = {key: SourceEntry.model_validate(e) for key, e in told["bibliography"].items()}
    whole = Scenario.model_validate(scenario)
    return Loaded(Path(f"{name}.toml"), whole, (Layer(None, {}),), entries)


def restored_design(told: Manifest) -> Design:
    """Return the design of a sweep's manifest.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    bases = [restored(told, scenario, name) for name, scenario in told["scenarios"].items()]
    varied = [one for one in told["factors"] if one["varied"] != "sample"]
    factors = tuple(Factor(one["key"], tuple(one["levels"]), one["varied"]) for one in varied)
    sampled = [one["key"] for one in told["factors"] if one["varied"] == "sample"]
    taken = sample(told["sample"], sampled, bases, [one.key for one in factors])
    return Design(tuple(map(Base.of, bases)), factors, taken)
