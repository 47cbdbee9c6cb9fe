"""The command `sim`, its subcommands and its entry point."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from sim._version import __version__
from sim.cli.commands.attribute import attribute
from sim.cli.commands.check import check
from sim.cli.commands.compare import compare
from sim.cli.commands.condition import condition
from sim.cli.commands.diff import diff
from sim.cli.commands.discover import discover
from sim.cli.commands.export import export
from sim.cli.commands.landscape import landscape
from sim.cli.commands.lesson import lesson
from sim.cli.commands.levers import levers
from sim.cli.commands.plot import plot
from sim.cli.commands.report import report
from sim.cli.commands.rerun import rerun
from sim.cli.commands.run import run
from sim.cli.commands.schema import schema
from sim.cli.commands.sensitivity import sensitivity
from sim.cli.commands.sources import sources
from sim.cli.commands.stress import stress
from sim.cli.commands.sweep import sweep
from sim.cli.commands.tell import tell
from sim.cli.commands.validate import validate
from sim.cli.commands.why import why
from sim.cli.group import CommandGroup

app = typer.Typer(
    name="sim",
    cls=CommandGroup,
    help="Simulates an alliance treaty in thousands of possible worlds.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    run,
    sweep,
    rerun,
    compare,
    stress,
    lesson,
    levers,
    sensitivity,
    discover,
    condition,
    tell,
    diff,
    attribute,
    plot,
    report,
    export,
    landscape,
    validate,
    check,
    schema,
    sources,
    why,
)
for command in COMMANDS:
    app.command()(command)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"sim {__version__}")
        raise typer.Exit


@app.callback()
def sim(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Simulate an alliance treaty in thousands of possible worlds."""


def main() -> None:
    """Run the command line."""
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    app(prog_name="sim")
