"""`sim attribute`: which mechanism makes two scenarios differ."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_measures, complete_mechanisms
from sim.cli.options import (
    CsvOption,
    FirstArgument,
    OutOption,
    SecondArgument,
    SizeOptions,
    WorkersOption,
    WorldsOption,
    expand_options,
)

if TYPE_CHECKING:
    from sim.analysis.attribution.attribution import Attribution
    from sim.analysis.attribution.factorial import AttributionPlan
    from sim.experiment.run import RunOptions
    from sim.model.measures.registry import Measure
    from sim.scenario.schema.scenario import Scenario

_DEFAULT_WORLDS = 200
"""Worlds of each run by default."""
_WORLDS_PER_MONTH = 320
"""Worlds that take as long for a month as a month takes besides, in a run of any size."""
_WORLD_MONTHS_PER_RUN = 2000
"""World-months that take as long as it takes to prepare and store a run of any size."""

MechanismOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="A mechanism to switch; repeatable.",
        autocompletion=complete_mechanisms,
    ),
]
MeasuresOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="A measure to split; repeatable.", autocompletion=complete_measures
    ),
]


@dataclass(frozen=True, kw_only=True)
class AttributionSizeOptions(SizeOptions):
    """The size of each run, with fewer worlds by default than a scenario has."""

    worlds: WorldsOption = _DEFAULT_WORLDS


@expand_options
def attribute(
    ctx: typer.Context,
    first: FirstArgument,
    second: SecondArgument,
    *,
    mechanism: MechanismOption = None,
    measure: MeasuresOption = None,
    size: AttributionSizeOptions,
    workers: WorkersOption = None,
    out: OutOption = Path("results/attributed"),
    csv: CsvOption = None,
) -> None:
    """Split the difference between two scenarios among the mechanisms that cause it."""
    from sim.analysis.attribution.attribution import select_measures  # noqa: PLC0415
    from sim.analysis.attribution.tables import attribution_rows  # noqa: PLC0415
    from sim.analysis.data.locate import locate  # noqa: PLC0415
    from sim.cli.output import write_csv_output, write_output  # noqa: PLC0415
    from sim.cli.views.research import attribute as view  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    plan = _build_plan((locate(first), locate(second)), size, mechanism)
    scenario = plan.check_sides()
    measures = select_measures(scenario, measure)
    _print_cost(plan, scenario)
    options = RunOptions(workers=workers, command=ctx.obj)
    splits = _attribute(plan, scenario, measures, out, options)
    write_output(view.render_attribution(plan, splits))
    if csv:
        write_csv_output(attribution_rows(splits), csv)


def _build_plan(
    sides: tuple[Path, Path], size: SizeOptions, mechanisms: list[str] | None
) -> AttributionPlan:
    from sim.analysis.attribution.factorial import AttributionPlan  # noqa: PLC0415
    from sim.analysis.attribution.mechanisms import select_mechanisms  # noqa: PLC0415

    options = {name: value for name, value in asdict(size).items() if value is not None}
    return AttributionPlan(sides, options, select_mechanisms(mechanisms))


def _attribute(
    plan: AttributionPlan,
    scenario: Scenario,
    measures: list[Measure],
    results: Path,
    options: RunOptions,
) -> list[Attribution]:
    from sim.analysis.attribution.attribution import attribute_differences  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    worlds, runs = scenario.worlds * plan.run_count, plan.run_count
    with progress.track_worlds(
        worlds, months=scenario.months, runs=runs, resumes=True
    ) as on_progress:
        return list(attribute_differences(plan, measures, results, options, on_progress))


def _print_cost(plan: AttributionPlan, scenario: Scenario) -> None:
    from sim.cli.pace import expect_simulation, measure_pace  # noqa: PLC0415
    from sim.cli.progress import format_seconds  # noqa: PLC0415

    runs = plan.run_count
    seconds = expect_simulation(scenario.worlds, scenario.months, runs) * measure_pace()
    typer.echo(
        f"{runs} runs of {scenario.worlds:,} worlds each; unless they are saved already, "
        f"they take about {format_seconds(seconds)}.",
        err=True,
    )
