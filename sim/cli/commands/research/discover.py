"""`sim discover`: which combinations of assumptions lead to an outcome."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.inputs import open_input
from sim.cli.options import CsvOption, InputArgument, MeasureOption
from sim.cli.whole_number import whole_number_option

AboveOption = Annotated[
    float | None, typer.Option(metavar="X", help="Of an amount: the outcome is more than X.")
]
BelowOption = Annotated[
    float | None, typer.Option(metavar="X", help="Of an amount: the outcome is less than X.")
]
ConditionsOption = Annotated[
    int, whole_number_option(least=1, most=6, text="At most N conditions in a rule.")
]


def discover(
    ctx: typer.Context,
    results: InputArgument,
    *,
    measure: MeasureOption,
    above: AboveOption = None,
    below: BelowOption = None,
    conditions: ConditionsOption = 3,
    table: CsvOption = None,
) -> None:
    """Find combinations of assumptions that lead to an outcome, as one or two rules."""
    from sim.analysis.sensitivity import scenario_discovery  # noqa: PLC0415
    from sim.analysis.sensitivity.tables import discovery_rows  # noqa: PLC0415
    from sim.cli.output import write_csv_output  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.views.research import discover as view  # noqa: PLC0415
    from sim.cli.work import discovery_steps  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415

    if table:
        require_absent(table, "name another file", "--csv")
    run = open_input(ctx, results)
    outcome = scenario_discovery.define_outcome(run, measure, above, below)
    with track_announced("Looking for combinations", discovery_steps(len(run.worlds))):
        discovery = scenario_discovery.discover_rules(run, outcome, conditions)
    view.show_discovery(discovery, run)
    if table and discovery.rules:
        write_csv_output(discovery_rows(discovery), table)
