"""What a user named on the command line or in Python: a scenario file, a results folder, a point.

A point of a sweep is named as if it were a folder in that of its sweep, by its id, such as
`results/pact-sweep-0123abcd/6af31c0d2b9e`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sim.analysis.data.locate import (
    RESULTS_FOLDER,
    is_point,
    is_scenario_file,
    is_sweep,
    locate,
)
from sim.analysis.data.points import open_point
from sim.errors import RequestError, ResultsError
from sim.experiment.blocks import OnProgress
from sim.experiment.layout import DESIGN_FILE
from sim.experiment.run import RunOptions, run_scenario
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.results import (
    Results,
    open_run_results,
    open_sweep_results,
)
from sim.scenario.edit import edit_scenario
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.scenario import Scenario

MAX_SIDES = 12
"""The largest number of points compared side by side; a reader cannot take in more."""

Side = Path | LoadedScenario
"""What is compared or simulated: a path that a user named, or a scenario at hand."""

ProgressFactory = Callable[[int], AbstractContextManager[OnProgress]]
"""Called with the number of worlds to simulate; yields the callback that reports progress."""

DEFAULT_RUN_OPTIONS = RunOptions()
"""The options of `sim run` when none is given."""


def open_sides(path: Path) -> list[Results]:
    """Open a run, a point of a sweep, or a sweep as all its points, in the order of its design.

    Raises:
        ResultsError: it is missing, incomplete, damaged, or of another version.
        RequestError: there is no such point, or there are too many to compare side by side.
    """
    path = locate(path)
    if not is_sweep(path):
        return [open_run(path)]
    sweep = open_sweep_results(path)
    if len(sweep.design) > MAX_SIDES:
        raise RequestError(
            f"{path}: has {len(sweep.design):,} points, and at most {MAX_SIDES} are compared side "
            f"by side\n    name some of them, such as {path / next(iter(sweep.design))}; "
            f"{DESIGN_FILE} lists the levels of each"
        )
    return [open_point(sweep, point) for point in sweep.design]


def open_run(path: Path) -> Results:
    """Open a run or one point of a sweep.

    Raises:
        ResultsError: it is missing, incomplete, damaged, or of another version.
        RequestError: there is no such point, or it is a sweep of several.
    """
    path = locate(path)
    if is_sweep(path):
        sweep = open_sweep_results(path)
        first, *others = sweep.design
        if others:
            raise RequestError(
                f"{path}: is a sweep of {len(sweep.design):,} points, and one is needed\n"
                f"    name it, such as {path / first}; {DESIGN_FILE} lists the levels of each"
            )
        return open_point(sweep, first)
    if is_point(path):
        return open_point(open_sweep_results(path.parent), path.name)
    return open_run_results(path).require_readable()


def require_runs(paths: Sequence[Path], option: str) -> None:
    """Require that only runs are named, or scenario files to simulate as such.

    Raises:
        RequestError: there is a sweep among them, or a point of one.
    """
    for path in map(locate, paths):
        if is_sweep(path) or is_point(path):
            raise RequestError(
                f"{option}: shows runs only, and {path} belongs to a sweep\n"
                "    leave the option out, or run the scenario with --set"
            )


@dataclass(frozen=True)
class ScenarioSource:
    """A scenario whose worlds can be simulated again, and its results where it was run.

    Attributes:
        path: what was named.
        name: the scenario's short name.
        scenario: the scenario of the run, or of the file.
        results: the folder; None where a scenario file was named.
    """

    path: Path
    name: str
    scenario: Scenario
    results: Results | None = None


def open_source(path: Side) -> ScenarioSource:
    """Open a results folder, a scenario file, or a scenario at hand.

    Raises:
        ScenarioError: the file cannot be used.
        ResultsError: the folder cannot be read, or this engine would simulate other worlds.
    """
    if isinstance(path, LoadedScenario):
        return ScenarioSource(path.file, path.name, path.scenario)
    path = locate(path)
    if is_scenario_file(path):
        loaded = load_scenario(path)
        return ScenarioSource(path, loaded.name, loaded.scenario)
    results = open_run_results(path).require_readable()
    if results.engine != engine_fingerprint():
        engine = "another version of the engine" if results.engine else "an engine not recorded"
        raise ResultsError(
            f"{path}: was simulated by {engine}; simulated again, its worlds would differ\n"
            "    run the scenario again with sim run, and name the new folder"
        )
    return ScenarioSource(path, results.name, results.scenario, results)


def require_world(scenario: Scenario, world: int) -> None:
    """Require that a scenario has a world of that number.

    Raises:
        RequestError: it has none.
    """
    if not 0 <= world < scenario.worlds:
        raise RequestError(
            f"--world {world}: there is no such world\n"
            f"    allowed: 0 to {scenario.worlds - 1}, since the scenario has {scenario.worlds:,}"
        )


@dataclass(frozen=True)
class RunSettings:
    """Settings with which scenario files are simulated; None means that of the first side or file.

    Attributes:
        worlds: number of worlds; by default as many as the first side has.
        months: number of months; by default that of the file.
        seed: random seed; by default that of the first side.
    """

    worlds: int | None = None
    months: int | None = None
    seed: int | None = None

    def paired_with(self, first: Scenario) -> RunSettings:
        """Return the settings that make pairs with the worlds of the first side."""
        seed = first.seed if self.seed is None else self.seed
        return replace(self, worlds=self.worlds or first.worlds, seed=seed)

    def __str__(self) -> str:
        """Return them as options of the command line."""
        return " ".join(f"--{setting.replace('=', ' ')}" for setting in self.as_assignments())

    def as_assignments(self) -> list[str]:
        """Return them as settings on top of a scenario."""
        return [f"{name}={value}" for name, value in vars(self).items() if value is not None]


@contextmanager
def skip_progress(_: int) -> Iterator[OnProgress]:
    """Report no progress."""
    yield lambda _: None


def ensure_simulated(
    sides: Sequence[Side],
    settings: RunSettings = RunSettings(),
    out: Path = RESULTS_FOLDER,
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    open_progress: ProgressFactory = skip_progress,
) -> list[Path]:
    """Return a results folder for each side; a scenario is simulated unless it was before.

    Raises:
        RequestError: settings for finished results, or more is requested than one run may do.
        ScenarioError: a scenario file cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    sides = [side if isinstance(side, LoadedScenario) else locate(side, out) for side in sides]
    if settings != RunSettings() and not any(map(_is_scenario, sides)):
        raise RequestError(
            f"{settings}: does not apply to finished results\n"
            "    name scenario files instead of results folders to simulate them with it"
        )
    folders: list[Path] = []
    for side in sides:
        if isinstance(side, LoadedScenario) or is_scenario_file(side):
            loaded = _load(side, settings.as_assignments())
            with open_progress(loaded.scenario.worlds) as on_progress:
                options = replace(run_options, on_progress=on_progress)
                folder = run_scenario(loaded, out, options).results.folder
        else:
            folder = side
        folders.append(folder)
        if side is sides[0] and len(sides) > 1:
            settings = settings.paired_with(open_sides(folder)[0].scenario)
    return folders


def _is_scenario(side: Side) -> bool:
    return isinstance(side, LoadedScenario) or is_scenario_file(side)


def _load(side: Side, settings: Sequence[str]) -> LoadedScenario:
    if isinstance(side, LoadedScenario):
        return replace(side, scenario=edit_scenario(side.scenario, settings))
    return load_scenario(side, settings)


def ensure_run(
    path: Side,
    settings: RunSettings = RunSettings(),
    out: Path = RESULTS_FOLDER,
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    open_progress: ProgressFactory = skip_progress,
) -> Results:
    """Open a run or one point of a sweep; a scenario file is simulated unless it was before.

    Raises:
        RequestError: settings for finished results, or there is no such point.
        ScenarioError: a scenario file cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    path = path if isinstance(path, LoadedScenario) else locate(path, out)
    if isinstance(path, LoadedScenario) or is_scenario_file(path) or settings != RunSettings():
        [path] = ensure_simulated([path], settings, out, run_options, open_progress)
    return open_run(path)
