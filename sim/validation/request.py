"""What a validation is asked for: checked before anything is simulated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import RequestError
from sim.scenario.files.lookup import SCENARIO_FOLDER, find_installed_folder
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.load import load_scenario
from sim.validation.run import PartSpec

_SEED_SCENARIO = "pact.toml"
"""The scenario whose seed the others share."""


def find_scenarios() -> Path:
    """Return the folder of scenarios here, or else that which came with the package."""
    here = Path(SCENARIO_FOLDER)
    return here if (here / _SEED_SCENARIO).is_file() else find_installed_folder()


def check_hindcast_file(option: str, file: Path | None, specs: Sequence[PartSpec]) -> None:
    """Require a file of the hindcast before anything is simulated; the nearest name is offered."""
    if file is None:
        return
    if all(spec.name != "hindcast" for spec in specs):
        raise RequestError(f"{option}: only the part hindcast scores questions")
    if not file.is_file():
        others = sorted(path.name for path in file.parent.glob(f"*{file.suffix}") if file.suffix)
        allowed = f"\n    allowed: {', '.join(others[:8])}" if others else ""
        nearest = find_nearest_name(file.name, others)
        hint = f"; did you mean {str(file.parent / nearest)!r}?" if nearest else ""
        raise RequestError(f"{option} {file}: there is no such file{allowed}{hint}")


def read_seed(scenarios: Path, specs: Sequence[PartSpec]) -> int | None:
    """Return the seed of the simulated worlds; None where no part simulates."""
    return (
        load_scenario(scenarios / _SEED_SCENARIO).scenario.seed
        if any(spec.simulates for spec in specs)
        else None
    )
