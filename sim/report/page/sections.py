"""The folded sections of the page that hold figures: a question, sentences, and the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sim.errors import MissingTableError, RequestError
from sim.report.figures.aggregates import PairedRuns
from sim.report.figures.figure import Figure
from sim.report.figures.months.differences import compare_columns, describe_unclear
from sim.report.figures.months.fans import plot_fans
from sim.report.figures.network import plot_network
from sim.report.figures.options import FigureOptions
from sim.report.figures.reliability import plot_reliability
from sim.report.figures.tornado import plot_tornado
from sim.report.run_view import Run
from sim.report.words import join_names
from sim.steps import announce

_MISSING_TABLES = {
    "tornado": "no sensitivity table was given",
    "reliability": "no table of forecasts was given",
}


@dataclass(frozen=True)
class Section:
    """A question and the figures that answer it.

    Attributes:
        kind: the kind of its figures.
        title: the question.
        short: its name in the table of contents.
        figures: the figures.
        sentences: what is said before them.
        printed: whether it is printed although it is folded on the screen.
    """

    kind: str
    title: str
    short: str
    figures: list[Figure]
    sentences: list[str] = field(default_factory=list)
    printed: bool = True

    @property
    def slug(self) -> str:
        """The name of the section in links."""
        return self.short.lower().replace(" ", "-")


_TITLES = {
    "fan": ("How does it go, month by month?", "Month by month"),
    "network": ("Who is bound to whom?", "The network"),
    "tornado": ("Which assumptions move a measure, one by one?", "Sensitivity"),
    "reliability": ("Were its forecasts right?", "Forecasts"),
}


def list_sections(
    runs: Sequence[Run], pairs: Sequence[PairedRuns], options: FigureOptions
) -> tuple[list[Section], list[str]]:
    """Return the sections that these runs allow, and which others are missing and why."""
    drawn: dict[str, Callable[[], Iterator[Figure]]] = {
        "fan": lambda: plot_fans(runs, pairs, core=True),
        "network": lambda: plot_network(runs, pairs),
        "tornado": lambda: plot_tornado(runs, options),
        "reliability": lambda: plot_reliability(runs, options),
    }
    sections, left_out = [], []
    for kind, plot in drawn.items():
        title, short = _TITLES[kind]
        figures, sentences = list[Figure](), list[str]()
        announce(f"Preparing figures: {short.lower()}")
        try:
            sentences = list(_introduce(kind, pairs))
            figures = list(plot())
        except (RequestError, MissingTableError) as error:
            reason = _MISSING_TABLES.get(kind, str(error).partition("\n")[0])
            left_out.append(f"{short}: {reason}.")
        if figures or sentences:
            sections.append(Section(kind, title, short, figures, sentences))
    return sections, left_out


def _introduce(kind: str, pairs: Sequence[PairedRuns]) -> Iterator[str]:
    """Yield which columns a comparison does not draw, and why."""
    for pair in pairs if kind == "fan" else ():
        if not pair.unpaired_reason:
            names = join_names([pair.with_.name, pair.without.name])
            yield f"Drawn is only what differs between {names}: {pair.with_.name} less the other."
            if same := describe_unclear(list(compare_columns(pair, core=True))):
                yield same
