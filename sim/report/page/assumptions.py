"""What a run rests on: its numbers, their sources, and the claims of the article they ground."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from sim.analysis.comparison.inputs import ABSENT, differing_inputs
from sim.experiment.storage.manifest import Numbers, numbers
from sim.report.run_view import Run
from sim.scenario.files.bibliography import SourceEntry
from sim.scenario.files.claims import claims
from sim.scenario.provenance.citation import written_out
from sim.scenario.provenance.keys import Part, parts
from sim.scenario.schema.quantity import Quantity


@dataclass(frozen=True)
class Line:
    """One number with all that it rests on, in words."""

    key: str
    meaning: str
    value: str
    grade: str
    sources: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Numbers that belong together."""

    name: str
    lines: list[Line]


def grades(run: Run) -> Numbers:
    """Count the numbers of a run by how firmly they are known."""
    return numbers(run.scenario)


def assumptions(run: Run) -> list[Group]:
    """Return every number of a run, group by group, in the order of the schema."""
    every = [part for part in parts(run.scenario).values() if isinstance(part.value, Quantity)]
    return [
        Group(top, [_line(part) for part in group])
        for top, group in groupby(every, key=lambda part: part.key[0])
    ]


def _line(part: Part) -> Line:
    number = part.value
    assert isinstance(number, Quantity)
    return Line(
        part.name,
        part.meaning,
        ranged(number),
        number.grade,
        ", ".join(number.source),
        number.article,
    )


def ranged(number: Quantity) -> str:
    """Return a number with its range and unit."""
    range_ = "" if number.certain else f" ({number.low:g} to {number.high:g})"
    return f"{number.value:g}{range_} {number.unit}"


def sources(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Return every source that is cited, written out, by its key."""
    cited = {key: entry for run in runs for key, entry in _bibliography(run)}
    return sorted((key, written_out(entry)) for key, entry in cited.items())


def _bibliography(run: Run) -> Iterator[tuple[str, SourceEntry]]:
    for key, entry in run.results.manifest["bibliography"].items():
        yield key, SourceEntry.model_validate(entry)


@dataclass(frozen=True)
class Said:
    """A claim of the article: the words it hangs on, and what it says in this project's words."""

    code: str
    quotation: str
    says: str


def cited_claims(runs: Sequence[Run]) -> list[Said]:
    """Return the claims of the article that scenarios or their numbers name, in its order."""
    named = {claim for run in runs for claim in (*run.scenario.article, *_claims_of_parts(run))}
    words = quotations()
    return [Said(code, words[code], e.says) for code, e in claims().items() if code in named]


@cache
def quotations() -> dict[str, str]:
    """Return a few words of the article for each of its claims, by the claim's id."""
    return tomllib.loads(Path(__file__).with_name("quotations.toml").read_text("utf-8"))


def _claims_of_parts(run: Run) -> Iterator[str]:
    for part in parts(run.scenario).values():
        yield from part.claims


@dataclass(frozen=True)
class Differing:
    """A key at which runs differ, and what each says there, in words."""

    key: str
    meaning: str
    values: list[str]


def differing(runs: Sequence[Run]) -> list[Differing]:
    """Return every key at which the scenarios of the runs differ."""
    return [
        Differing(one.key, one.meaning, [_shown(value) for value in one.values])
        for one in differing_inputs([run.scenario for run in runs])
    ]


def _shown(value: object) -> str:
    match value:
        case Quantity():
            return ranged(value)
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ", ".join(map(str, value)) or "none"
        case str() | int() | float():
            return str(value)
        case _:
            return "not there" if value is ABSENT else "there"
