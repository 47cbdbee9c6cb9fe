"""The decisions that can be taken by hand, and on which occasions a scenario has them.

The table is `playable.toml`. A decision is named by its kind, not by who takes it: an actor and a
rivalry may have the same code. Who decides is always an actor.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field
from pydantic.dataclasses import dataclass

from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.joint_occasions import JOINT_OCCASIONS
from sim.scenario.schema.scenario import Scenario

_PLAYABLE_FILE = Path(__file__).with_name("playable.toml")


class Occasion(NamedTuple):
    """A decision that can come up: what, who decides, towards whom, about what (codes or empty)."""

    what: str
    who: str
    towards: str = ""
    about: str = ""


@dataclass(frozen=True)
class PlayableDecision:
    """A kind of decision that can be taken by hand.

    Attributes:
        occasions: the name of the function below that lists who decides it, and about what.
        about: what it is about, in a word, such as a rivalry; empty where nothing need be named.
        levels: what can be decided, from level 0 on, in words; empty for a number of something.
        most: the largest number of it, where levels have no words.
    """

    occasions: str
    about: str = ""
    levels: tuple[str, ...] = ()
    most: int = Field(default=0, ge=0)
    drawn: bool = True
    """Whether the model draws it; else the rules give a share, of which each level is a step."""

    @property
    def highest(self) -> int:
        """The highest level that can be decided."""
        return len(self.levels) - 1 if self.levels else self.most

    def level_in_words(self, level: int) -> str:
        """Return a level in words; a number of something as digits."""
        return self.levels[level] if self.levels else str(level)

    @property
    def levels_in_words(self) -> str:
        """All levels in words, such as `0 no veto, 1 veto`."""
        if not self.levels:
            return f"0 to {self.most}"
        return ", ".join(f"{level} {words}" for level, words in enumerate(self.levels))


@cache
def load_playable() -> dict[str, PlayableDecision]:
    """Return the decisions that can be taken by hand, by their names."""
    content = tomllib.loads(_PLAYABLE_FILE.read_text(encoding="utf-8"))
    return {what: PlayableDecision(**entry) for what, entry in content.items()}


def list_occasions(scenario: Scenario, what: str = "") -> list[Occasion]:
    """Return every occasion on which a scenario has a decision that can be taken by hand.

    Args:
        scenario: the scenario.
        what: the kind of decision; every kind by default.
    """
    kinds = {what: load_playable()[what]} if what else load_playable()
    return [
        Occasion(name, *names)
        for name, decision in kinds.items()
        for names in _LISTS[decision.occasions](scenario)
    ]


_Names = tuple[str, str, str]
"""Who decides, towards whom and about what."""


def _rivals(scenario: Scenario) -> Iterator[_Names]:
    """Yield each side of a rivalry, towards the other."""
    for code, rivalry in scenario.rivalries.items():
        first, second = rivalry.between
        yield first, second, code
        yield second, first, code


def _sides(scenario: Scenario) -> Iterator[_Names]:
    """Yield each side of a rivalry, towards nobody."""
    for who, _, code in _rivals(scenario):
        yield who, "", code


def _allies(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may be called to a war by any of those who fight in it."""
    for code, rivalry in scenario.rivalries.items():
        for who in scenario.actors:
            for partner in scenario.actors:
                if who not in rivalry.between and who != partner:
                    yield who, partner, code


def _onlookers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may enter a war between others, for either of the two."""
    for code, rivalry in scenario.rivalries.items():
        for who in scenario.actors:
            for partner in rivalry.between if who not in rivalry.between else ():
                yield who, partner, code


def _proposers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who proposes in each council."""
    for code, council in scenario.councils.items():
        yield council.proposers[0], "", code


def _voters(scenario: Scenario) -> Iterator[_Names]:
    """Yield who can veto in each council."""
    for code, council in scenario.councils.items():
        for member in council.permanent:
            if member not in council.proposers:
                yield member, council.target, code


def _provokers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who provokes, by class of provocations."""
    for code in scenario.provokers:
        for name in PROVOCATION_CLASSES:
            yield code, "", name


def _suppliers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who supplies whom in each exchange."""
    for code, exchange in scenario.exchanges.items():
        yield exchange.supplier, exchange.buyer, code


def _buyers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who is supplied by whom in each exchange."""
    for who, towards, code in _suppliers(scenario):
        yield towards, who, code


def _payers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who is supplied by whom in each exchange in which the supplier is owed a return."""
    for who, towards, code in _buyers(scenario):
        if scenario.exchanges[code].paid:
            yield who, towards, code


def _patrons(scenario: Scenario) -> Iterator[_Names]:
    """Yield each patron towards its client."""
    for patronage in scenario.patronages.values():
        yield patronage.patron, patronage.client, ""


def _leaders(scenario: Scenario) -> Iterator[_Names]:
    """Yield who leads each bloc."""
    for code, bloc in scenario.blocs.items():
        yield bloc.members[0], "", code


def _armers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may arm whom."""
    for code, arming in scenario.armings.items():
        yield arming.actor, arming.beneficiary, code


_LISTS: dict[str, Callable[[Scenario], Iterator[_Names]]] = {
    "rivals": _rivals,
    "sides": _sides,
    "allies": _allies,
    "onlookers": _onlookers,
    "proposers": _proposers,
    "voters": _voters,
    "provokers": _provokers,
    "suppliers": _suppliers,
    "buyers": _buyers,
    "payers": _payers,
    "patrons": _patrons,
    "leaders": _leaders,
    "armers": _armers,
    **JOINT_OCCASIONS,
}
"""The lists of occasions, by the names that the table uses."""
