"""`sim validate`: compare the model with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.validation.run import PartSpec, Validation, ValidationRequest

QuickOption = Annotated[
    bool, typer.Option("--quick", help="Simulate fewer worlds: quicker and less precise.")
]
PartOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only this part; repeatable.")
]
QuestionsOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Score these questions instead of the default ones."),
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="How questions are answered; it replaces the default mapping of each it names.",
    ),
]
ScenariosOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="The folder of scenarios; by default ./scenarios, or those installed."
    ),
]
_FolderOption = Annotated[
    Path, typer.Option(metavar="DIR", help="The new folder for tables and figures.")
]
_OverwriteOption = Annotated[
    bool, typer.Option("--force", help="Replace an earlier validation of that name.")
]


def validate(
    *,
    quick: QuickOption = False,
    part: PartOption = None,
    questions: QuestionsOption = None,
    mapping: MappingOption = None,
    scenarios: ScenariosOption = None,
    out: _FolderOption = Path("results/validation"),
    force: _OverwriteOption = False,
) -> None:
    """Compare the model with published results, patterns, later events and historical cases."""
    from sim.cli.views.research import validate as view  # noqa: PLC0415
    from sim.validation import output, run  # noqa: PLC0415
    from sim.validation.json_record import build_record  # noqa: PLC0415
    from sim.validation.request import (  # noqa: PLC0415
        check_hindcast_file,
        find_scenarios,
        read_seed,
    )

    specs = run.select_parts(part or ())
    check_hindcast_file("--questions", questions, specs)
    check_hindcast_file("--mapping", mapping, specs)
    folder = scenarios or find_scenarios()
    seed = read_seed(folder, specs)
    with output.open_output_folder(out, force=force) as draft:
        request = run.ValidationRequest(folder, questions, quick, mapping)
        validation = _validate_parts(specs, request)
        if not validation.parts:
            _exit_if_failed(validation)
        record = build_record(validation, quick=quick, seed=seed)
        provenance = view.describe_provenance(record["made"])
        figures, missing_note = _render_figures(validation, provenance)
        files = output.render_files(validation.parts, record, provenance)
        output.write_files(draft, files | figures)
    view.show_validation(validation.parts, provenance, missing_note)
    typer.echo(out)
    _exit_if_failed(validation)


def _validate_parts(specs: Sequence[PartSpec], request: ValidationRequest) -> Validation:
    from sim.cli import progress  # noqa: PLC0415
    from sim.validation.run import run_validation  # noqa: PLC0415

    with progress.track_steps("Validating", len(specs)) as on_part_done:
        return run_validation(specs, request, on_part_done)


def _exit_if_failed(validation: Validation) -> None:
    """Report the parts that failed, if any, and exit with the code of the gravest."""
    for failure in validation.failed:
        typer.echo(f"The part {failure.name} failed: {failure.message}", err=True)
    if validation.failed:
        raise typer.Exit(max(failure.exit_code for failure in validation.failed))


def _render_figures(validation: Validation, provenance: str) -> tuple[dict[str, bytes], str]:
    """Return figures as files, by name, or why they are missing."""
    from sim.extras import REPORT_MODULES, check_installed  # noqa: PLC0415

    try:
        check_installed("report", *REPORT_MODULES)
    except RequestError as error:
        return {}, f"No figures were drawn: {error}"
    from sim.report.figures.forecast_reliability import plot_forecast_reliability  # noqa: PLC0415  Altair takes a while to load

    return {
        f"{figure.name}.png": figure.render_image("png")
        for figure in plot_forecast_reliability(validation.parts, provenance)
    }, ""
