"""What a user asks to be stressed: scenarios, and the crises that all of them allow."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.data.locate import is_scenario_file, locate
from sim.analysis.data.resolve import Side, open_source
from sim.analysis.stress.openings import CrisisOpening, list_openings, parse_opening
from sim.errors import RequestError
from sim.scenario.edit import edit_scenario
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.scenario import Scenario


def open_scenarios(
    paths: Sequence[Side], settings: Sequence[str] = (), seed: int | None = None
) -> tuple[list[str], list[Scenario]]:
    """Return the names and the scenarios of files, or of results folders.

    Every scenario gets the seed of the first, so that worlds of one number are pairs.

    Args:
        paths: scenario files or results folders.
        settings: values that override those of the files, as in `--set`.
        seed: the random seed; by default that of the first scenario.

    Raises:
        ScenarioError: a file cannot be used.
        ResultsError: a folder cannot be read, or this engine would simulate other worlds.
        RequestError: none is named, or values are set on a results folder.
    """
    if not paths:
        raise RequestError("name at least one scenario file or results folder")
    named = [_open(path, settings) for path in paths]
    chosen = named[0][1].seed if seed is None else seed
    scenarios = [scenario.model_copy(update={"seed": chosen}) for _, scenario in named]
    return _distinguish([name for name, _ in named]), scenarios


def choose_openings(
    scenarios: Sequence[Scenario], crises: Sequence[str] = (), *, only: bool = False
) -> list[CrisisOpening]:
    """Return the crises to open: those of every rivalry that all scenarios share, then the named.

    Args:
        scenarios: the scenarios.
        crises: crises named by a user, such as `korea:dprk@force`.
        only: whether only the named ones are opened.

    Raises:
        RequestError: a crisis is not possible in a scenario, or there is none to open.
    """
    if only and not crises:
        raise RequestError("--only: name at least one crisis with --crisis")
    named = [parse_opening(text, scenario) for text in crises for scenario in scenarios]
    shared = [] if only else list_openings(scenarios[0])
    for scenario in scenarios[1:]:
        possible = set(list_openings(scenario))
        shared = [opening for opening in shared if opening in possible]
    return list(dict.fromkeys([*shared, *named]))


def _open(path: Side, settings: Sequence[str]) -> tuple[str, Scenario]:
    if isinstance(path, LoadedScenario):
        return path.name, edit_scenario(path.scenario, settings)
    path = locate(path)
    if is_scenario_file(path):
        loaded = load_scenario(path, settings)
        return loaded.name, loaded.scenario
    if settings:
        raise RequestError(
            f"--set: does not apply to the finished results in {path}\n"
            "    name scenario files instead of results folders"
        )
    source = open_source(path)
    return source.name, source.scenario


def _distinguish(names: list[str]) -> list[str]:
    """Return the names, numbered where two are the same."""
    return [
        name if names.count(name) == 1 else f"{name}-{place}"
        for place, name in enumerate(names, start=1)
    ]
