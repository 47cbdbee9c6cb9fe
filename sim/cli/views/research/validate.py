"""Renders the result of `sim validate`: the checks of each part, and a summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.output import open_console, print_paragraphs
from sim.output import format_count
from sim.validation.check import VERDICTS, ShownTable, ValidationPart
from sim.validation.words import TUNED_LABEL, format_value, format_verdict, unmet_checks

_VERDICTS_NOTE = (
    "Met, missed: inside or outside the range that the source gives, by the procedure in "
    "docs/validation.md. Undecided: too few worlds or cases to tell. Left out: outside the model's "
    "scope, or there are no data."
)
_CALIBRATION_NOTE = (
    "Checks that the model was calibrated on are marked; meeting them proves nothing."
)

_MAX_WIDTH = 120
"""Columns beyond which a wider table is no easier to read."""


def show_validation(parts: Sequence[ValidationPart], provenance: str, missing_note: str) -> None:
    """Print the parts to stdout; `missing_note` reports figures that are missing, if any."""
    console = open_console()
    for part in parts:
        _show_part(console, part)
    if parts:
        console.print("How to read it", style="bold")
        print_paragraphs(console, (_VERDICTS_NOTE, _CALIBRATION_NOTE, provenance))
    if missing_note:
        console.print(f"\n{missing_note}", soft_wrap=True)
    console.print()


def describe_provenance(facts: Mapping[str, Any]) -> str:
    """Return the version, engine, worlds and seed of a validation, in a sentence."""
    parts = [f"version {facts['version']}", f"engine {facts['engine'][:8]}"]
    if facts["worlds"]:
        parts.append(format_count(facts["worlds"], "simulated world"))
    if facts["seed"] is not None:
        parts.append(f"seed {facts['seed']}")
    quick = " With fewer worlds (--quick), more checks stay undecided." if facts["quick"] else ""
    return f"Produced with {', '.join(parts)}.{quick}"


def _show_part(console: Console, part: ValidationPart) -> None:
    console.print(f"\n{part.title}", style="bold", soft_wrap=True)
    console.print(_build_table(part, min(console.width, _MAX_WIDTH)))
    print_paragraphs(console, part.summary)
    for shown in part.shown:
        print_paragraphs(console, (f"{shown.title}:",))
        console.print(_build_shown_table(shown, min(console.width, _MAX_WIDTH)))
    console.print()
    notes = (
        f"{check.code}, {check.verdict}: {check.says}" for check in unmet_checks(part) if check.says
    )
    print_paragraphs(console, notes)
    console.print()


def _build_shown_table(shown: ShownTable, width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", width=width)
    for heading in shown.heading:
        table.add_column(heading, overflow="fold")
    for row in shown.rows:
        table.add_row(*row)
    return table


def _build_table(part: ValidationPart, width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", width=width)
    table.add_column("", no_wrap=True)
    for heading, ratio in (("Claim", 5), ("Target", 4), ("Model", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    table.add_column("Verdict", width=max(map(len, (*VERDICTS, *TUNED_LABEL.split()))))
    for check in part.checks:
        table.add_row(
            check.code, check.claim, check.target, format_value(check), format_verdict(check)
        )
    return table
