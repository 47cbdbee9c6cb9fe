"""`sim lesson`: what a scenario teaches, without the answer, with it, or for teachers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import WorkersOption
from sim.cli.whole_number import whole_number_option
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.lessons.answer import Answer
    from sim.analysis.lessons.lesson import Lesson

_FOLDER = Path("scenarios")
_NameArgument = Annotated[
    str,
    typer.Argument(metavar="NAME", help="A scenario, such as pact, or its file; none lists all."),
]
_AnswerOption = Annotated[bool, typer.Option("--answer", help="Add what is found, in words.")]
_TeacherOption = Annotated[
    bool, typer.Option("--teacher", help="Add intervals, the trap and the sources too.")
]
_PairsOption = Annotated[int, whole_number_option(least=2, text="Number of pairs of worlds.")]
_ResultsOption = Annotated[Path, typer.Option(metavar="DIR", help="Where runs are stored.")]


def lesson(
    ctx: typer.Context,
    name: _NameArgument = "",
    *,
    answer: _AnswerOption = False,
    teacher: _TeacherOption = False,
    worlds: _PairsOption = 1000,
    workers: WorkersOption = None,
    results: _ResultsOption = Path("results"),
) -> None:
    """Show what a scenario teaches: predict, look, and compare with the answer."""
    from sim.analysis.lessons.lesson import list_lessons, open_lesson  # noqa: PLC0415
    from sim.cli.views.start import lesson as view  # noqa: PLC0415

    if not name:
        view.show_lessons(map(open_lesson, _require_lessons(list_lessons(_FOLDER))))
        return
    opened = open_lesson(_find_file(name))
    found = _answer(ctx, opened, worlds, workers, results) if answer or teacher else None
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
    from sim.experiment.run import RunOptions  # noqa: PLC0415

    options = RunOptions(workers=workers, command=ctx.obj)
    return answer_lesson(opened, Simulation(worlds, results, options, progress.track_worlds))


def _require_lessons(files: list[Path]) -> list[Path]:
    if not files:
        raise RequestError(f"{_FOLDER}: has no scenario with a lesson\n    name a file")
    return files


def _find_file(name: str) -> Path:
    """Return the file of that name, or the scenario of that name in the folder of scenarios.

    Raises:
        RequestError: there is neither; the message lists lessons with the nearest name.
    """
    from sim.analysis.lessons.lesson import list_lessons  # noqa: PLC0415
    from sim.scenario.files.messages import find_nearest_name  # noqa: PLC0415

    path, named = Path(name), _FOLDER / f"{name}.toml"
    if path.suffix == ".toml":
        return path
    if named.is_file():
        return named
    known = [file.relative_to(_FOLDER).with_suffix("").as_posix() for file in list_lessons(_FOLDER)]
    nearest = find_nearest_name(name, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    allowed = f"\n    allowed: {', '.join(known)}{hint}" if known else ""
    raise RequestError(f"{name}: there is no scenario {named}{allowed}")
