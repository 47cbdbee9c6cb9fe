"""What is shown of a validation: part by part its checks, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.wording import format_count, indent_paragraph
from sim.validation.check import VERDICTS, ValidationPart
from sim.validation.words import TUNED_LABEL, format_value, format_verdict, unmet_checks

_VERDICTS_NOTE = (
    "Met, missed: inside or outside of what the source says, by the procedure in "
    "docs/validation.md. Undecided: too few worlds or cases to tell. Left out: the model has no "
    "such piece, or there are no data."
)
_CALIBRATION_NOTE = (
    "Where the model was calibrated on a check, it says so; to meet that one proves nothing."
)

_MAX_WIDTH = 120
"""Columns of a terminal beyond which a table is no easier to read."""


def show_validation(parts: Sequence[ValidationPart], provenance: str, missing_note: str) -> None:
    """Print the parts to stdout; `missing_note` says what could not be made, if anything."""
    console = Console(highlight=False, markup=False, emoji=False)
    for part in parts:
        _show_part(console, part)
    if parts:
        console.print("How to read it", style="bold")
        for line in (_VERDICTS_NOTE, _CALIBRATION_NOTE, provenance):
            console.print(indent_paragraph(line, console.width), soft_wrap=True)
    if missing_note:
        console.print(f"\n{missing_note}", soft_wrap=True)
    console.print()


def describe_provenance(facts: Mapping[str, Any]) -> str:
    """Return what a validation was made of, in a sentence."""
    said = [f"version {facts['version']}", f"engine {facts['engine'][:8]}"]
    if facts["worlds"]:
        said.append(format_count(facts["worlds"], "world", "worlds"))
    if facts["seed"] is not None:
        said.append(f"seed {facts['seed']}")
    quick = " Few worlds were lived (--quick), so less is decided." if facts["quick"] else ""
    return f"Made by {', '.join(said)}.{quick}"


def _show_part(console: Console, part: ValidationPart) -> None:
    console.print(f"\n{part.title}", style="bold", soft_wrap=True)
    console.print(_build_table(part, min(console.width, _MAX_WIDTH)))
    for sentence in part.summary:
        console.print(indent_paragraph(sentence, console.width), soft_wrap=True)
    console.print()
    for check in unmet_checks(part):
        if check.says:
            line = f"{check.code}, {check.verdict}: {check.says}"
            console.print(indent_paragraph(line, console.width), soft_wrap=True)
    console.print()


def _build_table(part: ValidationPart, width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", width=width)
    table.add_column("", no_wrap=True)
    for heading, ratio in (("What is claimed", 5), ("Should be", 4), ("Is", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    table.add_column("Verdict", width=max(map(len, (*VERDICTS, *TUNED_LABEL.split()))))
    for check in part.checks:
        table.add_row(
            check.code, check.claim, check.target, format_value(check), format_verdict(check)
        )
    return table
