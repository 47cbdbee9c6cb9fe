"""Restores scenarios and designs from a manifest."""

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
    """Return a scenario of a manifest as if it had been loaded from its file.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    entries = {key: SourceEntry.model_validate(e) for key, e in manifest["bibliography"].items()}
    validated = Scenario.model_validate(scenario)
    settings = Layer(None, dict(manifest.get("settings", {})))
    return LoadedScenario(Path(f"{name}.toml"), validated, (settings,), entries)


def restore_design(manifest: Manifest) -> Design:
    """Return the design of a sweep's manifest.

    Raises:
        ValidationError, KeyError, TypeError: the manifest is damaged or of another version.
    """
    bases = [
        restore_scenario(manifest, scenario, name)
        for name, scenario in manifest["scenarios"].items()
    ]
    sampled = [entry["key"] for entry in manifest["factors"] if entry["varied"] == "sample"]
    factors = tuple(
        Factor(entry["key"], tuple(entry["levels"]), entry["varied"])
        for entry in manifest["factors"]
        if entry["varied"] != "sample"
    )
    sample = draw_sample(manifest["sample"], sampled, bases, [factor.key for factor in factors])
    return Design(tuple(map(BaseScenario.from_loaded, bases)), factors, sample)
