"""The command `sim`, its subcommands and its entry point."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated

import typer

from sim._version import __version__
from sim.cli.commands.explain.cite import cite
from sim.cli.commands.explain.condition import condition
from sim.cli.commands.explain.diff import diff
from sim.cli.commands.explain.plot import plot
from sim.cli.commands.explain.report import report
from sim.cli.commands.explain.sources import sources
from sim.cli.commands.explain.tell import tell
from sim.cli.commands.explain.why import why
from sim.cli.commands.research.attribute import attribute
from sim.cli.commands.research.discover import discover
from sim.cli.commands.research.export import export
from sim.cli.commands.research.landscape import landscape
from sim.cli.commands.research.levers import levers
from sim.cli.commands.research.rerun import rerun
from sim.cli.commands.research.schema import schema
from sim.cli.commands.research.sensitivity import sensitivity
from sim.cli.commands.research.sweep import sweep
from sim.cli.commands.research.tip import tip
from sim.cli.commands.research.validate import validate
from sim.cli.commands.start.check import check
from sim.cli.commands.start.compare import compare
from sim.cli.commands.start.debrief import debrief
from sim.cli.commands.start.explore import explore
from sim.cli.commands.start.find import find
from sim.cli.commands.start.lesson import lesson
from sim.cli.commands.start.new import new
from sim.cli.commands.start.play import play
from sim.cli.commands.start.results import results
from sim.cli.commands.start.run import run
from sim.cli.commands.start.scenarios import scenarios
from sim.cli.commands.start.stress import stress
from sim.cli.group import ALLOW_CODE_OPTION, CommandGroup
from sim.cli.pace import start_clock

app = typer.Typer(
    name="sim",
    cls=CommandGroup,
    help="Simulates an alliance treaty in thousands of possible worlds.",
    epilog="Begin with: sim run pact, then sim compare pact no_pact. Each command has --help.",
    pretty_exceptions_enable=False,
)
GROUPS: dict[str, tuple[Callable[..., None], ...]] = {
    "Start: run and compare": (
        scenarios,
        run,
        compare,
        explore,
        results,
        new,
        find,
        lesson,
        stress,
        debrief,
        check,
        play,
    ),
    "Explain: stories, pictures, sources": (
        report,
        plot,
        tell,
        diff,
        condition,
        why,
        sources,
        cite,
    ),
    "Research: many points, sensitivity, validation": (
        levers,
        sensitivity,
        tip,
        sweep,
        discover,
        attribute,
        landscape,
        validate,
        rerun,
        export,
        schema,
    ),
}
"""The commands in the groups of the help, in the order in which they are needed."""
COMMANDS = tuple(command for commands in GROUPS.values() for command in commands)
for group, commands in GROUPS.items():
    for command in commands:
        app.command(rich_help_panel=group)(command)


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"sim {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def sim(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    allow_code: Annotated[
        bool,
        typer.Option(
            ALLOW_CODE_OPTION,
            help="Run code that a scenario names; it may stand after any command.",
        ),
    ] = False,
) -> None:
    """Simulate an alliance treaty in thousands of possible worlds."""
    if ctx.invoked_subcommand is None and not (version or allow_code):
        typer.echo(ctx.get_help())


def _replace_unknown_characters() -> None:
    """Write a question mark for a character that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line."""
    _replace_unknown_characters()
    start_clock()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    app(prog_name="sim")
