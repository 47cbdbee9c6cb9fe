"""Python API: explorer.

The word is not `explore`, since that is the package that makes the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sim.analysis.data.locate import RESULTS_FOLDER
from sim.analysis.data.resolve import RunSettings, ensure_simulated
from sim.api.inputs import ResultsInput, StrPath, as_list, as_side
from sim.experiment.run import RunOptions
from sim.experiment.storage.atomic import require_absent
from sim.explore.build import PackOptions, build_pack
from sim.explore.page import write_page
from sim.explore.sides import open_sides, require_number


def explorer(
    *sides: ResultsInput,
    to: StrPath = "explorer.html",
    measures: Iterable[str] = (),
    quick: bool = False,
    worlds: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    out: StrPath = RESULTS_FOLDER,
    force: bool = False,
) -> Path:
    """Write the page of one to three scenarios, as `sim explore` does, and return its path.

    `sides` are scenarios, results folders, or results of `load` or `run`. `measures` are shown
    first; `quick` leaves out stories, choices and who comes to whom.

    Raises:
        RequestError: the file exists, the worlds are no pairs or too few, or a measure is unknown.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    given = [as_side(side) for side in sides]
    if not force:
        require_absent(Path(to), "force=True overwrites it")
    require_number(given)
    settings, run_options = RunSettings(worlds, months, seed), RunOptions(workers=workers)
    folders = ensure_simulated(given, settings, Path(out), run_options)
    options = PackOptions(measures=tuple(as_list(measures, "measures")), workers=workers)
    header = build_pack(open_sides(folders), options.quick() if quick else options)
    write_page(header, Path(to))
    return Path(to)
