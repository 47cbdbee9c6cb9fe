"""How each kind of decision is put to a class; and the other words of the game."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from sim.analysis.stories.phrases import fill_sentence, with_article
from sim.analysis.stories.story import subject_name
from sim.play.sheet import Mode
from sim.scenario.playable import Occasion
from sim.scenario.schema.quantity import FrozenModel
from sim.scenario.schema.scenario import Scenario

_FOLDER = Path(__file__).parent


class DecisionWords(FrozenModel):
    """How one kind of decision is put to a class; `decisions.toml` explains the entries."""

    mode: Mode
    question: str = ""
    options: tuple[tuple[str | int, ...], ...] = ()
    beside: str = Field(default="", alias="with")
    together: bool = False
    always: bool = False
    ahead: bool = False
    rank: int = 0
    note: str = ""


@cache
def load_words() -> dict[str, DecisionWords]:
    """Return how decisions are put to a class, by their names in the file."""
    content = tomllib.loads((_FOLDER / "decisions.toml").read_text("utf-8"))
    return {name: DecisionWords.model_validate(entry) for name, entry in content.items()}


@cache
def load_game_phrases() -> dict[str, Any]:
    """Return the other words of the game, by section of the file."""
    return tomllib.loads((_FOLDER / "phrases.toml").read_text("utf-8"))


def words_of(occasion: Occasion) -> DecisionWords:
    """Return how a decision is put; one without words of its own is left to the model."""
    words = load_words()
    named = f"{occasion.what} {occasion.about}"
    return words.get(named) or words.get(occasion.what) or DecisionWords(mode=Mode.NEVER)


def fill(
    template: str, scenario: Scenario, who: str = "", towards: str = "", about: str = ""
) -> str:
    """Return a template with the names that belong to codes, capitalised as a sentence."""
    if about in scenario.rivalries and _names_both(scenario, about):
        template = template.replace(" ({about})", "")
    return fill_sentence(
        template,
        who=name_of(scenario, who),
        actor=name_of(scenario, who),
        towards=name_of(scenario, towards),
        about=subject_name(scenario, about).removeprefix("the ") if about else "",
    )


def name_of(scenario: Scenario, code: str) -> str:
    """Return the name of an actor within a sentence."""
    return with_article(scenario.actors[code].name) if code in scenario.actors else code


def _names_both(scenario: Scenario, rivalry: str) -> bool:
    """Whether the name of a rivalry says no more than who the rivals are."""
    spec = scenario.rivalries[rivalry]
    return all(scenario.actors[rival].name in spec.name for rival in spec.between)
