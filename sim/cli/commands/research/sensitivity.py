"""`sim sensitivity`: which assumptions move a measure, and how much is due to chance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
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
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.sensitivity.sensitivity import SensitivityPlan, SensitivityResult
    from sim.analysis.sensitivity.theory_split import TheorySplit
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

TheoriesOption = Annotated[
    bool,
    typer.Option(
        "--theories",
        help="Compare theories instead: how much of the spread is due to the theory of honouring.",
    ),
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
    theories: TheoriesOption = False,
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
    if table:
        require_absent(table, "name another file", "--csv")
    if theories:
        _refuse_factors(plan)
        _compare_theories(scenario, measure, table, workers)
        return
    check_plan(scenario, measure, plan)
    result = _analyse(scenario, measure, plan, workers)
    view.show_sensitivity(result, scenario)
    if table and result.indices:
        write_csv_output(sensitivity_rows(result), table)


def _refuse_factors(plan: SensitivityPlan) -> None:
    if plan.factors:
        raise RequestError(
            "--theories: compares theories over all assumptions at once\n"
            "    allowed: --theories without --factors"
        )


def _compare_theories(
    scenario: Scenario, measure: str, table: Path | None, workers: int | None
) -> None:
    from sim.analysis.sensitivity.theory_split import check_theory_split, split_rows  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.views.research import theory_split as view  # noqa: PLC0415

    check_theory_split(scenario, measure)
    split = _split(scenario, measure, workers)
    view.show_theory_split(split, scenario)
    if table:
        write_csv_output([{**row} for row in split_rows(split)], table)


def _split(scenario: Scenario, measure: str, workers: int | None) -> TheorySplit:
    from sim.analysis.sensitivity.theory_split import (  # noqa: PLC0415
        compare_theories,
        count_theory_worlds,
    )
    from sim.cli import progress  # noqa: PLC0415

    with progress.track_worlds(count_theory_worlds(), months=scenario.months) as on_progress:
        return compare_theories(scenario, [measure], on_progress, workers)[0]


def _analyse(
    scenario: Scenario, measure: str, plan: SensitivityPlan, workers: int | None
) -> SensitivityResult:
    from sim.analysis.sensitivity.sensitivity import analyse_sensitivity, count_worlds  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    count = count_worlds(plan, scenario)
    with progress.track_worlds(count, months=scenario.months) as on_progress:
        return analyse_sensitivity(scenario, measure, plan, on_progress, workers)
