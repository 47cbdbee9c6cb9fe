"""The page of `sim levers`, with the reasons why numbers that move nothing remain."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sim.analysis.sensitivity.levers import Lever, Levers
from sim.cli.views.explain.sources import format_value_range
from sim.cli.views.research.levers import (
    describe_counts,
    describe_method,
    format_difference,
    format_ends,
)
from sim.errors import Problem, RequestError, ScenarioError
from sim.experiment.storage.atomic import write_file
from sim.output import render_markdown_table
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario

_REASONS_FILE = Path("reference") / "levers.csv"
"""Beside the scenario: a line for each number that moves nothing, or too little to tell."""
_MARK = "<!-- sim levers writes this page -->\n"
_NO_REASON = "no reason is given yet"


def prepare_page(page: Path, scenarios: Path, scenario: Scenario) -> dict[str, str]:
    """Return the reasons for a page, once it is certain that the page can be written.

    Raises:
        RequestError: it holds something else, or there is no such folder.
        ScenarioError: the table of reasons is faulty.
    """
    _require_own_page(page)
    return _read_reasons(scenarios, scenario)


def _require_own_page(page: Path) -> None:
    """Require that a page is new, or was written by this command."""
    if not page.parent.is_dir():
        raise RequestError(f"--to {page}: there is no folder {page.parent}")
    if page.is_dir() or (page.exists() and _MARK not in page.read_text("utf-8", "replace")):
        raise RequestError(f"--to {page}: is no page of sim levers; name another file")


def _read_reasons(scenarios: Path, scenario: Scenario) -> dict[str, str]:
    """Return the reasons by key; none where the folder has no table of them."""
    file, reasons = scenarios / _REASONS_FILE, dict[str, str]()
    if not file.is_file():
        return reasons
    known = [key for key, _ in scenario.iter_quantities()]
    with file.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(csv.DictReader(lines), start=2):
            key, reason = line.get("key") or "", line.get("reason") or ""
            if fault := _find_fault(key, reason, known, reasons):
                raise ScenarioError([Problem(file, number, key, *fault)])
            reasons[key] = reason
    return reasons


def write_page(page: Path, result: Levers, scenario: Scenario, reasons: Mapping[str, str]) -> None:
    """Write the page and print its name."""
    write_file(page, render_page(result, scenario, reasons).encode(), overwrite=True)
    print(page)


def render_page(result: Levers, scenario: Scenario, reasons: Mapping[str, str]) -> str:
    """Return the page in Markdown."""
    parts = (
        f"# {scenario.title}: what moves a measure",
        _MARK.strip(),
        describe_counts(result),
        *describe_method(result),
        "## Numbers that move a measure, and the one they move most",
        render_markdown_table(
            ("Number", "Range", "Measure", "Low end", "High end", "Moves by", "Interval", "Moves"),
            map(_moving_row, result.moving),
        ).strip(),
        *_explain(
            "Numbers that change some worlds, but no measure for sure", result.unsure, reasons
        ),
        *_explain("Numbers that change no measure in any world", result.idle, reasons),
    )
    return "\n\n".join(parts) + "\n"


def _find_fault(
    key: str, reason: str, known: list[str], reasons: Mapping[str, str]
) -> tuple[str, str, str] | None:
    """Return what is wrong with a line, what is allowed and the nearest name; None if nothing."""
    if key not in known:
        nearest = find_nearest_name(key, known)
        return "is no number of the scenario", "the key of a number", nearest
    if key in reasons:
        return "is given twice", "one line for each number", ""
    return None if reason.strip() else ("has no reason", "a reason", "")


def _moving_row(lever: Lever) -> tuple[str, ...]:
    effect = lever.effects[0]
    return (
        f"`{lever.key}`",
        format_value_range(lever.number),
        effect.measure.short_with_unit,
        *format_ends(effect),
        f"{effect.size:+.2f}",
        format_difference(effect),
        str(len(lever.effects)),
    )


def _explain(heading: str, levers: Iterable[Lever], reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield a section with a table of numbers and the reasons why they remain."""
    rows = [
        (
            f"`{lever.key}`",
            format_value_range(lever.number),
            f"{lever.differing_worlds}",
            lever.effects[0].measure.short_with_unit if lever.effects else "",
            reasons.get(lever.key, "" if lever.effects else _NO_REASON),
        )
        for lever in levers
    ]
    yield f"## {heading}"
    header = ("Number", "Range", "Worlds that differ", "Likeliest to move", "Why it remains")
    yield render_markdown_table(header, rows).strip() if rows else "None."
