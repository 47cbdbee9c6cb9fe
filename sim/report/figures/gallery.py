"""All figures by name, and those requested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.errors import MissingTableError, RequestError
from sim.report.figures.camps import plot_camps
from sim.report.figures.figure import Figure
from sim.report.figures.four_way import plot_four_way
from sim.report.figures.month_columns import list_month_columns
from sim.report.figures.months.fans import plot_fans
from sim.report.figures.network import plot_network
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.figures.outcomes import plot_outcomes
from sim.report.figures.reliability import plot_reliability
from sim.report.figures.timeline import plot_timeline
from sim.report.figures.tornado import plot_tornado
from sim.report.run_view import Run
from sim.scenario.files.messages import find_nearest_name
from sim.steps import announce

_PlotFunction = Callable[[Sequence[Run]], Iterator[Figure]]


@dataclass
class Gallery:
    """The figures drawn, and why others could not be."""

    figures: list[Figure] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def _list_plot_functions(
    options: FigureOptions = DEFAULT_OPTIONS, *, core: bool = False
) -> dict[str, _PlotFunction]:
    """Return the function for each kind of figure, in the order of the page."""
    return {
        "outcomes": plot_outcomes,
        "fourway": plot_four_way,
        "fan": partial(plot_fans, core=core),
        "network": plot_network,
        "camps": plot_camps,
        "timeline": partial(plot_timeline, options=options),
        "tornado": partial(plot_tornado, options=options),
        "reliability": partial(plot_reliability, options=options),
    }


def plot_everything(runs: Sequence[Run], options: FigureOptions = DEFAULT_OPTIONS) -> Gallery:
    """Draw all figures that the runs allow; of fans, the core ones."""
    gallery = Gallery()
    for kind, draw in _list_plot_functions(options, core=True).items():
        announce(f"Preparing figures: {kind}")
        try:
            gallery.figures += draw(runs)
        except (RequestError, MissingTableError) as error:
            gallery.left_out[kind] = str(error)
    return gallery


def plot_named(
    runs: Sequence[Run], names: Sequence[str], options: FigureOptions = DEFAULT_OPTIONS
) -> list[Figure]:
    """Draw the figures with these names or of these kinds.

    Raises:
        RequestError: there is no figure of that name, or these runs do not allow it.
    """
    for name in names:  # before any of them is drawn
        _find_kind(name, runs)
    figures = {
        figure.name: figure for name in names for figure in _plot_one_name(name, runs, options)
    }
    return list(figures.values())


def _plot_one_name(name: str, runs: Sequence[Run], options: FigureOptions) -> list[Figure]:
    kind = _find_kind(name, runs)
    drawn = list(_list_plot_functions(options)[kind](runs))
    matching = [figure for figure in drawn if name in (kind, figure.name)]
    if not matching:
        raise _build_unknown_error(name, [figure.name for figure in drawn], runs)
    return matching


def _find_kind(name: str, runs: Sequence[Run]) -> str:
    """Return the kind of a figure; a difference belongs to its fan."""
    kind = name.partition("-")[0]
    kind = "fan" if kind == "difference" else kind
    if kind not in _list_plot_functions():
        raise _build_unknown_error(name, [], runs)
    return kind


def _build_unknown_error(name: str, other_names: list[str], runs: Sequence[Run]) -> RequestError:
    fan_names = [f"fan-{column.name}" for column in list_month_columns(runs[0].scenario)]
    nearest = find_nearest_name(name, [*_list_plot_functions(), *fan_names, *other_names])
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    return RequestError(
        f"--figure {name}: there is no such figure of these runs\n"
        f"    allowed: {', '.join([*_list_plot_functions(), *other_names])}{hint}"
    )
