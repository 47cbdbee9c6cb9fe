"""Scenarios and designs as they were, from what a manifest keeps of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.experiment.base import BaseScenario
from sim.experiment.design.design import Design
from sim.experiment.design.factors import Factor
from sim.experiment.design.samples import draw_sample
from sim.experiment.storage.manifest import Manifest
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.layers import Layer
from sim.scenario.load import LoadedScenario
from sim.scenario.schema.scenario import Scenario


def restore_scenario(manifest: Manifest, scenario: Any, name: str) -> LoadedScenario:
    """Return a scenario of a manifest as if it had just been loaded.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    entries = {key: SourceEntry.model_validate(e) for key, e in manifest["bibliography"].items()}
    whole = Scenario.model_validate(scenario)
    return LoadedScenario(Path(f"{name}.toml"), whole, (Layer(None, {}),), entries)


def restore_design(manifest: Manifest) -> Design:
    """Return the design of a sweep's manifest.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    bases = [
        restore_scenario(manifest, scenario, name)
        for name, scenario in manifest["scenarios"].items()
    ]
    varied = [one for one in manifest["factors"] if one["varied"] != "sample"]
    factors = tuple(Factor(one["key"], tuple(one["levels"]), one["varied"]) for one in varied)
    sampled = [one["key"] for one in manifest["factors"] if one["varied"] == "sample"]
    taken = draw_sample(manifest["sample"], sampled, bases, [one.key for one in factors])
    return Design(tuple(map(BaseScenario.from_loaded, bases)), factors, taken)
