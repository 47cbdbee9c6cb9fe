"""What is to be told: a results folder, or a scenario file, whose worlds can be lived again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.analysis.data.resolve import is_scenario
from sim.analysis.data.run_reader import Reading, read
from sim.errors import RequestError, ResultsError
from sim.experiment.engine import engine_fingerprint
from sim.experiment.storage.results import Results
from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Source:
    """A scenario, and the results of its run where there are some.

    Attributes:
        path: what was named.
        name: the scenario's short name.
        scenario: the scenario as it was, or would be, lived.
        results: the folder; None where a scenario file was named.
    """

    path: Path
    name: str
    scenario: Scenario
    results: Results | None = None


def source(path: Path) -> Source:
    """Open a results folder or a scenario file.

    Raises:
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read, or this engine would live other worlds.
    """
    if is_scenario(path):
        loaded = load(path)
        return Source(path, loaded.name, loaded.scenario)
    found = read(path)
    _check_engine(found)
    return Source(path, str(found.results.manifest["name"]), found.scenario, found.results)


def check_world(scenario: Scenario, world: int) -> None:
    """See to it that a scenario has a world of that number.

    Raises:
        RequestError: it has not.
    """
    if not 0 <= world < scenario.worlds:
        raise RequestError(
            f"--world {world}: there is no such world\n"
            f"    allowed: 0 to {scenario.worlds - 1}, as {scenario.worlds:,} worlds were asked for"
        )


def _check_engine(found: Reading) -> None:
    lived = found.results.manifest.get("engine")
    if lived != engine_fingerprint():
        why = "by another version of the engine" if lived else "by an engine that left no mark"
        raise ResultsError(
            f"{found.folder}: its worlds were lived {why}; lived again, they would differ\n"
            "    run the scenario again with sim run, and name the new folder"
        )
