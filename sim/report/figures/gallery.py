"""All pictures by name: which there are, and those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.errors import RequestError
from sim.report.figures.camps import camps
from sim.report.figures.fans import fans
from sim.report.figures.figure import Figure
from sim.report.figures.four_way import fourway
from sim.report.figures.month_columns import columns
from sim.report.figures.network import network
from sim.report.figures.options import ANY, Wish
from sim.report.figures.outcomes import outcomes
from sim.report.figures.reliability import reliability
from sim.report.figures.timeline import timeline
from sim.report.figures.tornado import tornado
from sim.report.run_view import Run
from sim.scenario.files.messages import nearest_name

Drawer = Callable[[Sequence[Run]], Iterator[Figure]]


@dataclass
class Gallery:
    """The pictures drawn, and why others could not be."""

    figures: list[Figure] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def drawers(wish: Wish = ANY, *, core: bool = False) -> dict[str, Drawer]:
    """Return who draws which kind of picture, in the order of the page."""
    return {
        "outcomes": outcomes,
        "fourway": fourway,
        "fan": partial(fans, core=core),
        "network": partial(network, core=core),
        "camps": camps,
        "timeline": partial(timeline, wish=wish),
        "tornado": partial(tornado, wish=wish),
        "reliability": partial(reliability, wish=wish),
    }


def everything(runs: Sequence[Run], wish: Wish = ANY) -> Gallery:
    """Draw everything that the runs allow; of fans and networks, those that matter most."""
    gallery = Gallery()
    for kind, draw in drawers(wish, core=True).items():
        try:
            gallery.figures += draw(runs)
        except RequestError as error:
            gallery.left_out[kind] = str(error)
    return gallery


def chosen(runs: Sequence[Run], names: Sequence[str], wish: Wish = ANY) -> list[Figure]:
    """Draw the pictures named, one by one or by their kind.

    Raises:
        RequestError: there is no picture of that name, or it cannot be drawn of these runs.
    """
    for name in names:  # before any of them is drawn
        _kind(name, runs)
    found = {figure.name: figure for name in names for figure in _named(name, runs, wish)}
    return list(found.values())


def _named(name: str, runs: Sequence[Run], wish: Wish) -> list[Figure]:
    kind = _kind(name, runs)
    drawn = list(drawers(wish)[kind](runs))
    wanted = [figure for figure in drawn if name in (kind, figure.name)]
    if not wanted:
        raise _unknown(name, [figure.name for figure in drawn], runs)
    return wanted


def _kind(name: str, runs: Sequence[Run]) -> str:
    """Return the kind a name is of; a difference is drawn beside its fan."""
    kind = name.partition("-")[0]
    kind = "fan" if kind == "difference" else kind
    if kind not in drawers():
        raise _unknown(name, [], runs)
    return kind


def _unknown(name: str, more: list[str], runs: Sequence[Run]) -> RequestError:
    fan_names = [f"fan-{column.name}" for column in columns(runs[0].scenario)]
    nearest = nearest_name(name, [*drawers(), *fan_names, *more])
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    return RequestError(
        f"--figure {name}: there is no such picture of these runs\n"
        f"    allowed: {', '.join([*drawers(), *more])}{hint}"
    )
