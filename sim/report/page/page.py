"""The page: one HTML file that explains itself, with nothing fetched from anywhere."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from sim.report.figures.figure import Figure
from sim.report.figures.gallery import Gallery, everything
from sim.report.figures.options import ANY, Wish
from sim.report.page import assumptions, headline
from sim.report.page.compact import slim_spec, slim_svg
from sim.report.page.validation_section import VERDICTS, found_to_be, validated
from sim.report.run_view import Run, open_runs
from sim.report.save import check_free, write
from sim.report.words import cell, listed
from sim.validation.current import Current, current

HERE = Path(__file__).parent
SECTIONS = {
    "outcomes": "What happened",
    "fourway": "Provoked and deterred",
    "fan": "Month by month",
    "difference": "Month by month",
    "network": "Who stands with whom",
    "camps": "Who stands with whom",
    "timeline": "One world",
    "tornado": "Which assumptions matter",
    "reliability": "Held against what came to pass",
}
"""Which section a kind of picture belongs to, in the order of the page."""
ROWS = 60
"""Rows of a table shown on the page; `sim plot` writes all."""


@dataclass(frozen=True)
class Section:
    """A heading and its pictures."""

    title: str
    figures: list[Figure]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.title.lower().replace(" ", "-")


def write_page(
    folders: Sequence[Path], file: Path, wish: Wish = ANY, *, force: bool = False
) -> None:
    """Write the page of some results folders.

    Raises:
        RequestError: the file is there already and not to be written over, or cannot be written.
        ResultsError: a folder is not a complete results folder.
    """
    if not force:
        check_free(file)
    write(file, page(open_runs(folders), wish, current()).encode())


def page(runs: Sequence[Run], wish: Wish = ANY, checked: Current | None = None) -> str:
    """Return the page of some runs as HTML, with how the model was checked where that is known."""
    gallery = everything(runs, wish)
    script = _script()
    return _template().render(
        runs=runs,
        title=listed([run.name for run in runs]),
        lead=list(headline.lead(runs)),
        points=headline.points(runs),
        measured=headline.side_by_side(runs),
        differing=assumptions.differing(runs) if len(runs) > 1 else [],
        sections=_sections(gallery),
        left_out=_left_out(gallery, runs),
        checked=validated(checked, runs) if checked else None,
        verdicts=VERDICTS,
        grades=[(run, assumptions.grades(run)) for run in runs],
        numbers=assumptions.assumptions(runs[0]),
        sources=assumptions.sources(runs),
        claims=assumptions.cited_claims(runs),
        commands=[_command(run) for run in runs],
        page_command=_page_command(runs, wish),
        script=Markup(script),
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        style=Markup((HERE / "page.css").read_text("utf-8")),
        rows=ROWS,
    )


def _sections(gallery: Gallery) -> list[Section]:
    found: dict[str, list[Figure]] = {title: [] for title in SECTIONS.values()}
    for figure in gallery.figures:
        found[SECTIONS[figure.name.partition("-")[0]]].append(figure)
    return [Section(title, figures) for title, figures in found.items() if figures]


_NO_TABLE = {
    "tornado": "no table of sensitivities was given",
    "reliability": "no table of answered questions was given",
}


def _left_out(gallery: Gallery, runs: Sequence[Run]) -> list[str]:
    """Return what the page lacks and why, unless one run alone could not have it."""
    reasons = {kind: reason.partition("\n")[0] for kind, reason in gallery.left_out.items()}
    if len(runs) == 1:
        reasons.pop("fourway", None)
    return [f"{SECTIONS[kind]}: {_NO_TABLE.get(kind, why)}." for kind, why in reasons.items()]


def _command(run: Run) -> str:
    """Return the command that lives a run again, as it was given."""
    words = [str(word) for word in run.results.manifest["command"]]
    return shlex.join(words) if words else f"sim run {run.results.manifest['name']}.toml"


def _page_command(runs: Sequence[Run], wish: Wish) -> str:
    """Return the command that makes the page from the results."""
    given = {
        "--world": wish.world,
        "--sensitivity": wish.sensitivity,
        "--hindcast": wish.hindcast,
    }
    options = [word for name, value in given.items() if value is not None for word in (name, value)]
    return shlex.join(map(str, ["sim", "report", *(run.results.folder for run in runs), *options]))


@cache
def _script() -> str:
    """Return Vega and what sets it to work on this page, in one piece."""
    snippet = (HERE / "page.js").read_text("utf-8")
    bundle = str(vl_convert.javascript_bundle(snippet))
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _template() -> Template:
    house = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    house.filters["cell"] = cell
    house.filters["found_to_be"] = found_to_be
    house.filters["drawn"] = lambda figure: Markup(slim_svg(figure.svg(alone=False)))
    house.filters["alive"] = lambda figure: htmlsafe_json_dumps(
        slim_spec(figure.spec), separators=(",", ":")
    )
    return house.get_template("page.html")
