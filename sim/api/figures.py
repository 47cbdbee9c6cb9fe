"""Python API: plot, chart, page.

A figure shows itself in a notebook, without a network. The word for `sim report` is `page`, since
`report` is the package that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import altair as alt
import pandas as pd

from sim.analysis.data.resolve import ensure_simulated
from sim.api.inputs import ResultsInput, StrPath, as_list, as_path, as_side
from sim.errors import RequestError
from sim.report.figures.figure import Figure
from sim.report.figures.gallery import plot_everything, plot_named
from sim.report.figures.options import FigureOptions
from sim.report.page.page import PageOptions, write_page
from sim.report.run_view import open_runs
from sim.report.save import check_image_format, save_figures


class Figures(list[Figure]):
    """Figures, each with its text, its table and its chart.

    Attributes:
        left_out: the kinds of figures that the runs do not allow, with the reason.
    """

    def __init__(self, figures: Iterable[Figure], left_out: dict[str, str] | None = None) -> None:
        super().__init__(figures)
        self.left_out = left_out or {}

    def frame(self) -> pd.DataFrame:
        """One row per figure: `name`, `title`, `finding`, `note`."""
        columns = ["name", "title", "finding", "note"]
        return pd.DataFrame([{name: getattr(each, name) for name in columns} for each in self])

    def _repr_html_(self) -> str:
        return "".join(each._repr_html_() for each in self)


def plot(
    *folders: ResultsInput,
    figure: Iterable[str] = (),
    form: str = "png",
    out: StrPath | None = None,
    world: int | None = None,
    sensitivity: StrPath | None = None,
    hindcast: StrPath | None = None,
    force: bool = False,
) -> Figures:
    """Draw figures of one run, or of several side by side, as `sim plot` does.

    `figure` names them, such as `fan-tension_dprk`; by default all that the runs allow. With `out`,
    a folder, each is written there with its table, as `form`: `png`, `svg` or `pdf`.

    Raises:
        RequestError: there is no such figure or format, or a file exists already.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read or written.
    """
    check_image_format(form)
    runs = open_runs(ensure_simulated([as_side(each) for each in folders]))
    options = _options(world, sensitivity, hindcast)
    if names := as_list(figure, "figure"):
        drawn = Figures(plot_named(runs, names, options))
    else:
        gallery = plot_everything(runs, options)
        drawn = Figures(gallery.figures, gallery.left_out)
    if out is not None:
        save_figures(drawn, as_path(out, "out"), form, force=force)
    return drawn


def chart(
    *folders: ResultsInput, figure: str = "outcomes", world: int | None = None
) -> alt.LayerChart:
    """Return one figure as a chart of Altair, such as `fan-tension_dprk`, to be changed at will.

    Raises:
        RequestError: there is no such figure, or several have this name.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read.
    """
    drawn = plot(*folders, figure=figure, world=world)
    if len(drawn) > 1:
        names = ", ".join(each.name for each in drawn)
        raise RequestError(f"figure {figure}: is {len(drawn)} figures\n    allowed: {names}")
    return drawn[0].altair()


def page(
    *folders: ResultsInput,
    html: StrPath = "report.html",
    world: int | None = None,
    sensitivity: StrPath | None = None,
    hindcast: StrPath | None = None,
    stress: bool = False,
    explorer: StrPath | None = None,
    force: bool = False,
) -> Path:
    """Write one page of one run, or of several side by side, as `sim report` does.

    Raises:
        RequestError: the file exists, or there are too many runs for a page.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read.
    """
    file = as_path(html, "html")
    link = None if explorer is None else as_path(explorer, "explorer")
    options = PageOptions(_options(world, sensitivity, hindcast), stress=stress, explorer=link)
    results = ensure_simulated([as_side(each) for each in folders])
    write_page(results, file, options, force=force)
    return file


def _options(
    world: int | None, sensitivity: StrPath | None, hindcast: StrPath | None
) -> FigureOptions:
    tables = (None if file is None else as_path(file) for file in (sensitivity, hindcast))
    return FigureOptions(world, *tables)
