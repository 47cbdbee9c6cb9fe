"""`sim sensitivity`: which assumptions move a measure, and how much is due to chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sim.analysis.sensitivity.methods import Method
from sim.cli.completion import complete_keys
from sim.cli.options import (
    CsvOption,
    MeasureOption,
    MonthsOption,
    ScenarioFileArgument,
    SeedOption,
    SettingsOption,
    WorkersOption,
    expand_options,
    merge_settings,
)
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.analysis.sensitivity.sensitivity import SensitivityPlan, SensitivityResult
    from sim.scenario.schema.scenario import Scenario

FactorsOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY",
        help="A number to vary, by its key; repeatable.",
        autocompletion=complete_keys,
    ),
]
TopOption = Annotated[
    int,
    whole_number_option(
        least=1,
        text="Without --factors: vary the N numbers most associated with the measure.",
    ),
]
MethodOption = Annotated[
    Method,
    typer.Option(help="sobol: shares of the spread; morris: how far each moves the measure."),
]
SamplesOption = Annotated[
    int, whole_number_option(least=2, text="Base samples of Sobol, or paths of Morris.")
]
WorldsPerPointOption = Annotated[
    int, whole_number_option(least=2, text="Number of worlds at each point.")
]


@dataclass(frozen=True, kw_only=True)
class PlanOptions:
    """What is varied, and how."""

    factors: FactorsOption = None
    top: TopOption = 5
    method: MethodOption = Method.SOBOL
    samples: SamplesOption = 64
    worlds: WorldsPerPointOption = 16

    def build_plan(self) -> SensitivityPlan:
        """Return the plan of the analysis."""
        from sim.analysis.sensitivity.sensitivity import SensitivityPlan  # noqa: PLC0415

        factors = tuple(dict.fromkeys(self.factors or ()))
        return SensitivityPlan(self.method, factors, self.top, self.samples, self.worlds)


@expand_options
def sensitivity(
    file: ScenarioFileArgument,
    *,
    measure: MeasureOption,
    options: PlanOptions,
    months: MonthsOption = None,
    seed: SeedOption = None,
    table: CsvOption = None,
    workers: WorkersOption = None,
    set_: SettingsOption = None,
) -> None:
    """Estimate which assumptions move a measure, how far, and how much is due to chance."""
    from sim.analysis.sensitivity.sensitivity import check_plan  # noqa: PLC0415
    from sim.analysis.sensitivity.tables import sensitivity_rows  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.views.research import sensitivity as view  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file, merge_settings(set_, months=months, seed=seed)).scenario
    plan = options.build_plan()
    check_plan(scenario, measure, plan)
    if table:
        require_absent(table, "name another file", "--csv")
    result = _analyse(scenario, measure, plan, workers)
    view.show_sensitivity(result, scenario)
    if table and result.indices:
        write_csv_output(sensitivity_rows(result), table)


def _analyse(
    scenario: Scenario, measure: str, plan: SensitivityPlan, workers: int | None
) -> SensitivityResult:
    from sim.analysis.sensitivity.sensitivity import analyse_sensitivity, count_worlds  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    count = count_worlds(plan, scenario)
    with progress.track_worlds(count, months=scenario.months) as on_progress:
        return analyse_sensitivity(scenario, measure, plan, on_progress, workers)
