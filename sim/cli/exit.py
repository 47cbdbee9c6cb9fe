"""How a run or a sweep ends: its table and path, and what is missing, if anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sim.cli.views import run as run_view
from sim.experiment.blocks import Failure
from sim.experiment.run import RunOutcome
from sim.experiment.storage.results import Results, describe_missing_worlds
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.design.design import Design

EXIT_INCOMPLETE = 1
"""Exit code where something of what was asked for is missing."""
_MAX_FAILURES_LISTED = 20
"""Failures that are listed; the manifest has all."""


def end_run(
    outcome: RunOutcome, scenario: Scenario, headlines: list[Measure], *, quiet: bool
) -> None:
    """Show the answer of a run; exit with 1 if worlds are missing, or were too few."""
    manifest = outcome.results.manifest
    if quiet:
        run_view.print_results_path(outcome.results)
    else:
        lived = scenario.model_copy(update={"worlds": manifest["worlds"]})
        run_view.show_run(outcome, lived, headlines)
    _exit_if_incomplete(outcome.results)
    if not manifest.get("until", {"reached": True})["reached"]:
        raise typer.Exit(EXIT_INCOMPLETE)


def _exit_if_incomplete(results: Results) -> None:
    """List the worlds that could not be lived, and exit with 1; say nothing if there are none."""
    if failures := results.failures:
        typer.echo(_describe_failures(results, failures), err=True)
        raise typer.Exit(EXIT_INCOMPLETE)


def _describe_failures(results: Results, failures: list[Failure]) -> str:
    several = results.manifest["kind"] == "sweep"
    lines = [f"    {failure.point + ': ' if several else ''}{failure}" for failure in failures]
    more = (
        [f"    and {len(lines) - _MAX_FAILURES_LISTED} more"]
        if len(lines) > _MAX_FAILURES_LISTED
        else []
    )
    return "\n".join(
        [
            f"{describe_missing_worlds(results)}; the results lack them:",
            *lines[:_MAX_FAILURES_LISTED],
            *more,
            "    manifest.json has the tracebacks; the same command tries these worlds again",
        ]
    )


def end_sweep(
    outcome: RunOutcome,
    scenario: Scenario,
    design: Design,
    headlines: list[Measure],
    *,
    quiet: bool,
) -> None:
    """Show the answer of a sweep; exit with 1 if worlds are missing."""
    if quiet:
        run_view.print_results_path(outcome.results)
    else:
        from sim.cli.views import sweep as sweep_view  # noqa: PLC0415  what a sweep needs takes a while to load

        sweep_view.show_sweep(outcome, scenario, design, headlines)
    _exit_if_incomplete(outcome.results)
