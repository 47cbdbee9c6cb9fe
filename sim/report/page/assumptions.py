"""The assumptions of a run: its numbers, their sources, and the claims they ground."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from sim.analysis.comparison.differing_input import ABSENT
from sim.analysis.comparison.inputs import compare_inputs
from sim.experiment.storage.manifest import GradeCounts, count_grades
from sim.report.run_view import Run
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.claims import load_claims
from sim.scenario.provenance.citation import format_citation
from sim.scenario.provenance.keys import ScenarioNode, index_nodes
from sim.scenario.schema.quantity import Quantity


@dataclass(frozen=True)
class ParameterLine:
    """One number with its grade, sources and claims, as text."""

    key: str
    meaning: str
    value: str
    grade: str
    sources: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class ParameterGroup:
    """The numbers of one part of the scenario."""

    name: str
    lines: list[ParameterLine]


def count_run_grades(run: Run) -> GradeCounts:
    """Count the numbers of a run by grade."""
    return count_grades(run.scenario)


def group_parameters(run: Run) -> list[ParameterGroup]:
    """Return every number of a run, group by group, in the order of the schema."""
    parts = [
        part for part in index_nodes(run.scenario).values() if isinstance(part.value, Quantity)
    ]
    return [
        ParameterGroup(top, [_build_line(part) for part in group])
        for top, group in groupby(parts, key=lambda part: part.key[0])
    ]


def _build_line(part: ScenarioNode) -> ParameterLine:
    number = part.value
    assert isinstance(number, Quantity)
    return ParameterLine(
        part.name,
        part.meaning,
        _format_quantity(number),
        number.grade,
        ", ".join(number.source),
        number.article,
    )


def _format_quantity(number: Quantity) -> str:
    """Return a number with its range and unit."""
    value_range = "" if number.is_fixed else f" ({number.low:g} to {number.high:g})"
    return f"{number.value:g}{value_range} {number.unit}"


def list_cited_sources(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Return the full citation of every cited source, by its key."""
    cited = {key: entry for run in runs for key, entry in _read_bibliography(run)}
    return sorted((key, format_citation(entry)) for key, entry in cited.items())


def _read_bibliography(run: Run) -> Iterator[tuple[str, SourceEntry]]:
    for key, entry in run.results.manifest["bibliography"].items():
        yield key, SourceEntry.model_validate(entry)


@dataclass(frozen=True)
class QuotedClaim:
    """A claim of the article: a short quotation, and the claim as this project understands it."""

    code: str
    quotation: str
    statement: str


def list_cited_claims(runs: Sequence[Run]) -> list[QuotedClaim]:
    """Return the claims that scenarios or their numbers name, in the order of the article."""
    named = {
        claim for run in runs for claim in (*run.scenario.article, *_list_claims_of_values(run))
    }
    quotations = read_quotations()
    return [
        QuotedClaim(code, quotations[code], claim.says)
        for code, claim in load_claims().items()
        if code in named
    ]


@cache
def read_quotations() -> dict[str, str]:
    """Return a few words of the article for each of its claims, by the claim's id."""
    return tomllib.loads(Path(__file__).with_name("quotations.toml").read_text("utf-8"))


def _list_claims_of_values(run: Run) -> Iterator[str]:
    for part in index_nodes(run.scenario).values():
        yield from part.claims


@dataclass(frozen=True)
class InputDifference:
    """A key at which runs differ, and its value in each run, as text."""

    key: str
    meaning: str
    values: list[str]


def list_input_differences(runs: Sequence[Run]) -> list[InputDifference]:
    """Return every key at which the scenarios of the runs differ."""
    return [
        InputDifference(
            differing.key, differing.meaning, list(map(_format_value, differing.values))
        )
        for differing in compare_inputs([run.scenario for run in runs])
    ]


def _format_value(value: object) -> str:
    match value:
        case Quantity():
            return _format_quantity(value)
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ", ".join(map(str, value)) or "none"
        case str() | int() | float():
            return str(value)
        case _:
            return "absent" if value is ABSENT else "present"
