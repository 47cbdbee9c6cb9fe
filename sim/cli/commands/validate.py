"""`sim validate`: hold the model against what it can be tested against."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.validation.run import PartSpec, Validation

_SEED_SCENARIO = "pact.toml"
"""The scenario whose seed is that of the others."""


def validate(
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Live fewer worlds: for a look, not for the record.")
    ] = False,
    part: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this part; may be given several times."),
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score these questions instead of the usual ones."),
    ] = None,
    scenarios: Annotated[Path, typer.Option(metavar="DIR", help="The folder of scenarios.")] = Path(
        "scenarios"
    ),
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The new folder for tables and pictures.")
    ] = Path("results/validation"),
    force: Annotated[
        bool, typer.Option("--force", help="Replace an earlier validation that is there.")
    ] = False,
) -> None:
    """Say what the model can be tested against, and how it fares."""
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.views import validate as view  # noqa: PLC0415
    from sim.validation import output, run  # noqa: PLC0415
    from sim.validation.json_record import build_record  # noqa: PLC0415

    makers = run.select_parts(part or ())
    if questions:
        _check_questions(questions, makers)
    seed = _read_seed(scenarios, makers)
    with output.open_output_folder(out, force=force) as draft:
        with progress.track_steps("Validating", len(makers)) as done:
            found = run.run_validation(
                makers, run.ValidationRequest(scenarios, questions, quick), done
            )
        if not found.parts:
            _exit_if_broken(found)
        recorded = build_record(found, quick=quick, seed=seed)
        made = view.describe_provenance(recorded["made"])
        pictures, lacking = _render_figures(found, made)
        output.write_files(draft, output.render_files(found.parts, recorded, made) | pictures)
    view.show_validation(found.parts, made, lacking)
    typer.echo(out)
    _exit_if_broken(found)


def _exit_if_broken(validation: Validation) -> None:
    """Tell which parts could not be worked out, if any, and end accordingly."""
    for broken in validation.failed:
        typer.echo(f"The part {broken.name} could not be worked out: {broken.message}", err=True)
    if validation.failed:
        raise typer.Exit(max(broken.exit_code for broken in validation.failed))


def _check_questions(questions: Path, makers: Sequence[PartSpec]) -> None:
    if all(maker.name != "hindcast" for maker in makers):
        raise RequestError("--questions: only the part hindcast scores questions")
    if not questions.is_file():
        raise RequestError(f"--questions {questions}: there is no such file")


def _read_seed(scenarios: Path, makers: Sequence[PartSpec]) -> int | None:
    """Return the seed of the worlds that are lived; None where none are."""
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    return (
        load_scenario(scenarios / _SEED_SCENARIO).scenario.seed
        if any(maker.simulates for maker in makers)
        else None
    )


def _render_figures(validation: Validation, provenance: str) -> tuple[dict[str, bytes], str]:
    """Return pictures as files, by name, or why there are none."""
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    try:
        check_installed("report", *REPORT_MODULES)
    except RequestError as error:
        return {}, f"No pictures were drawn: {error}"
    from sim.report.figures.forecast_reliability import plot_forecast_reliability  # noqa: PLC0415  Altair takes a while to load

    return {
        f"{each.name}.png": each.render_image("png")
        for each in plot_forecast_reliability(validation.parts, provenance)
    }, ""
