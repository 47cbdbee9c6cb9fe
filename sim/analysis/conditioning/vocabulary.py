"""The names a condition may use: the events of the model, and readable names for the commonest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.model.recording.events import EVENTS
from sim.scenario.checks.arrangements import PROVOCATION_CLASSES
from sim.scenario.schema.scenario import Scenario


class Pattern(NamedTuple):
    """Rows of the table of events.

    Attributes:
        event: the event.
        subject: the subject that a row must have; any if empty.
        at_least: the lowest level that a row may have.
    """

    event: str
    subject: str = ""
    at_least: int = 0


ALIASES: dict[str, tuple[Pattern, ...]] = {
    "soldiers_sent": (Pattern("troops_sent"),),
    "soldiers_seen": (Pattern("troops_seen"),),
    "ceasefire": (Pattern("ceasefire"), Pattern("peace")),
    "war_ends": (Pattern("ceasefire"), Pattern("peace"), Pattern("victory")),
    "invoked": (Pattern("called"),),
    "refused": (Pattern("reneged"),),
    "aid_sent": (Pattern("sends"),),
    "intervention": (Pattern("sends", at_least=3), Pattern("joins")),
    "new_war": (Pattern("war"),),
    "home_soil_attack": (Pattern("home_soil"),),
    "technology_transferred": (Pattern("technology"),),
    "acknowledged": (Pattern("admits"),),
    "vetoed": (Pattern("veto"),),
    "sanctions_adopted": (Pattern("adopted"),),
    "nuclear_test": (Pattern("provocation", "nuclear"),),
    "icbm_test": (Pattern("provocation", "icbm"),),
    "ballistic_test": (Pattern("provocation", "ballistic"),),
    "satellite_launch": (Pattern("provocation", "satellite"),),
}
"""Readable names; the rows of any of the patterns count.

`ceasefire` is also an event of the model, that a scenario assumes; here an agreed peace counts too.
"""


def find_patterns(name: str, recorded: set[str]) -> tuple[Pattern, ...]:
    """Return the rows that a name stands for; nothing where it is no event.

    Args:
        name: an alias, or an event.
        recorded: the events that the table holds, which may be of another version of the model.
    """
    if name in ALIASES:
        return ALIASES[name]
    return (Pattern(name),) if name in EVENTS or name in recorded else ()


def describe_patterns(name: str) -> str:
    """Return what an alias stands for, such as `peace or ceasefire`; nothing for an event."""
    patterns = ALIASES.get(name, ())
    return " or ".join(
        " ".join(part for part in (event, subject, f"of level {level}" * bool(level)) if part)
        for event, subject, level in patterns
    )


def entity_codes(scenario: Scenario) -> Iterator[str]:
    """Yield the codes of a scenario that a row of the table of events may have."""
    for table in (
        scenario.actors,
        scenario.treaties,
        scenario.rivalries,
        scenario.exchanges,
        scenario.councils,
        scenario.blocs,
        scenario.patronages,
        scenario.armings,
    ):
        yield from table
    yield from PROVOCATION_CLASSES
