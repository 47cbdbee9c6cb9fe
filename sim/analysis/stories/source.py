"""What is to be told: a results folder, or a scenario file, whose worlds can be lived again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.analysis.data.resolve import is_scenario_file
from sim.analysis.data.run_reader import RunReader, read_run
from sim.errors import RequestError, ResultsError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.results import Results
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class StorySource:
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


def open_source(path: Path) -> StorySource:
    """Open a results folder or a scenario file.

    Raises:
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read, or this engine would live other worlds.
    """
    if is_scenario_file(path):
        loaded = load_scenario(path)
        return StorySource(path, loaded.name, loaded.scenario)
    found = read_run(path)
    _require_same_engine(found)
    return StorySource(path, str(found.results.manifest["name"]), found.scenario, found.results)


def require_world(scenario: Scenario, world: int) -> None:
    """See to it that a scenario has a world of that number.

    Raises:
        RequestError: it has not.
    """
    if not 0 <= world < scenario.worlds:
        raise RequestError(
            f"--world {world}: there is no such world\n"
            f"    allowed: 0 to {scenario.worlds - 1}, as {scenario.worlds:,} worlds were asked for"
        )


def _require_same_engine(run: RunReader) -> None:
    lived = run.results.manifest.get("engine")
    if lived != engine_fingerprint():
        why = "by another version of the engine" if lived else "by an engine that left no mark"
        raise ResultsError(
            f"{run.folder}: its worlds were lived {why}; lived again, they would differ\n"
            "    run the scenario again with sim run, and name the new folder"
        )
