"""Results folders for whatever is to be compared: folders as they are, scenario files lived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sim.analysis.data.open import readings
from sim.errors import RequestError
from sim.experiment.run import Wish, run
from sim.scenario.load import load
from sim.scenario.schema.scenario import Scenario

Watch = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Is told how many worlds will be lived, and yields what is told how many have been."""


@contextmanager
def unwatched(_: int) -> Iterator[Callable[[int], None]]:
    """Watch nothing."""
    yield lambda _: None


AS_EVER = Wish()
"""Lived as `sim run` would without options."""


@dataclass(frozen=True)
class Terms:
    """On what terms scenario files are lived; None leaves it to the first side, or to the file.

    Attributes:
        worlds: how many worlds; by default as many as the first side has.
        months: how many months; by default as the file says.
        seed: which luck; by default the first side's.
    """

    worlds: int | None = None
    months: int | None = None
    seed: int | None = None

    def like(self, first: Scenario) -> Terms:
        """Return terms that make pairs with the worlds of the first side."""
        worlds, seed = self.worlds or first.worlds, self.seed
        return replace(self, worlds=worlds, seed=first.seed if seed is None else seed)

    def __str__(self) -> str:
        """Return them as the options that they are on the command line."""
        return " ".join(f"--{setting.replace('=', ' ')}" for setting in self.settings())

    def settings(self) -> list[str]:
        """Return them as settings on top of a scenario."""
        return [f"{name}={value}" for name, value in vars(self).items() if value is not None]


def lived(
    sides: Sequence[Path],
    terms: Terms = Terms(),
    out: Path = Path("results"),
    wish: Wish = AS_EVER,
    watch: Watch = unwatched,
) -> list[Path]:
    """Return a results folder for each side; scenario files are lived unless they were already.

    Raises:
        RequestError: terms for folders that are there already, or too much asked at once.
        ScenarioError: a scenario file cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    if terms != Terms() and not any(map(is_scenario, sides)):
        raise RequestError(
            f"{terms}: has no say over results that are there already\n"
            "    name scenario files instead of results folders to have them lived so"
        )
    folders: list[Path] = []
    for side in sides:
        folders.append(_lived(side, terms, out, wish, watch) if is_scenario(side) else side)
        if side is sides[0]:
            terms = terms.like(readings(folders[0])[0].scenario)
    return folders


def is_scenario(side: Path) -> bool:
    """Whether a path means a scenario file rather than a results folder."""
    return side.suffix == ".toml" and not side.is_dir()


def _lived(side: Path, terms: Terms, out: Path, wish: Wish, watch: Watch) -> Path:
    loaded = load(side, terms.settings())
    with watch(loaded.scenario.worlds) as told:
        return run(loaded, out, replace(wish, told=told)).results.folder
