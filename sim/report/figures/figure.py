"""A figure: a chart, its text, and the table it is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

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
    """A figure.

    Attributes:
        name: a short name, also of its files.
        title: what it shows.
        finding: the main finding, in a sentence with computed numbers.
        note: the number of worlds, the bands or intervals, and the seed.
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
        """The chart in the common style."""
        return apply_theme(self.chart)

    def render_svg(self, *, standalone: bool = True, width: int | None = None) -> str:
        """Return the figure as SVG, with title and small print if `standalone`.

        `width` in pixels, without axis and labels, replaces that of the chart.
        """
        import vl_convert  # noqa: PLC0415  takes a while to load

        spec = add_title(self.spec, self.title, self.note) if standalone else self.spec
        spec = spec if width is None else spec | {"width": width}
        return str(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE))

    def render_image(self, image_format: str) -> bytes:
        """Return the figure in one of `IMAGE_FORMATS`, with its title and small print."""
        import vl_convert  # noqa: PLC0415

        svg = self.render_svg()
        drawn: dict[str, Callable[[], bytes]] = {
            "svg": svg.encode,
            "png": lambda: vl_convert.svg_to_png(svg, scale=_SCALE),
            "pdf": lambda: vl_convert.svg_to_pdf(svg),
        }
        return drawn[image_format]()

    def render_csv(self) -> str:
        """Return the table as CSV."""
        return render_csv(self.table)

    def altair(self) -> alt.LayerChart:
        """Return the figure as a chart of Altair, with title and small print, to be changed."""
        return alt.LayerChart.from_dict(add_title(self.spec, self.title, self.note))

    def _repr_html_(self) -> str:
        return (
            f"<figure>{self.render_svg()}<figcaption>{escape(self.finding)}</figcaption></figure>"
        )


def read_number(row: FigureRow, column: str) -> float:
    """Return a cell that holds a number."""
    return float(str(row[column]))


def make_chart(rows: list[FigureRow]) -> alt.Chart:
    """Return an empty chart of these rows."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def layer_charts(layers: Sequence[alt.Chart], height: int, width: int = CHART_WIDTH) -> ChartSpec:
    """Return layers as Vega-Lite, without the common configuration; sizes are in pixels."""
    drawn = alt.layer(*layers).properties(width=width, height=height).to_dict(validate=False)
    return {key: value for key, value in drawn.items() if key not in ("config", "usermeta")}
