"""What is shown of a validation: part by part its checks, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.cli.wording import counted, indented
from sim.validation.check import VERDICTS, Part
from sim.validation.words import TUNED, diagnosed, figure, verdict

VERDICTS_TOLD = (
    "Met, missed: inside or outside of what the source says, by the procedure in "
    "docs/validation.md. Undecided: too few worlds or cases to tell. Left out: the model has no "
    "such piece, or there are no data."
)
CALIBRATED = (
    "Where the model was calibrated on a check, it says so; to meet that one proves nothing."
)

WIDEST = 120
"""Columns of a terminal beyond which a table is no easier to read."""


def show(parts: Sequence[Part], made: str, lacking: str) -> None:
    """Print the parts to stdout; `lacking` says what could not be made, if anything."""
    console = Console(highlight=False, markup=False, emoji=False)
    for part in parts:
        _show(console, part)
    if parts:
        console.print("How to read it", style="bold")
        for line in (VERDICTS_TOLD, CALIBRATED, made):
            console.print(indented(line, console.width), soft_wrap=True)
    if lacking:
        console.print(f"\n{lacking}", soft_wrap=True)
    console.print()


def made(of: Mapping[str, Any]) -> str:
    """Return what a validation was made of, in a sentence."""
    said = [f"version {of['version']}", f"engine {of['engine'][:8]}"]
    if of["worlds"]:
        said.append(counted(of["worlds"], "world", "worlds"))
    if of["seed"] is not None:
        said.append(f"seed {of['seed']}")
    quick = " Few worlds were lived (--quick), so less is decided." if of["quick"] else ""
    return f"Made by {', '.join(said)}.{quick}"


def _show(console: Console, part: Part) -> None:
    console.print(f"\n{part.title}", style="bold", soft_wrap=True)
    console.print(_table(part, min(console.width, WIDEST)))
    for sentence in part.summary:
        console.print(indented(sentence, console.width), soft_wrap=True)
    console.print()
    for check in diagnosed(part):
        if check.says:
            line = f"{check.code}, {check.verdict}: {check.says}"
            console.print(indented(line, console.width), soft_wrap=True)
    console.print()


def _table(part: Part, width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", width=width)
    table.add_column("", no_wrap=True)
    for heading, ratio in (("What is claimed", 5), ("Should be", 4), ("Is", 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    table.add_column("Verdict", width=max(map(len, (*VERDICTS, *TUNED.split()))))
    for check in part.checks:
        table.add_row(check.code, check.claim, check.target, figure(check), verdict(check))
    return table
