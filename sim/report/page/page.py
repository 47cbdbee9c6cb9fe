"""The page: one HTML file that fetches nothing."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.analysis.comparison.sentences import write_four_way
from sim.errors import RequestError
from sim.experiment.storage.atomic import require_absent, write_file
from sim.model.measures.needs import RULES_PAGE
from sim.report.figures.aggregates import PairedRuns, pair_runs
from sim.report.figures.options import DEFAULT_OPTIONS, FigureOptions
from sim.report.page import assumptions, headline, lead
from sim.report.page.drawings import DRAWING, Drawings, draw_beside
from sim.report.page.hinges import list_hinges
from sim.report.page.sections import Section, list_sections
from sim.report.page.tales import begin_tales
from sim.report.page.validation_section import (
    build_validation_section,
    format_check_result,
)
from sim.report.page.who_comes import build_help_table
from sim.report.run_view import Run, open_runs
from sim.report.words import format_page_cell, join_names
from sim.steps import announce
from sim.validation.check import VERDICTS
from sim.validation.current import CurrentValidation, read_current_validation

PAGE_FOLDER = Path(__file__).parent
_MAX_TABLE_ROWS = 60
"""Rows of a table shown on the page; `sim plot` writes all."""
_SPLITS = 3
"""Outcomes whose pairs are drawn as dots."""


@dataclass(frozen=True)
class PageOptions:
    """What a page shows besides the results.

    Attributes:
        figures: the options of its figures.
        stress: whether crises are opened, to show who comes.
        explorer: a page of `sim explore` to link to.
    """

    figures: FigureOptions = field(default=DEFAULT_OPTIONS)
    stress: bool = False
    explorer: Path | None = None


DEFAULT_PAGE = PageOptions()
"""All defaults."""


def write_page(
    folders: Sequence[Path],
    file: Path,
    options: PageOptions = DEFAULT_PAGE,
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
    options: PageOptions = DEFAULT_PAGE,
    validation: CurrentValidation | None = None,
) -> str:
    """Return the page of some runs as HTML, with the validation of the model if it is known."""
    pairs = pair_runs(runs)
    script = build_script()
    with draw_beside() as drawings:
        return load_template(PAGE_FOLDER, "page.html", drawings).render(
            **_describe_findings(runs, pairs, options, drawings),
            **_describe_grounds(runs, options, validation),
            runs=runs,
            title=join_names([run.name for run in runs]),
            script=Markup(script),
            digest=b64encode(sha256(script.encode()).digest()).decode(),
            style=Markup((PAGE_FOLDER / "page.css").read_text("utf-8")),
            rows=_MAX_TABLE_ROWS,
        )


def _describe_findings(
    runs: Sequence[Run], pairs: Sequence[PairedRuns], options: PageOptions, drawings: Drawings
) -> dict[str, Any]:
    """Return what the page says of the results; stories and drawings are made meanwhile."""
    main = pairs[0].with_ if pairs else runs[0]
    tell_tales = begin_tales(main)
    rows = headline.build_headline_rows(runs)
    sections, left_out = list_sections(runs, pairs, options.figures)
    figures = [figure for section in sections for figure in section.figures]
    drawings.begin(figures)
    tales, splits = tell_tales(), list(_split_pairs(pairs))
    announce(DRAWING, of=1 + len(figures))
    return {
        "extents": headline.describe_runs(runs),
        "lead": lead.write_lead(runs, pairs),
        "array": lead.build_lead_array(runs, pairs),
        "sentences": list(headline.summarise_runs(runs, pairs)),
        "verdicts_by_pair": headline.build_verdicts(runs, pairs),
        "rules_page": RULES_PAGE,
        "hinges": list_hinges(main),
        "hinge_run": main.name,
        "help": _build_help(pairs, main) if options.stress else None,
        "stress_command": _format_folders("stress", runs),
        "explore_command": f"{_format_folders('explore', runs)} --open",
        "explorer": options.explorer,
        "tales": tales,
        "shares": [row for row in rows if row.is_share],
        "amounts": [row for row in rows if not row.is_share],
        "splits": splits,
        "sections": sections,
        "left_out": left_out,
        "contents": list(_list_contents(runs, sections, tales=bool(tales), splits=bool(splits))),
    }


def _build_help(pairs: Sequence[PairedRuns], main: Run) -> Any:
    """Return who comes; None where the scenarios share no crisis."""
    try:
        return build_help_table([main, *(pair.without for pair in pairs[:1])])
    except RequestError:
        return None


def _split_pairs(pairs: Sequence[PairedRuns]) -> Iterator[tuple[str, Any]]:
    """Yield a sentence and the dots of the outcomes that differ in most pairs."""
    for pair in pairs[:1]:
        for difference in lead.list_diverging(pair)[:_SPLITS]:
            assert difference.four_way
            by_treaty = pair.findings.treaties == 1
            yield (
                write_four_way(difference.measure, difference.four_way, by_treaty=by_treaty),
                lead.build_pair_array(pair, difference),
            )


def _list_contents(
    runs: Sequence[Run], sections: Sequence[Section], *, tales: bool, splits: bool
) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the name of every section, in the order of the page."""
    yield from (("in-short", "In short"), ("it-depends-on", "What it depends on"))
    yield "who-comes", "Who comes"
    if tales:
        yield "two-worlds", "Two of the worlds"
    yield "all-outcomes", "How often"
    if splits:
        yield "added-and-averted", "In which worlds"
    yield from ((section.slug, section.short) for section in sections)
    if len(runs) > 1:
        yield "assumptions-that-differ", "What differs"
    yield from (("scenario", "What was simulated"), ("validation", "How it was tested"))
    yield from (("assumptions-and-sources", "Sources"), ("reproduce", "Do it again"))


def _describe_grounds(
    runs: Sequence[Run], options: PageOptions, validation: CurrentValidation | None
) -> dict[str, Any]:
    """Return what the results rest on, and how to obtain them again."""
    return {
        "differing": assumptions.list_input_differences(runs) if len(runs) > 1 else [],
        "checked": build_validation_section(validation, runs) if validation else None,
        "verdicts": VERDICTS,
        "grades": [(run, assumptions.count_run_grades(run)) for run in runs],
        "numbers": assumptions.group_parameters(runs[0]),
        "sources": assumptions.list_cited_sources(runs),
        "claims": assumptions.list_cited_claims(runs),
        "commands": [_format_command(run) for run in runs],
        "page_command": _format_page_command(runs, options),
    }


def _format_folders(command: str, runs: Sequence[Run]) -> str:
    """Return a command on the results of these runs."""
    return shlex.join(["sim", command, *(str(run.results.folder) for run in runs)])


def _format_command(run: Run) -> str:
    """Return the command of a run, as it was given."""
    words = [str(word) for word in run.results.manifest["command"]]
    return shlex.join(words) if words else f"sim run {run.results.manifest['name']}.toml"


def _format_page_command(runs: Sequence[Run], page_options: PageOptions) -> str:
    """Return the command that writes the page from the results."""
    figure_options = page_options.figures
    values = {
        "--explorer": page_options.explorer,
        "--sensitivity": figure_options.sensitivity,
        "--hindcast": figure_options.hindcast,
    }
    options = [
        word for name, value in values.items() if value is not None for word in (name, value)
    ]
    flags = ["--stress"] if page_options.stress else []
    return f"{_format_folders('report', runs)} {shlex.join([*map(str, options), *flags])}".strip()


def build_script() -> str:
    """Return the script of the page, which opens folded sections for links and for printing."""
    return (PAGE_FOLDER / "page.js").read_text("utf-8")


def load_template(folder: Path, name: str, drawings: Drawings | None = None) -> Template:
    """Return a template of a folder that can draw figures, with the macros of `figures.html`.

    Figures are drawn where they stand, unless they are among `drawings`.
    """
    environment = Environment(
        loader=FileSystemLoader([folder, PAGE_FOLDER]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawings = drawings or Drawings()
    environment.filters["cell"] = format_page_cell
    environment.filters["check_result"] = format_check_result
    environment.filters["svg"] = drawings.wide
    environment.filters["svg_narrow"] = drawings.narrow
    return environment.get_template(name)
