"""What the columns of the tables hold: the unit and the label of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sim.model.measures.registry import Measure
from sim.scenario.schema.scenario import Scenario


class ColumnNote(NamedTuple):
    """The unit and the label of a column; either may be empty."""

    unit: str
    label: str


ColumnNotes = dict[str, ColumnNote]
"""Notes by column. A column that has none needs none, or belongs to another engine."""

_KEY_NOTES: ColumnNotes = {
    "point": ColumnNote("", "id of the point of the sweep"),
    "world": ColumnNote("", "number of the world; the same number is the same random draws"),
    "month": ColumnNote("months", "month, from 1; the state is that at its end"),
}
"""The columns that say which row of a table it is."""
_EVENT_NOTES: ColumnNotes = {
    "event": ColumnNote("", "what happened; results/README.md lists the events"),
    "actor": ColumnNote("", "who did it, or to whom it happened"),
    "towards": ColumnNote("", "towards whom"),
    "subject": ColumnNote("", "the treaty, rivalry or exchange that it is about"),
    "level": ColumnNote("", "rung of a dispute, level of aid, tier of technology, or a number"),
}
_COUNT_NOTES: ColumnNotes = {
    "column": ColumnNote("", "a quantity at the end of a month, named as a column of months"),
    "month": ColumnNote("months", "month, from 1; at 0 whether it is other than 0 in any month"),
    "value": ColumnNote("", "its value, rounded to eight binary digits"),
    "worlds": ColumnNote("worlds", "number of worlds with this value"),
}
_MONTH_KINDS: ColumnNotes = {
    "rung": ColumnNote(
        "1 to 5", "1 no dispute, 2 threat, 3 display of force, 4 use of force, 5 war"
    ),
    "front": ColumnNote("-1 to 1", "ground won in the war: 1 the attacker has won"),
    "weariness": ColumnNote("0 to 1", "mean weariness of the two principals at war"),
    "binding": ColumnNote("0 to 1", "how far it binds: 1 in force, less when only signed"),
    "invoked": ColumnNote("calls", "calls for aid due under it so far"),
    "delivered": ColumnNote("million rounds", "munitions delivered in the month"),
    "seen": ColumnNote("million rounds", "munitions delivered, as others estimate them"),
    "present": ColumnNote("thousand soldiers", "soldiers with the buyer"),
    "tier": ColumnNote("tier, 0 to 4", "highest technology transferred so far"),
    "debt": ColumnNote("billion USD", "debt of the buyer"),
    "enforcement": ColumnNote("0 to 1", "how well sanctions are enforced"),
    "cover": ColumnNote("chance", "chance that a draft would be vetoed"),
    "provocations": ColumnNote("provocations", "provocations in the month"),
    "tension": ColumnNote("1 is the baseline", "tension that it causes"),
    "coordination": ColumnNote("0 to 1", "how well its members coordinate"),
    "threat": ColumnNote("1 is the first day", "threat that it perceives"),
    "dependence": ColumnNote("0 to 1", "how far the client depends on the patron"),
    "output": ColumnNote("1 is the first day", "munitions output"),
    "programme": ColumnNote("0 to 1", "progress of the weapons programme"),
}
"""Columns of the table of months, by what stands before the code of whom they are about."""


def note_tables(measures: Iterable[Measure], scenario: Scenario) -> dict[str, ColumnNotes]:
    """Return the notes of every table of a run, by table."""
    return {
        "worlds": _KEY_NOTES
        | {measure.name: ColumnNote(measure.unit, measure.label) for measure in measures},
        "months": _KEY_NOTES | _note_months(scenario),
        "events": _KEY_NOTES | _EVENT_NOTES,
        "month_counts": _COUNT_NOTES,
        "month_samples": _KEY_NOTES | _note_months(scenario),
    }


def _note_months(scenario: Scenario) -> ColumnNotes:
    """Return the notes of the table of months, and of columns that it could have."""
    return {
        f"{kind}_{code}": ColumnNote(note.unit, f"{name}: {note.label}")
        for code, name in _name_entities(scenario)
        for kind, note in _MONTH_KINDS.items()
    }


def note_factors(keys: Sequence[str], scenario: Scenario) -> ColumnNotes:
    """Return the notes of the design of a sweep, whose columns are the keys that are varied."""
    numbers = dict(scenario.iter_quantities())
    return _KEY_NOTES | {
        key: ColumnNote(numbers[key].unit, numbers[key].meaning) for key in keys if key in numbers
    }


def _name_entities(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of everything that a column of months may be about."""
    actors = scenario.actors
    for table in (actors, scenario.rivalries, scenario.treaties, scenario.exchanges):
        yield from ((code, entity.name) for code, entity in table.items())
    yield from ((code, council.name) for code, council in scenario.councils.items())
    yield from ((code, bloc.name) for code, bloc in scenario.blocs.items())
    for code, patronage in scenario.patronages.items():
        yield code, f"{actors[patronage.client].name} and {actors[patronage.patron].name}"
