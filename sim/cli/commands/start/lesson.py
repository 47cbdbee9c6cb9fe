"""`sim lesson`: what a scenario teaches, without the answer, with it, or for teachers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_scenarios
from sim.cli.options import OutOption, WorkersOption
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.analysis.lessons.answer import Answer
    from sim.analysis.lessons.lesson import Lesson

_NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A scenario, such as pact, or its file; none lists all.",
        autocompletion=complete_scenarios,
    ),
]
_AnswerOption = Annotated[bool, typer.Option("--answer", help="Add what is found, in words.")]
_TeacherOption = Annotated[
    bool, typer.Option("--teacher", help="Add intervals, the trap and the sources too.")
]
_PairsOption = Annotated[int, whole_number_option(least=2, text="Number of pairs of worlds.")]


def lesson(
    ctx: typer.Context,
    name: _NameArgument = "",
    *,
    answer: _AnswerOption = False,
    teacher: _TeacherOption = False,
    worlds: _PairsOption = 1000,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Show what a scenario teaches: predict, look, and compare with the answer."""
    from sim.analysis.lessons.find import find_lesson_file, list_lesson_files  # noqa: PLC0415
    from sim.analysis.lessons.lesson import open_lesson  # noqa: PLC0415
    from sim.cli.views.start import lesson as view  # noqa: PLC0415

    if not name:
        view.show_lessons(map(open_lesson, list_lesson_files()))
        return
    opened = open_lesson(find_lesson_file(Path(name)))
    found = _answer(ctx, opened, worlds, workers, out) if answer or teacher else None
    view.show_task(opened)
    if found:
        view.show_answer(found)
    if found and teacher:
        view.show_teacher_notes(found)


def _answer(
    ctx: typer.Context, opened: Lesson, worlds: int, workers: int | None, results: Path
) -> Answer:
    from sim.analysis.lessons.answer import answer_lesson  # noqa: PLC0415
    from sim.analysis.lessons.worlds import Simulation  # noqa: PLC0415
    from sim.cli import progress  # noqa: PLC0415
    from sim.cli.work import lesson_steps  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    options = RunOptions(workers=workers, command=ctx.obj)
    track = partial(progress.track_worlds, resumes=True)
    simulation = Simulation(worlds, results, options, track)
    with progress.track_announced("Comparing worlds", lesson_steps(worlds)):
        return answer_lesson(opened, simulation)
