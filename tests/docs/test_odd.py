"""The description of the model, in the ODD protocol, says what the code does."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

import pytest

from sim.model.model import AllianceModel
from tests.docs.pages import MODEL, SCHEDULE, TOP, name, text
from tests.worlds import real

sys.path.insert(0, str(TOP / ".ci"))
month, variables = (import_module(each) for each in ("month", "variables"))

PAGES = [page for page in MODEL if "```math" in text(page)]
GIVEN = {
    "State": {
        "scenario",
        "streams",
        "rules",
        "treaties",
        "rivalries",
        "nothing",
        "no_world",
        "one",
    },
    "Treaty": {"signed", "parties", "protected"},
}
"""What is no variable: other objects, constants, and what a text says once and for all."""
NAMES = {"code", "name", "spec"}
_ITEM = re.compile(r"^\d+\. (.*(?:\n   .*)*)", re.MULTILINE)
_IN_EQUATION = re.compile(r"\\mathrm\{([^}]*)\}")


def test_the_picture_of_the_month_is_drawn_from_the_code() -> None:
    assert text(month.PICTURE) == month.render_month(), "python .ci/month.py draws it anew"


def test_the_schedule_has_every_phase_in_order() -> None:
    items, steps = _ITEM.findall(text(SCHEDULE)), month.list_steps()
    assert len(items) == len(steps)
    words = [step.title.removeprefix("The ").removeprefix("opposing ").lower() for step in steps]
    assert [word for word, item in zip(words, items, strict=True) if word not in item.lower()] == []


def test_a_phase_without_a_label_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_elections() -> None: ...

    monkeypatch.setattr("sim.model.model._PHASES", (run_elections,))
    with pytest.raises(KeyError, match="run_elections"):
        month.list_steps()


def test_the_page_of_variables_is_made_of_the_code() -> None:
    assert text(variables.PAGE) == variables.render_variables(), "python .ci/variables.py renews it"


@pytest.fixture(scope="module")
def held() -> dict[str, list[Any]]:
    """Return the objects that hold the state of the pact after a month, by class."""
    model = AllianceModel(real("pact"), 0, 2)
    model.step()
    state = model.context.state
    groups = [group for group in vars(state.institutions).values() if isinstance(group, dict)]
    objects = [
        state,
        state.memory,
        *state.treaties.values(),
        *state.rivalries.values(),
        *(rivalry.war for rivalry in state.rivalries.values()),
        *(each for group in groups for each in group.values()),
    ]
    found: dict[str, list[Any]] = {}
    for each in objects:
        found.setdefault(type(each).__name__, []).append(each)
    return found


@pytest.mark.parametrize("owner", variables.CLASSES, ids=lambda owner: owner.__name__)
def test_every_state_variable_is_described_and_no_other(
    owner: type, held: dict[str, list[Any]]
) -> None:
    objects = held[owner.__name__]
    have = {name for each in objects for name in vars(each) if not name.startswith("_")}
    described = set(variables.list_variables(owner))
    fixed = NAMES | GIVEN.get(owner.__name__, set())
    assert sorted(have - described - fixed) == []
    gone = {name for name in described if not any(hasattr(each, name) for each in objects)}
    assert sorted(gone) == []


def test_every_class_of_state_has_its_table(held: dict[str, list[Any]]) -> None:
    assert set(held) <= {owner.__name__ for owner in variables.CLASSES}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_an_equation_names_is_in_the_code_or_explained_beside_it(page: Any) -> None:
    """A number or a state variable by its name; anything else is a word of the page."""
    numbers = {part for key, _ in real("pact").iter_quantities() for part in key.split(".")}
    state = {each for owner in variables.CLASSES for each in variables.list_variables(owner)}
    prose = re.sub(r"```math\n.*?```", "", text(page), flags=re.DOTALL).lower()
    named = {each.replace("\\_", "_") for each in _IN_EQUATION.findall(text(page))}
    unexplained = {
        word
        for word in named - numbers - state
        if word not in prose and word.replace("_", " ") not in prose
    }
    assert sorted(unexplained) == []
