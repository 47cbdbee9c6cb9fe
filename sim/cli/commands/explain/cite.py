"""`sim cite`: how results are cited."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sim.cli.options import InputArgument, NewFileOption


class CitationFormat(StrEnum):
    """The formats of a citation."""

    TEXT = "text"
    BIBTEX = "bibtex"
    JSON = "json"


_FormatOption = Annotated[
    CitationFormat, typer.Option("--format", help="BibTeX is for reference managers.")
]


def cite(
    results: InputArgument,
    *,
    form: _FormatOption = CitationFormat.TEXT,
    out: NewFileOption = None,
) -> None:
    """Show how to cite results: the software, the scenario, and the sources of its numbers."""
    from sim.analysis.data.cite import citation_record  # noqa: PLC0415
    from sim.analysis.data.cite import cite as find_citation  # noqa: PLC0415
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.views.explain.cite import render_citation  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415

    citation = find_citation(results)
    match form:
        case CitationFormat.TEXT:
            write_output(render_citation(citation), out)
        case CitationFormat.BIBTEX:
            write_output(citation.render_bibtex(), out)
        case CitationFormat.JSON:
            write_output(render_json(citation_record(citation)), out)
