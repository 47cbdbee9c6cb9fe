"""Parts are computed in parallel; a failing part does not stop others; user errors are reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sim.errors import Problem, RequestError, ScenarioError, SimError, SimulationError
from sim.experiment.blocks import OnProgress
from sim.validation import run
from sim.validation.check import Check, ValidationPart
from sim.validation.run import (
    FailedPart,
    PartSpec,
    ValidationRequest,
    run_validation,
    select_parts,
)

REQUEST = ValidationRequest(Path("scenarios"), quick=True)


def part(name: str, requested: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    """A part that simulates five worlds and reports its request."""
    on_progress(2)
    on_progress(5)
    says = f"{requested.scenarios} {requested.questions_file} {requested.quick}"
    line = Check(code="X1", claim="c", target="t", value=1.0, verdict="met", says=says)
    return ValidationPart(name=name, title=name.title(), summary=(), checks=(line,))


def failing(
    error: Exception, requested: ValidationRequest, on_progress: OnProgress
) -> ValidationPart:
    raise error


def faulty(requested: ValidationRequest, on_progress: OnProgress) -> ValidationPart:
    raise ScenarioError([Problem(Path("q.csv"), 3, "H01", "is not a question")])


def spec(
    name: str, build: Callable[[ValidationRequest, OnProgress], ValidationPart] | None = None
) -> PartSpec:
    return PartSpec(name, simulates=False, build=build or partial(part, name))


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, and in two worker processes."""
    monkeypatch.setattr(run, "count_processors", lambda: request.param)


@pytest.mark.usefixtures("processes")
def test_parts_are_in_their_order_and_their_worlds_are_counted() -> None:
    finished: list[None] = []
    validation = run_validation([spec("b"), spec("a")], REQUEST, lambda: finished.append(None))
    assert [part.name for part in validation.parts] == ["b", "a"]
    assert (validation.worlds, validation.failed, len(finished)) == (10, (), 2)


@pytest.mark.usefixtures("processes")
def test_the_request_reaches_a_part() -> None:
    (validation,) = run_validation(
        [spec("a")], ValidationRequest(Path("s"), Path("q.csv")), lambda: None
    ).parts
    assert validation.checks[0].says == "s q.csv False"


@pytest.mark.usefixtures("processes")
def test_a_failing_part_is_reported_and_stops_no_other() -> None:
    broken = spec("broken", partial(failing, ZeroDivisionError("no cases")))
    validation = run_validation([spec("a"), broken, spec("c")], REQUEST, lambda: None)
    assert [part.name for part in validation.parts] == ["a", "c"]
    assert [failure.name for failure in validation.failed] == ["broken"]
    assert validation.failed[0].message.startswith("Traceback")
    assert validation.failed[0].message.endswith("ZeroDivisionError: no cases\n")
    assert validation.failed[0].exit_code == 1


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("error", [RequestError("install it"), SimulationError("no worlds")])
def test_an_error_of_the_user_is_reported_in_its_own_words(error: SimError) -> None:
    lacking = spec("lacking", partial(failing, error))
    validation = run_validation([lacking, spec("a")], REQUEST, lambda: None)
    assert [part.name for part in validation.parts] == ["a"]
    assert validation.failed == (FailedPart("lacking", str(error), error.exit_code),)


@pytest.mark.usefixtures("processes")
def test_a_fault_in_a_file_stops_the_validation() -> None:
    with pytest.raises(ScenarioError) as error:
        run_validation([spec("a"), spec("faulty", faulty)], REQUEST, lambda: None)
    assert str(error.value) == "q.csv:3: H01: is not a question"


def test_without_names_all_parts_are_selected_and_with_names_those() -> None:
    assert select_parts(()) == run.PARTS
    assert [part.name for part in select_parts(["published", "published"])] == ["published"]


def test_an_unknown_name_is_reported_with_the_nearest() -> None:
    with pytest.raises(RequestError) as error:
        select_parts(["publisht"])
    allowed = ", ".join(part.name for part in run.PARTS)
    assert str(error.value) == (
        "--part publisht: is not a part of the validation\n"
        f"    allowed: {allowed}; did you mean 'published'?"
    )


def test_every_part_has_a_name_of_its_own() -> None:
    names = [part.name for part in run.PARTS]
    assert len(names) == len(set(names)) > 0
