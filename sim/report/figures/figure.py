"""One picture: a chart, the words that go with it, and the table it is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import altair as alt

from sim.output import render_csv
from sim.report.figures.theme import CHART_WIDTH, ChartSpec, add_title, apply_theme

FigureRow = dict[str, object]
"""One line of a table, by column."""
IMAGE_FORMATS = ("png", "svg", "pdf")
_SCALE = 3.0
_VEGA_LITE = "6.4"


@dataclass(frozen=True)
class Figure:
    """One picture.

    Attributes:
        name: a short name, also of its files.
        title: what it shows.
        finding: what is to be seen in it, in a sentence with computed numbers.
        note: how many worlds, which bands or intervals, which seed.
        chart: the chart in Vega-Lite, without a title.
        table: the rows it is drawn from.
    """

    name: str
    title: str
    finding: str
    note: str
    chart: ChartSpec
    table: list[FigureRow]

    @property
    def spec(self) -> ChartSpec:
        """The chart in the looks of the house."""
        return apply_theme(self.chart)

    def render_svg(self, *, standalone: bool = True) -> str:
        """Return the picture as SVG; `standalone`, it has its title and small print."""
        import vl_convert  # noqa: PLC0415  takes a while to load

        spec = add_title(self.spec, self.title, self.note) if standalone else self.spec
        return str(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE))

    def render_image(self, image_format: str) -> bytes:
        """Return the picture as a file of one of `IMAGE_FORMATS`, with its title and small print."""
        import vl_convert  # noqa: PLC0415

        svg = self.render_svg()
        drawn: dict[str, Callable[[], bytes]] = {
            "svg": svg.encode,
            "png": lambda: vl_convert.svg_to_png(svg, scale=_SCALE),
            "pdf": lambda: vl_convert.svg_to_pdf(svg),
        }
        return drawn[image_format]()

    def render_csv(self) -> str:
        """Return the table as any spreadsheet opens it."""
        return render_csv(self.table)


def make_chart(rows: list[FigureRow]) -> alt.Chart:
    """Return a chart of rows, to be drawn on."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def layer_charts(layers: Sequence[alt.Chart], height: int, width: int = CHART_WIDTH) -> ChartSpec:
    """Return layers of so many pixels as Vega-Lite, without what is added to every chart."""
    drawn = alt.layer(*layers).properties(width=width, height=height).to_dict()
    return {key: value for key, value in drawn.items() if key not in ("config", "usermeta")}
