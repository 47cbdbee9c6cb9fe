"""Renders the result of `sim cite`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import fill

from sim.analysis.data.cite import OTHER_FACTS, CitedSource, RunCitation
from sim.cli.wording import (
    describe_grades,
    describe_past,
    describe_run_size,
    indent_paragraph,
)
from sim.output import format_count
from sim.scenario.provenance.citation import format_citation
from sim.scenario.provenance.software import format_software

_GROUP_TITLES = {
    "measured": "Measured numbers rest on",
    "estimated": "Estimated numbers rest on",
    "judgement": "Judgements rest on",
    OTHER_FACTS: "Treaties, events and other facts rest on",
}
_INDENT = "    "


def render_citation(citation: RunCitation) -> str:
    """Return a citation as text, at most 80 columns wide."""
    return "\n".join(_build_lines(citation)) + "\n"


def _build_lines(citation: RunCitation) -> Iterator[str]:
    scenario = citation.loaded.scenario
    yield "The software"
    yield indent_paragraph(format_software())
    yield "\nThe scenario"
    yield indent_paragraph(f"{scenario.title} ({citation.key}): {describe_run_size(scenario)}.")
    yield from map(indent_paragraph, filter(None, [describe_past(scenario)]))
    yield indent_paragraph(describe_grades(scenario))
    for name, value in (("digest", citation.digest), ("engine", citation.engine)):
        yield f"  {name} {value}"
    yield f"  {citation.command}"
    yield f"\nThe sources of its numbers: {format_count(len(citation.sources), 'work')}"
    yield from _build_source_lines(citation.sources)
    yield indent_paragraph("For reference managers: --format bibtex.")


def _build_source_lines(sources: tuple[CitedSource, ...]) -> Iterator[str]:
    for group, members in groupby(sources, key=lambda source: source.group):
        yield f"\n  {_GROUP_TITLES[group]}"
        for source in members:
            text = f"{format_citation(source.entry)} [{source.key}, {source.uses}]"
            yield fill(text, 80, initial_indent=_INDENT, subsequent_indent=f"{_INDENT}  ")
    if unchecked := [source.key for source in sources if source.is_unchecked]:
        yield "\n" + indent_paragraph(
            f"To be looked up before they are quoted: {', '.join(unchecked)}."
        )
    yield ""
