"""What the reader of a served page has set: checked before anything is simulated."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from sim.errors import RequestError
from sim.scenario.edit import edit_scenario
from sim.scenario.schema.scenario import Scenario

FIRST_WORLDS, MORE_WORLDS = 250, 1000
"""Worlds that are simulated at once, and those that follow."""
_MOST_SETTINGS = 100
_MOST_TEXT = 500


@dataclass(frozen=True)
class Position:
    """One position of the controls of a page.

    Attributes:
        page: an id that the page drew for itself.
        number: counts the positions of the page; the highest is the newest.
        side: the name of the scenario that is changed.
        settings: its changes, each `key.path=value`.
        worlds: how many worlds are asked for.
    """

    page: str
    number: int
    side: str
    settings: tuple[str, ...]
    worlds: int


def read_position(sent: Any) -> Position:
    """Return the position in a request.

    Raises:
        RequestError: the request is not of the form that the page sends.
    """
    if not isinstance(sent, dict):
        raise RequestError("the request is not an object")
    settings = (*_numbers(sent.get("numbers")), *_switches(sent.get("mechanisms")))
    lines = _texts(sent.get("lines"), "lines")
    page, side = _texts([sent.get("page"), sent.get("side")], "page and side")
    number, worlds = sent.get("number"), sent.get("worlds")
    if not isinstance(number, int) or worlds not in (FIRST_WORLDS, MORE_WORLDS):
        raise RequestError(f"worlds: allowed are {FIRST_WORLDS} and {MORE_WORLDS}; number: whole")
    return Position(page, number, side, (*settings, *lines), worlds)


def edited(scenario: Scenario, position: Position) -> Scenario:
    """Return the scenario as it stands at a position.

    Raises:
        ScenarioError: the changes make no valid scenario.
        RequestError: a change is not of the form `key.path=value`, or leaves the range.
    """
    return edit_scenario(scenario, position.settings)


def _numbers(sent: Any) -> list[str]:
    """Return numbers as settings that fix them in every world, inside their range or not."""
    settings = []
    for key, value in _entries(sent, "numbers"):
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise RequestError(f"{key}: is not a number")
        settings += [f"{key}.{part}={value!r}" for part in ("value", "low", "high")]
    return settings


def _switches(sent: Any) -> list[str]:
    return [
        f"mechanisms.{name}={'true' if on else 'false'}"
        for name, on in _entries(sent, "mechanisms")
    ]


def _entries(sent: Any, name: str) -> list[tuple[str, Any]]:
    if sent is None:
        return []
    if not isinstance(sent, dict) or len(sent) > _MOST_SETTINGS:
        raise RequestError(f"{name}: is not an object of at most {_MOST_SETTINGS} entries")
    return list(sent.items())


def _texts(sent: Any, name: str) -> list[str]:
    texts = [] if sent is None else sent
    if not isinstance(texts, list) or len(texts) > _MOST_SETTINGS:
        raise RequestError(f"{name}: is not a list of at most {_MOST_SETTINGS}")
    if not all(isinstance(text, str) and len(text) <= _MOST_TEXT for text in texts):
        raise RequestError(f"{name}: is not text of at most {_MOST_TEXT} characters")
    return texts
