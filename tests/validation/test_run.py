"""Parts are made side by side; one that breaks breaks no other; what a user can mend is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sim.errors import LivingError, Problem, RequestError, ScenarioError, SimError
from sim.validation import run
from sim.validation.check import Check, Part
from sim.validation.run import Asked, Broken, Maker, Told, chosen, validate

ASKED = Asked(Path("scenarios"), quick=True)


def part(name: str, asked: Asked, told: Told) -> Part:
    """A part that lives five worlds, and says what was asked of it."""
    told(2)
    told(5)
    says = f"{asked.scenarios} {asked.questions} {asked.quick}"
    line = Check(code="X1", claim="c", target="t", value=1.0, verdict="met", says=says)
    return Part(name=name, title=name.title(), summary=(), checks=(line,))


def failing(error: Exception, asked: Asked, told: Told) -> Part:
    raise error


def faulty(asked: Asked, told: Told) -> Part:
    raise ScenarioError([Problem(Path("q.csv"), 3, "H01", "is not a question")])


def maker(name: str, make: Callable[[Asked, Told], Part] | None = None) -> Maker:
    return Maker(name, lives=False, make=make or partial(part, name))


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, and in two of their own."""
    monkeypatch.setattr(run, "processors", lambda: request.param)


@pytest.mark.usefixtures("processes")
def test_parts_come_in_their_order_with_the_worlds_they_lived() -> None:
    finished: list[None] = []
    found = validate([maker("b"), maker("a")], ASKED, lambda: finished.append(None))
    assert [each.name for each in found.parts] == ["b", "a"]
    assert (found.worlds, found.broken, len(finished)) == (10, (), 2)


@pytest.mark.usefixtures("processes")
def test_what_was_asked_reaches_a_part() -> None:
    (found,) = validate([maker("a")], Asked(Path("s"), Path("q.csv")), lambda: None).parts
    assert found.checks[0].says == "s q.csv False"


@pytest.mark.usefixtures("processes")
def test_a_part_that_breaks_is_told_and_breaks_no_other() -> None:
    broken = maker("broken", partial(failing, ZeroDivisionError("no cases")))
    found = validate([maker("a"), broken, maker("c")], ASKED, lambda: None)
    assert [each.name for each in found.parts] == ["a", "c"]
    assert [each.name for each in found.broken] == ["broken"]
    assert found.broken[0].says.startswith("Traceback")
    assert found.broken[0].says.endswith("ZeroDivisionError: no cases\n")
    assert found.broken[0].exit_code == 1


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("error", [RequestError("install it"), LivingError("no worlds")])
def test_what_a_part_lacks_is_told_in_its_own_words(error: SimError) -> None:
    lacking = maker("lacking", partial(failing, error))
    found = validate([lacking, maker("a")], ASKED, lambda: None)
    assert [each.name for each in found.parts] == ["a"]
    assert found.broken == (Broken("lacking", str(error), error.exit_code),)


@pytest.mark.usefixtures("processes")
def test_a_fault_in_a_file_ends_it() -> None:
    with pytest.raises(ScenarioError) as told:
        validate([maker("a"), maker("faulty", faulty)], ASKED, lambda: None)
    assert str(told.value) == "q.csv:3: H01: is not a question"


def test_without_names_all_parts_are_made_and_with_names_those() -> None:
    assert chosen(()) == run.PARTS
    assert [each.name for each in chosen(["published", "published"])] == ["published"]


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(RequestError) as told:
        chosen(["publisht"])
    allowed = ", ".join(each.name for each in run.PARTS)
    assert str(told.value) == (
        "--part publisht: is not a part of the validation\n"
        f"    allowed: {allowed}; did you mean 'published'?"
    )


def test_every_part_has_a_name_of_its_own() -> None:
    names = [each.name for each in run.PARTS]
    assert len(names) == len(set(names)) > 0
