"""The end of a run or a sweep: its table, its path, and the worlds that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sim.cli.views.start import run as run_view
from sim.experiment.blocks import Failure
from sim.experiment.run import RunOutcome
from sim.experiment.storage.results import Results, describe_missing_worlds
from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.experiment.design.design import Design

EXIT_INCOMPLETE = 1
"""Exit code when part of the results is missing."""
_MAX_FAILURES_LISTED = 20
"""Failures listed; the manifest has all."""


def end_run(
    outcome: RunOutcome, scenario: Scenario, headlines: list[Measure], *, quiet: bool
) -> None:
    """Show the outcome of a run; exit with 1 if worlds are missing or too few."""
    manifest = outcome.results.manifest
    if quiet:
        run_view.print_results_path(outcome.results)
    else:
        worlds = manifest["files"]["worlds.parquet"][
            "rows"
        ]  # fewer than asked for where some failed
        simulated = scenario.model_copy(update={"worlds": worlds})
        run_view.show_run(outcome, simulated, headlines)
    _exit_if_incomplete(outcome.results)
    if not manifest.get("until", {"reached": True})["reached"]:
        raise typer.Exit(EXIT_INCOMPLETE)


def _exit_if_incomplete(results: Results) -> None:
    """List the worlds that failed, if any, and exit with 1."""
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
            "    manifest.json has the tracebacks; the same command simulates these worlds again",
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
    """Show the outcome of a sweep; exit with 1 if worlds are missing."""
    if quiet:
        run_view.print_results_path(outcome.results)
    else:
        from sim.cli.views.research import sweep as sweep_view  # noqa: PLC0415  loads slowly

        sweep_view.show_sweep(outcome, scenario, design, headlines)
    _exit_if_incomplete(outcome.results)
