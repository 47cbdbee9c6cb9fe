"""The options that several commands share, each stated once.

A command either names an option by its type, such as `worlds: WorldsOption`, or takes a group of
them as one parameter, such as `execution: ExecutionOptions`. The decorator `expand_options`
replaces such a parameter by the options of its group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from sim.cli.completion import (
    complete_inputs,
    complete_measures,
    complete_scenarios,
    complete_settings,
)
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.experiment.run import RunOptions
    from sim.report.figures.options import FigureOptions
    from sim.scenario.load import LoadedScenario

ScenarioFileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO",
        help="A scenario, such as pact, or its file.",
        autocompletion=complete_scenarios,
    ),
]
InputArgument = Annotated[
    Path,
    typer.Argument(
        metavar="RESULTS",
        help="A results folder, or a scenario, which is simulated unless it was before.",
        autocompletion=complete_inputs,
    ),
]
ResultsFoldersArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="RESULTS",
        help="Results folders, or scenarios, which are simulated unless they were before.",
        autocompletion=complete_inputs,
    ),
]
FirstArgument = Annotated[
    Path,
    typer.Argument(
        metavar="A", help="A scenario or a results folder.", autocompletion=complete_inputs
    ),
]
SecondArgument = Annotated[
    Path,
    typer.Argument(metavar="B", help="What it is compared with.", autocompletion=complete_inputs),
]

SettingsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY.PATH=VALUE",
        help="Override a value of the scenario; repeatable.",
        autocompletion=complete_settings,
    ),
]
WorldsOption = Annotated[
    int | None,
    whole_number_option(least=1, text="Number of worlds, instead of the scenario's."),
]
MonthsOption = Annotated[
    int | None,
    whole_number_option(least=1, most=600, text="Number of months, instead of the scenario's."),
]
SeedOption = Annotated[
    int | None,
    whole_number_option(least=0, text="Random seed, instead of the scenario's."),
]
NameOption = Annotated[
    str | None,
    typer.Option(
        "--name", metavar="TEXT", help="A name for this run in tables, figures and reports."
    ),
]
WorkersOption = Annotated[
    int | None,
    whole_number_option(least=1, text="Number of processes; results do not depend on it."),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Simulate on the workers of a Dask scheduler."),
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where results folders are stored.")
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Simulate again even if results are saved.")
]
OpenOption = Annotated[
    bool, typer.Option("--open", help="Open the page in a browser when it is written.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", help="Print only the path of the results folder.")
]

MeasureOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The measure, by its name in metrics.csv.",
        autocompletion=complete_measures,
    ),
]
CsvOption = Annotated[
    Path | None,
    typer.Option("--csv", metavar="FILE", help="Also write the table to a new CSV file."),
]
NewFileOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to a new file instead of the terminal.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@dataclass(frozen=True, kw_only=True)
class SizeOptions:
    """How many worlds and months are simulated, and with which seed."""

    worlds: WorldsOption = None
    months: MonthsOption = None
    seed: SeedOption = None


@dataclass(frozen=True, kw_only=True)
class ScenarioOptions(SizeOptions):
    """What overrides a scenario file."""

    set_: SettingsOption = None

    @property
    def settings(self) -> list[str]:
        """The values to override, those of dedicated options last."""
        return merge_settings(self.set_, worlds=self.worlds, months=self.months, seed=self.seed)

    def load(self, file: Path) -> LoadedScenario:
        """Return the scenario of a file with these values."""
        from sim.scenario.load import load_scenario  # noqa: PLC0415

        return load_scenario(file, self.settings)


@dataclass(frozen=True, kw_only=True)
class ExecutionOptions:
    """Where worlds are simulated and results are stored."""

    workers: WorkersOption = None
    scheduler: SchedulerOption = None
    out: OutOption = field(default=Path("results"))
    force: ForceOption = False
    quiet: QuietOption = False

    def run_options(self, context: typer.Context) -> RunOptions:
        """Return the same as options of a run, with the command for its manifest."""
        from sim.experiment.run import RunOptions  # noqa: PLC0415

        return RunOptions(
            workers=self.workers, scheduler=self.scheduler, force=self.force, command=context.obj
        )


@dataclass(frozen=True, kw_only=True)
class FigureInputOptions:
    """The world and the tables that figures are drawn from."""

    world: Annotated[
        int | None,
        whole_number_option(
            least=0, metavar="K", text="World of the timeline; by default a notable one."
        ),
    ] = None
    sensitivity: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Table of the tornado; by default sensitivity.csv in RESULTS."
        ),
    ] = None
    hindcast: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Table of the reliability diagram; else hindcast.csv in RESULTS."
        ),
    ] = None

    def figure_options(self) -> FigureOptions:
        """Return the same as options of figures."""
        from sim.report.figures.options import FigureOptions  # noqa: PLC0415

        return FigureOptions(self.world, self.sensitivity, self.hindcast)


def merge_settings(set_values: Sequence[str] | None, **options: int | None) -> list[str]:
    """Return the values of `--set`, then those of dedicated options such as `--worlds`."""
    given = [f"{name}={value}" for name, value in options.items() if value is not None]
    return [*(set_values or ()), *given]


def expand_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with every group of options replaced by the options it holds."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    @wraps(command)
    def expanded(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{part.name: values.pop(part.name) for part in fields(group)})
        command(**values)

    parameters = [
        option
        for name, parameter in signature(command).parameters.items()
        for option in (
            _list_options(groups[name])
            if name in groups
            else [parameter.replace(annotation=hints[name])]
        )
    ]
    expanded.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=parameters, return_annotation=None
    )
    expanded.__annotations__ = {part.name: part.annotation for part in parameters}
    return expanded


def _list_options(group: Any) -> Iterator[Parameter]:
    """Yield the parameters that the fields of a group stand for."""
    hints = get_type_hints(group, include_extras=True)
    for part in fields(group):
        yield Parameter(
            part.name, Parameter.KEYWORD_ONLY, default=part.default, annotation=hints[part.name]
        )
