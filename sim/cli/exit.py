"""How a run or a sweep ends: its table and path, and what is missing, if anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sim.cli.views import run as run_view
from sim.experiment.blocks import Failure
from sim.experiment.run import Answer
from sim.experiment.storage.results import Results, missing
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.design.design import Design

IN_PART = 1
"""Exit code where something of what was asked for is missing."""
LISTED = 20
"""Failures that are listed; the manifest has all."""


def end_run(answered: Answer, scenario: Scenario, shown: list[Measure], *, quiet: bool) -> None:
    """Show the answer of a run; exit with 1 if worlds are missing, or were too few."""
    manifest = answered.results.manifest
    if quiet:
        run_view.show_path(answered.results)
    else:
        lived = scenario.model_copy(update={"worlds": manifest["worlds"]})
        run_view.show(answered, lived, shown)
    tell_missing(answered.results)
    if not manifest.get("until", {"reached": True})["reached"]:
        raise typer.Exit(IN_PART)


def tell_missing(results: Results) -> None:
    """List the worlds that could not be lived, and exit with 1; say nothing if there are none."""
    if failures := results.failures():
        typer.echo(_listed(results, failures), err=True)
        raise typer.Exit(IN_PART)


def _listed(results: Results, failures: list[Failure]) -> str:
    several = results.manifest["kind"] == "sweep"
    lines = [f"    {failure.point + ': ' if several else ''}{failure}" for failure in failures]
    more = [f"    and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "\n".join(
        [
            f"{missing(results)}; the results lack them:",
            *lines[:LISTED],
            *more,
            "    manifest.json has the tracebacks; the same command tries these worlds again",
        ]
    )


def end_sweep(
    answered: Answer, scenario: Scenario, asked: Design, shown: list[Measure], *, quiet: bool
) -> None:
    """Show the answer of a sweep; exit with 1 if worlds are missing."""
    if quiet:
        run_view.show_path(answered.results)
    else:
        from sim.cli.views import sweep as sweep_view  # noqa: PLC0415  what a sweep needs takes a while to load

        sweep_view.show(answered, scenario, asked, shown)
    tell_missing(answered.results)
