"""Messages to the user: every problem, in file order, each with its place and a solution."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import Problem, RequestError, ResultsError, ScenarioError, SimError
from tests.scenario.folder import Folder


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (Problem(Path("a.toml"), 3, "months", "is wrong"), "a.toml:3: months: is wrong"),
        (Problem(Path("a.toml"), None, "months", "is wrong"), "a.toml: months: is wrong"),
        (Problem(Path("a.toml"), 3, "", "is wrong"), "a.toml:3: is wrong"),
        (Problem(None, None, "--set a", "is wrong"), "--set a: is wrong"),
        (Problem(None, None, "", "is wrong"), "is wrong"),
        (Problem(None, None, "a", "is wrong", "b, c"), "a: is wrong\n    allowed: b, c"),
        (Problem(None, None, "a", "is wrong", "", "b"), "a: is wrong\n    did you mean 'b'?"),
        (
            Problem(None, None, "a", "is wrong", "b, c", "b"),
            "a: is wrong\n    allowed: b, c; did you mean 'b'?",
        ),
    ],
)
def test_a_problem_says_where_what_and_what_instead(problem: Problem, message: str) -> None:
    assert str(problem) == message


def test_problems_are_told_in_file_order() -> None:
    places = [("b.toml", 1), ("a.toml", 10), ("a.toml", 9), ("a.toml", None)]
    problems = [Problem(Path(file), line, "key", "is wrong") for file, line in places]
    error = ScenarioError([*problems, Problem(None, None, "--set a", "is wrong")])
    assert str(error).splitlines() == [
        "--set a: is wrong",
        "a.toml: key: is wrong",
        "a.toml:9: key: is wrong",
        "a.toml:10: key: is wrong",
        "b.toml:1: key: is wrong",
    ]
    assert error.problems == (*error.problems[:1], *reversed(problems))


@pytest.mark.parametrize("kind", [ScenarioError, RequestError, ResultsError])
def test_every_error_is_meant_for_the_user(kind: type[Exception]) -> None:
    assert issubclass(kind, SimError)


def test_several_faults_of_one_file_are_reported_at_once(folder: Folder) -> None:
    folder.with_line("months = 24", "months = 0")
    folder.with_line("latitude = 44.5", "latitud = 44.5")
    folder.with_line('rung = "display"', 'rung = "dispaly"')
    folder.with_line('protects = ["aland"]', 'protects = ["alant"]')
    folder.with_line("high = 0.12", "high = 1.2")
    folder.with_line("seed = 7\n", "")
    assert [(problem.line, problem.key) for problem in folder.problems()] == [
        (None, "seed"),
        (folder.line("months"), "months"),
        (folder.line("[actors.borduria.capital]"), "actors.borduria.capital.latitude"),
        (folder.line("latitud ="), "actors.borduria.capital.latitud"),
        (folder.line("[actors.borduria.capability]"), "actors.borduria.capability"),
        (folder.line("alant"), "treaties.pact.protects"),
        (folder.line("dispaly"), "shocks.march.rung"),
    ]


def test_faults_of_several_files_and_of_the_command_line_are_reported_at_once(
    folder: Folder,
) -> None:
    folder.with_line("worlds = 100", "worlds = 0")
    folder.write("child.toml", 'extends = "whole.toml"\nmonths = 0\n')
    assert folder.message("seed=-1", name="child.toml").splitlines() == [
        "--set seed: should be greater than or equal to 0 (given: -1)",
        "child.toml:2: months: should be greater than 0 (given: 0)",
        "whole.toml:9: worlds: should be greater than 0 (given: 0)",
    ]


def test_the_error_reads_as_its_problems(folder: Folder) -> None:
    folder.with_line("months = 24", "months = 0")
    problems = folder.problems()
    assert str(ScenarioError(problems)) == "\n".join(map(str, problems))
