"""Python API: lesson, lessons, debrief, moves, play_class.

The word for `sim play` is `play_class`, since `play` is the package that serves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.analysis.data.locate import RESULTS_FOLDER
from sim.analysis.data.notebook import render_notebook
from sim.analysis.lessons.answer import answer_lesson
from sim.analysis.lessons.find import find_lesson_file, list_lesson_files
from sim.analysis.lessons.lesson import Lesson, open_lesson
from sim.analysis.lessons.worlds import Simulation
from sim.api.inputs import StrPath, as_list, as_path
from sim.experiment.run import RunOptions
from sim.play.debrief.bets import read_bets
from sim.play.debrief.choices import list_turns
from sim.play.debrief.page import write_debrief
from sim.play.debrief.request import FORK_WORLDS, ORDINARY_WORLDS, DebriefRequest
from sim.play.debrief.runs import Simulation as PlaySimulation
from sim.play.debrief.turns import read_turns
from sim.play.hot_seat import play_hot_seat
from sim.play.opening import Opening, open_class
from sim.play.tokens import hash_token, make_token
from sim.scenario.files.lookup import name_scenario

if TYPE_CHECKING:
    from sim.play.web.run import Invitation


class LessonFrames:
    """What a scenario teaches; the answer is simulated when it is first asked for."""

    def __init__(self, lesson: Lesson, simulation: Simulation) -> None:
        self._lesson, self._simulation = lesson, simulation

    @property
    def task(self) -> str:
        """What is to be predicted."""
        return self._lesson.spec.predict

    @property
    def theory(self) -> str:
        """What the literature says."""
        return self._lesson.spec.theory

    @property
    def trap(self) -> str:
        """What one would wrongly conclude."""
        return self._lesson.spec.trap

    @cached_property
    def answer(self) -> pd.DataFrame:
        """One row per outcome: its value in both scenarios, the difference, and what is expected.

        Raises:
            SimulationError: some worlds could not be simulated.
        """
        return pd.DataFrame(
            [
                {
                    "outcome": finding.label,
                    "unit": finding.difference.unit,
                    "value": finding.difference.with_,
                    "base": finding.difference.without,
                    "difference": finding.difference.change.value,
                    "low": finding.difference.change.low,
                    "high": finding.difference.change.high,
                    "found": finding.difference.turn.value,
                    "expected": finding.expected.value,
                }
                for finding in answer_lesson(self._lesson, self._simulation).findings
            ]
        )

    def _repr_html_(self) -> str:
        """Return the task; the answer stays hidden until `answer` is asked for."""
        scenario = self._lesson.scenario
        return render_notebook(scenario.title, scenario.description, self.task)


def lessons() -> pd.DataFrame:
    """List the lessons, as `sim lesson` does without a name: `name`, `title`, `predict`."""
    rows = [
        (name_scenario(file), lesson.scenario.title, lesson.spec.predict)
        for file in list_lesson_files()
        for lesson in [open_lesson(file)]
    ]
    return pd.DataFrame(rows, columns=["name", "title", "predict"])


def lesson(
    name: StrPath, *, worlds: int = 1000, workers: int = 1, out: StrPath = RESULTS_FOLDER
) -> LessonFrames:
    """Return what a scenario teaches, as `sim lesson` does: the task, and in `answer` the answer.

    Raises:
        RequestError: there is no such scenario, or it has no lesson.
        ScenarioError: the scenario or its base cannot be used.
    """
    simulation = Simulation(worlds, as_path(out, "out"), RunOptions(workers=workers))
    return LessonFrames(open_lesson(find_lesson_file(as_path(name, "name"))), simulation)


def moves(game: StrPath) -> pd.DataFrame:
    """List the decisions of a game, the least likely first, as `sim debrief --moves` does.

    Raises:
        ScenarioError: the file cannot be used.
        RequestError: nothing was played in it.
    """
    columns = ["number", "when", "seat", "text", "chance", "odds", "others"]
    return pd.DataFrame([asdict(each) for each in list_turns(as_path(game, "game"))])[columns]


def debrief(
    game: StrPath,
    *,
    html: StrPath = "debrief.html",
    turn: Iterable[str] = (),
    without: StrPath | None = None,
    beside: Iterable[str] = (),
    bets: StrPath | None = None,
    worlds: int = ORDINARY_WORLDS,
    fork_worlds: int = FORK_WORLDS,
    force: bool = False,
    workers: int = 1,
    out: StrPath = RESULTS_FOLDER,
) -> Path:
    """Write one page on a game, as `sim debrief` does, and return its path; `moves` lists turns.

    Raises:
        RequestError: the file exists, or a turn, a bet or another game makes no sense.
        ScenarioError: the file of the game cannot be used.
        ResultsError: a folder cannot be read or written.
        SimulationError: no world could be simulated.
    """
    file, page = as_path(game, "game"), as_path(html, "html")
    request = DebriefRequest(
        file,
        worlds,
        fork_worlds,
        read_turns(file, as_list(turn, "turn")),
        () if bets is None else read_bets(as_path(bets, "bets")),
        None if without is None else as_path(without, "without"),
        tuple(map(Path, as_list(beside, "beside"))),
    )
    simulation = PlaySimulation(as_path(out, "out"), RunOptions(workers=workers))
    write_debrief(request, page, simulation, force=force)
    return page


def play_class(
    game: StrPath,
    *,
    lan: bool = False,
    hot_seat: bool = False,
    file: StrPath = "class.db",
    world: int | None = None,
    rooms: int = 1,
    seat: Iterable[str] = (),
    port: int = 8000,
    sheet_seconds: int = 150,
    crisis_seconds: int = 60,
) -> None:
    """Let a class play, as `sim play` does, until it is interrupted; addresses are printed.

    With `hot_seat` it is played at this prompt, without a server.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: the file of a new class exists, or the seats make no sense.
        ResultsError: the file is no class, or cannot be used.
    """
    token, seats = make_token(), tuple(as_list(seat, "seat"))
    opening = Opening(
        as_path(file, "file"),
        world,
        rooms,
        seats,
        hot_seat,
        sheet_seconds,
        crisis_seconds,
        hash_token(token),
    )
    with open_class(as_path(game, "game"), opening) as classroom:
        if hot_seat:
            play_hot_seat(classroom, next(iter(classroom.rooms)), input, print)
            return
        from sim.play.web.run import serve_class  # noqa: PLC0415  an extra

        serve_class(classroom, port, _print_addresses, token=token, lan=lan)


def _print_addresses(invitation: Invitation) -> None:
    for name in ("teacher", "projector", "phones", "codes"):
        print(f"{name}: {getattr(invitation, name)}")
