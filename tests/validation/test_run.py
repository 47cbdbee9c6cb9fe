"""Parts are made side by side; one that breaks breaks no other; what a user can mend is told."""

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

ASKED = ValidationRequest(Path("scenarios"), quick=True)


def part(name: str, asked: ValidationRequest, told: OnProgress) -> ValidationPart:
    """A part that lives five worlds, and says what was asked of it."""
    told(2)
    told(5)
    says = f"{asked.scenarios} {asked.questions_file} {asked.quick}"
    line = Check(code="X1", claim="c", target="t", value=1.0, verdict="met", says=says)
    return ValidationPart(name=name, title=name.title(), summary=(), checks=(line,))


def failing(error: Exception, asked: ValidationRequest, told: OnProgress) -> ValidationPart:
    raise error


def faulty(asked: ValidationRequest, told: OnProgress) -> ValidationPart:
    raise ScenarioError([Problem(Path("q.csv"), 3, "H01", "is not a question")])


def maker(
    name: str, make: Callable[[ValidationRequest, OnProgress], ValidationPart] | None = None
) -> PartSpec:
    return PartSpec(name, simulates=False, build=make or partial(part, name))


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, and in two of their own."""
    monkeypatch.setattr(run, "count_processors", lambda: request.param)


@pytest.mark.usefixtures("processes")
def test_parts_come_in_their_order_with_the_worlds_they_lived() -> None:
    finished: list[None] = []
    found = run_validation([maker("b"), maker("a")], ASKED, lambda: finished.append(None))
    assert [each.name for each in found.parts] == ["b", "a"]
    assert (found.worlds, found.failed, len(finished)) == (10, (), 2)


@pytest.mark.usefixtures("processes")
def test_what_was_asked_reaches_a_part() -> None:
    (found,) = run_validation(
        [maker("a")], ValidationRequest(Path("s"), Path("q.csv")), lambda: None
    ).parts
    assert found.checks[0].says == "s q.csv False"


@pytest.mark.usefixtures("processes")
def test_a_part_that_breaks_is_told_and_breaks_no_other() -> None:
    broken = maker("broken", partial(failing, ZeroDivisionError("no cases")))
    found = run_validation([maker("a"), broken, maker("c")], ASKED, lambda: None)
    assert [each.name for each in found.parts] == ["a", "c"]
    assert [each.name for each in found.failed] == ["broken"]
    assert found.failed[0].message.startswith("Traceback")
    assert found.failed[0].message.endswith("ZeroDivisionError: no cases\n")
    assert found.failed[0].exit_code == 1


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("error", [RequestError("install it"), SimulationError("no worlds")])
def test_what_a_part_lacks_is_told_in_its_own_words(error: SimError) -> None:
    lacking = maker("lacking", partial(failing, error))
    found = run_validation([lacking, maker("a")], ASKED, lambda: None)
    assert [each.name for each in found.parts] == ["a"]
    assert found.failed == (FailedPart("lacking", str(error), error.exit_code),)


@pytest.mark.usefixtures("processes")
def test_a_fault_in_a_file_ends_it() -> None:
    with pytest.raises(ScenarioError) as told:
        run_validation([maker("a"), maker("faulty", faulty)], ASKED, lambda: None)
    assert str(told.value) == "q.csv:3: H01: is not a question"


def test_without_names_all_parts_are_made_and_with_names_those() -> None:
    assert select_parts(()) == run.PARTS
    assert [each.name for each in select_parts(["published", "published"])] == ["published"]


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(RequestError) as told:
        select_parts(["publisht"])
    allowed = ", ".join(each.name for each in run.PARTS)
    assert str(told.value) == (
        "--part publisht: is not a part of the validation\n"
        f"    allowed: {allowed}; did you mean 'published'?"
    )


def test_every_part_has_a_name_of_its_own() -> None:
    names = [each.name for each in run.PARTS]
    assert len(names) == len(set(names)) > 0
