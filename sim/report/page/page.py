"""The page: one HTML file that fetches nothing."""

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

from sim.experiment.storage.atomic import require_absent, write_file
from sim.model.measures.needs import RULES_PAGE
from sim.report.figures.figure import Figure
from sim.report.figures.gallery import Gallery, plot_everything
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.page import assumptions, headline
from sim.report.page.compact import compact_spec, compact_svg
from sim.report.page.validation_section import (
    build_validation_section,
    format_check_result,
)
from sim.report.run_view import Run, open_runs
from sim.report.words import format_page_cell, join_names
from sim.validation.check import VERDICTS
from sim.validation.current import CurrentValidation, read_current_validation

PAGE_FOLDER = Path(__file__).parent
_SECTION_TITLES = {
    "outcomes": "What happened",
    "fourway": "Added and averted",
    "fan": "Month by month",
    "difference": "Month by month",
    "network": "Who stands with whom",
    "camps": "Who stands with whom",
    "timeline": "One world",
    "tornado": "Which assumptions matter",
    "reliability": "Forecasts and what happened",
}
"""The section of each kind of figure, in the order of the page."""
_MAX_TABLE_ROWS = 60
"""Rows of a table shown on the page; `sim plot` writes all."""


@dataclass(frozen=True)
class Section:
    """A heading and its figures."""

    title: str
    figures: list[Figure]

    @property
    def slug(self) -> str:
        """The name of the section in links."""
        return self.title.lower().replace(" ", "-")


def write_page(
    folders: Sequence[Path],
    file: Path,
    options: FigureOptions = DEFAULT_OPTIONS,
    *,
    force: bool = False,
) -> None:
    """Write the page of some results folders.

    Raises:
        RequestError: the file already exists and `force` is not set, or it cannot be written.
        ResultsError: a folder is not a complete results folder.
    """
    if not force:
        require_absent(file, "--force overwrites it")
    write_file(
        file,
        render_page(open_runs(folders), options, read_current_validation()).encode(),
        overwrite=True,
    )


def render_page(
    runs: Sequence[Run],
    options: FigureOptions = DEFAULT_OPTIONS,
    validation: CurrentValidation | None = None,
) -> str:
    """Return the page of some runs as HTML, with the validation of the model if it is known."""
    gallery = plot_everything(runs, options)
    script = build_script()
    return load_template(PAGE_FOLDER, "page.html").render(
        runs=runs,
        title=join_names([run.name for run in runs]),
        lead=list(headline.summarise_runs(runs)),
        points=headline.summarise_outcomes(runs) if len(runs) == 1 else [],
        verdicts_by_pair=headline.build_verdicts(runs),
        rules_page=RULES_PAGE,
        measured=headline.build_headline_rows(runs),
        differing=assumptions.list_input_differences(runs) if len(runs) > 1 else [],
        sections=_group_sections(gallery),
        left_out=_explain_left_out(gallery, runs),
        checked=build_validation_section(validation, runs) if validation else None,
        verdicts=VERDICTS,
        grades=[(run, assumptions.count_run_grades(run)) for run in runs],
        numbers=assumptions.group_parameters(runs[0]),
        sources=assumptions.list_cited_sources(runs),
        claims=assumptions.list_cited_claims(runs),
        commands=[_format_command(run) for run in runs],
        page_command=_format_page_command(runs, options),
        script=Markup(script),
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        style=Markup((PAGE_FOLDER / "page.css").read_text("utf-8")),
        rows=_MAX_TABLE_ROWS,
    )


def _group_sections(gallery: Gallery) -> list[Section]:
    sections: dict[str, list[Figure]] = {title: [] for title in _SECTION_TITLES.values()}
    for figure in gallery.figures:
        sections[_SECTION_TITLES[figure.name.partition("-")[0]]].append(figure)
    return [Section(title, figures) for title, figures in sections.items() if figures]


_MISSING_TABLES = {
    "tornado": "no sensitivity table was given",
    "reliability": "no table of forecasts was given",
}


def _explain_left_out(gallery: Gallery, runs: Sequence[Run]) -> list[str]:
    """Return the figures that are missing and why, except those that need several runs."""
    reasons = {kind: reason.partition("\n")[0] for kind, reason in gallery.left_out.items()}
    if len(runs) == 1:
        reasons.pop("fourway", None)
    return [
        f"{_SECTION_TITLES[kind]}: {_MISSING_TABLES.get(kind, reason)}."
        for kind, reason in reasons.items()
    ]


def _format_command(run: Run) -> str:
    """Return the command of a run, as it was given."""
    words = [str(word) for word in run.results.manifest["command"]]
    return shlex.join(words) if words else f"sim run {run.results.manifest['name']}.toml"


def _format_page_command(runs: Sequence[Run], figure_options: FigureOptions) -> str:
    """Return the command that writes the page from the results."""
    values = {
        "--world": figure_options.world,
        "--sensitivity": figure_options.sensitivity,
        "--hindcast": figure_options.hindcast,
    }
    options = [
        word for name, value in values.items() if value is not None for word in (name, value)
    ]
    return shlex.join(map(str, ["sim", "report", *(run.results.folder for run in runs), *options]))


@cache
def build_script() -> str:
    """Return Vega and the code that applies it to this page, as one script."""
    snippet = (PAGE_FOLDER / "page.js").read_text("utf-8")
    bundle = str(vl_convert.javascript_bundle(snippet))
    return bundle.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def load_template(folder: Path, name: str) -> Template:
    """Return a template of a folder that can draw figures, with the macros of `figures.html`."""
    environment = Environment(
        loader=FileSystemLoader([folder, PAGE_FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = format_page_cell
    environment.filters["check_result"] = format_check_result
    environment.filters["svg"] = lambda figure: Markup(
        compact_svg(figure.render_svg(standalone=False))
    )
    environment.filters["vega_spec"] = lambda figure: htmlsafe_json_dumps(
        compact_spec(figure.spec), separators=(",", ":")
    )
    return environment.get_template(name)
