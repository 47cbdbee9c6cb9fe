"""Results folders for whatever is to be compared: folders as they are, scenario files lived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sim.analysis.data.open import open_sides
from sim.errors import RequestError
from sim.experiment.run import RunOptions, run_scenario
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

ProgressFactory = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Is told how many worlds will be lived, and yields what is told how many have been."""


@contextmanager
def no_progress(_: int) -> Iterator[Callable[[int], None]]:
    """Watch nothing."""
    yield lambda _: None


DEFAULT_RUN_OPTIONS = RunOptions()
"""Lived as `sim run` would without options."""


@dataclass(frozen=True)
class RunSettings:
    """On what terms scenario files are lived; None leaves it to the first side, or to the file.

    Attributes:
        worlds: how many worlds; by default as many as the first side has.
        months: how many months; by default as the file says.
        seed: which luck; by default the first side's.
    """

    worlds: int | None = None
    months: int | None = None
    seed: int | None = None

    def paired_with(self, first: Scenario) -> RunSettings:
        """Return terms that make pairs with the worlds of the first side."""
        worlds, seed = self.worlds or first.worlds, self.seed
        return replace(self, worlds=worlds, seed=first.seed if seed is None else seed)

    def __str__(self) -> str:
        """Return them as the options that they are on the command line."""
        return " ".join(f"--{setting.replace('=', ' ')}" for setting in self.as_assignments())

    def as_assignments(self) -> list[str]:
        """Return them as settings on top of a scenario."""
        return [f"{name}={value}" for name, value in vars(self).items() if value is not None]


def ensure_simulated(
    sides: Sequence[Path],
    settings: RunSettings = RunSettings(),
    out: Path = Path("results"),
    run_options: RunOptions = DEFAULT_RUN_OPTIONS,
    open_progress: ProgressFactory = no_progress,
) -> list[Path]:
    """Return a results folder for each side; scenario files are lived unless they were already.

    Raises:
        RequestError: terms for folders that are there already, or too much asked at once.
        ScenarioError: a scenario file cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    if settings != RunSettings() and not any(map(is_scenario_file, sides)):
        raise RequestError(
            f"{settings}: has no say over results that are there already\n"
            "    name scenario files instead of results folders to have them lived so"
        )
    folders: list[Path] = []
    for side in sides:
        folders.append(
            _simulate_side(side, settings, out, run_options, open_progress)
            if is_scenario_file(side)
            else side
        )
        if side is sides[0]:
            settings = settings.paired_with(open_sides(folders[0])[0].scenario)
    return folders


def is_scenario_file(side: Path) -> bool:
    """Whether a path means a scenario file rather than a results folder."""
    return side.suffix == ".toml" and not side.is_dir()


def _simulate_side(
    side: Path,
    settings: RunSettings,
    out: Path,
    run_options: RunOptions,
    open_progress: ProgressFactory,
) -> Path:
    loaded = load_scenario(side, settings.as_assignments())
    with open_progress(loaded.scenario.worlds) as told:
        return run_scenario(loaded, out, replace(run_options, on_progress=told)).results.folder
