"""`sim tip`: the smallest change that turns an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_measures
from sim.cli.options import (
    CsvOption,
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
    from sim.analysis.tipping.target import Target
    from sim.analysis.tipping.tip import TipPlan, TipResult
    from sim.model.measures.registry import Measure
    from sim.scenario.schema.scenario import Scenario

OutcomeOption = Annotated[
    str,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="The outcome, by its name in metrics.csv.",
        autocompletion=complete_measures,
    ),
]
ToOption = Annotated[
    str,
    typer.Option("--to", metavar="BOUND", help='What it is to become, such as "<.2" or ">= 40%".'),
]
WorldOption = Annotated[
    int | None,
    whole_number_option(least=0, text="Look for one decision in this world instead."),
]
CandidatesOption = Annotated[
    int, whole_number_option(least=1, most=100, text="Assumptions looked at, the strongest first.")
]
WorldsOption = Annotated[int, whole_number_option(least=20, text="Worlds of each trial.")]
FreshOption = Annotated[
    int, whole_number_option(least=100, text="Fresh worlds in which a set is certified.")
]


@dataclass(frozen=True, kw_only=True)
class TipOptions:
    """How much is simulated."""

    candidates: CandidatesOption = 24
    worlds: WorldsOption = 400
    fresh: FreshOption = 2000

    def build_plan(self) -> TipPlan:
        """Return the plan of the search."""
        from sim.analysis.tipping.tip import TipPlan  # noqa: PLC0415

        return TipPlan(self.candidates, self.worlds, self.fresh)


@expand_options
def tip(
    file: ScenarioFileArgument,
    *,
    outcome: OutcomeOption,
    to: ToOption,
    world: WorldOption = None,
    options: TipOptions,
    months: MonthsOption = None,
    seed: SeedOption = None,
    table: CsvOption = None,
    workers: WorkersOption = None,
    set_: SettingsOption = None,
) -> None:
    """Find the smallest change that turns an outcome: up to three assumptions, or one decision."""
    from sim.analysis.tipping.target import parse_target  # noqa: PLC0415
    from sim.analysis.tipping.tip import select_outcome  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.views.research import tip as view  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    scenario = load_scenario(file, merge_settings(set_, months=months, seed=seed)).scenario
    measure = select_outcome(scenario, outcome)
    target = parse_target(to, measure)
    if table:
        require_absent(table, "name another file", "--csv")
    if world is not None:
        _show_decision(scenario, world, measure, target)
        return
    result = _search(scenario, measure, target, options.build_plan(), workers)
    view.show_tip(result, scenario, str(file))
    if table and (records := view.build_tip_records(result)):
        write_csv_output(records, table)


def _search(
    scenario: Scenario, measure: Measure, target: Target, plan: TipPlan, workers: int | None
) -> TipResult:
    from sim.analysis.tipping.tip import find_tipping  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415

    with progress.track_worlds(
        plan.most_worlds, "Looking for what turns it", months=scenario.months
    ) as on_progress:
        return find_tipping(scenario, measure, target, plan, on_progress, workers)


def _show_decision(scenario: Scenario, world: int, measure: Measure, target: Target) -> None:
    from sim.analysis.tipping.decision import find_turning_decision  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.views.research.tip import show_decision  # noqa: PLC0415
    from sim.cli.work import TURNING  # noqa: PLC0415

    with track_announced("Simulating the world again, decision by decision", TURNING):
        result = find_turning_decision(scenario, world, measure, target)
    show_decision(result, scenario)
