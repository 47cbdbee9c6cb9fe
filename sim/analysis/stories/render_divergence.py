"""Two histories of a world put on paper: where they part, side by side, and whom it reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from sim.analysis.comparison.inputs import ABSENT, Input
from sim.analysis.stories.divergence import Apart, Difference, Parting
from sim.analysis.stories.layout import CAVEAT, choice_record, day, filled
from sim.analysis.stories.phrases import listed, named, odds, phrases
from sim.analysis.stories.replay import Choice, Event, Life
from sim.analysis.stories.story import at_once, called, gathered, told
from sim.model.calendar import first_day
from sim.scenario.schema.quantity import Quantity

MONTHS = 12
"""Months of the chain that are shown, unless all are asked for."""
_COLUMN = 38


@dataclass(frozen=True)
class Pair:
    """Two histories of the same world, what differs in them and in what they assume.

    Attributes:
        names: what the two are called.
        lives: the two histories.
        inputs: what they assume differently.
        found: how the histories differ.
        every: whether all months of the chain are shown.
    """

    names: tuple[str, str]
    lives: tuple[Life, Life]
    inputs: list[Input]
    found: Difference
    every: bool = False

    @property
    def title(self) -> str:
        """The heading."""
        return f"World {self.lives[0].world}, in {self.names[0]} and in {self.names[1]}"

    @property
    def chain(self) -> list[Apart]:
        """The months of the chain that are shown."""
        return self.found.chain if self.every else self.found.chain[:MONTHS]


def as_text(pair: Pair) -> str:
    """Return the two histories side by side, in plain text that fits 80 columns."""
    lines = [pair.title, "=" * len(pair.title), "", "What they assume differently"]
    lines += [filled(f"- {said}", "  ", "    ") for said in inputs_told(pair)]
    lines += ["", "Where they part"]
    lines += [filled(said, "  ", "  ") for said in parting_told(pair)]
    if pair.found.chain:
        lines += ["", "What follows", *_columns(*pair.names), *_columns(*("-" * _COLUMN,) * 2)]
        lines += [line for month in pair.chain for line in _text_month(pair, month)]
        lines += [filled(said, "  ", "  ") for said in _left_out(pair)]
    lines += ["", "Whom it reached", *(filled(said, "  ", "  ") for said in reach_told(pair))]
    return "\n".join([*lines, "", filled(CAVEAT), ""])


def as_page(pair: Pair) -> str:
    """Return the two histories side by side, as Markdown."""
    lines = [f"# {pair.title}", "", "## What they assume differently", ""]
    lines += [f"- {said}" for said in inputs_told(pair)]
    lines += ["", "## Where they part", "", *parting_told(pair)]
    if pair.found.chain:
        lines += ["", "## What follows", "", f"| Month | {pair.names[0]} | {pair.names[1]} |"]
        lines += ["|---|---|---|", *(_page_month(pair, month) for month in pair.chain)]
        lines += ["", *_left_out(pair)]
    return "\n".join([*lines, "", "## Whom it reached", "", *reach_told(pair), "", CAVEAT, ""])


def as_record(pair: Pair) -> dict[str, Any]:
    """Return the difference in full figures."""
    return {
        "world": pair.lives[0].world,
        "sides": list(pair.names),
        "inputs": [
            {"key": one.key, "meaning": one.meaning, "values": [_shown(v) for v in one.values]}
            for one in pair.inputs
        ],
        "first": _parting_record(pair.found.first),
        "chain": [_apart_record(pair, month) for month in pair.found.chain],
        "reach": vars(pair.found.reach),
    }


def inputs_told(pair: Pair) -> Iterator[str]:
    """Yield what the two assume differently, a sentence each."""
    for one in pair.inputs:
        left, right = (_shown(value) for value in one.values)
        yield f"{one.key}: {left} in {pair.names[0]}, {right} in {pair.names[1]}"
    if not pair.inputs:
        yield "nothing"


def parting_told(pair: Pair) -> Iterator[str]:
    """Yield where the histories part, in sentences."""
    first = pair.found.first
    if first is None:
        apart = "every decision came out alike."
        yield f"Nowhere: {apart}"
        return
    begins = first_day(first.month, pair.lives[0].scenario.start)
    yield f"In the month from {day(begins)} (month {first.month}): {_question(pair, first)}."
    for name, choice in zip(pair.names, (first.one, first.other), strict=True):
        yield _answer(name, choice)
    if first.one and first.other:
        yield f"The luck was the same: drawn {first.one.drawn:.4g}."
        yield from _why(pair, first.one, first.other)


def reach_told(pair: Pair) -> Iterator[str]:
    """Yield whom the difference reached, and whom not."""
    words = (
        ("reached", "Took part in something that happened in one history only"),
        ("nudged", "Had other chances, and yet did and suffered the same"),
        ("untouched", "Never reached"),
    )
    for group, said in words:
        codes = getattr(pair.found.reach, group)
        names = listed([_name(pair, code) for code in codes]) if codes else "nobody"
        yield f"{said}: {names}."


def _question(pair: Pair, parting: Parting) -> str:
    """Return what was decided, as a phrase."""
    what, who, towards, about = parting.occasion
    template = phrases()["question"].get(what, phrases()["question"]["other"])
    return str(
        template.format(
            what=what,
            who=_actor(pair, who),
            towards=_actor(pair, towards),
            about=_about(pair, about),
        )
    )


def _about(pair: Pair, code: str) -> str:
    """Return what a decision was about: a bloc by its members, all else by its name."""
    scenario = pair.lives[0].scenario
    bloc = scenario.blocs.get(code)
    return listed([_name(pair, each) for each in bloc.members]) if bloc else called(scenario, code)


def _answer(name: str, choice: Choice | None) -> str:
    if choice is None:
        return f"In {name} the question did not come up."
    if choice.occasion.what == "shock":
        return f"In {name} the scenario assumes it."
    levels = phrases()["levels"].get(choice.occasion.what, ["no", "yes"])
    level = levels[min(choice.level, len(levels) - 1)]
    return (
        f"In {name}: {level}, at a chance of {odds(choice.chances[0])} ({choice.chances[0]:.4g})."
    )


def _why(pair: Pair, one: Choice, other: Choice) -> Iterator[str]:
    """Yield which considerations weighed otherwise, the most first."""
    moved = {
        name: one.terms.get(name, 0.0) - other.terms.get(name, 0.0)
        for name in {**one.terms, **other.terms}
    }
    most = sorted((name for name in moved if abs(moved[name]) > 1e-6), key=lambda n: -abs(moved[n]))
    said = [f"{name.replace('_', ' ')} ({moved[name]:+.2g})" for name in most[:3]]
    if said:
        yield f"What weighed otherwise in {pair.names[0]}, in log-odds: {listed(said)}."


def _text_month(pair: Pair, month: Apart) -> Iterator[str]:
    yield f"From {day(first_day(month.month, pair.lives[0].scenario.start))} (month {month.month})"
    for left, right in zip_longest(*_said(pair, month), fillvalue=""):
        yield from _columns(left, right)


def _page_month(pair: Pair, month: Apart) -> str:
    left, right = (" ".join(said) for said in _said(pair, month))
    begins = first_day(month.month, pair.lives[0].scenario.start)
    return f"| {day(begins)} | {left} | {right} |"


def _said(pair: Pair, month: Apart) -> tuple[list[str], list[str]]:
    one, other = pair.lives
    return _sentences(one, month.one), _sentences(other, month.other)


def _sentences(life: Life, events: list[Event]) -> list[str]:
    """Return what is told of events; what only carries out another one of them is not."""
    return [_sentence(life, event) for event in events if not at_once(event, events)]


def _sentence(life: Life, event: Event) -> str:
    if event.event in phrases()["routine"]:
        return gathered(life.scenario, [event])
    return told(life, event, alone=True)


def _columns(left: str, right: str) -> list[str]:
    """Return two texts as lines in two columns."""
    pairs = zip_longest(wrap(left, _COLUMN), wrap(right, _COLUMN), fillvalue="")
    return [f"  {one:<{_COLUMN}}  {other}".rstrip() for one, other in pairs]


def _left_out(pair: Pair) -> Iterator[str]:
    if more := len(pair.found.chain) - len(pair.chain):
        yield f"They differ in {more} more months; --all shows them."


def _parting_record(parting: Parting | None) -> dict[str, Any] | None:
    if parting is None:
        return None
    sides = [choice_record(each) if each else None for each in (parting.one, parting.other)]
    return {"month": parting.month, **parting.occasion._asdict(), "sides": sides}


def _apart_record(pair: Pair, month: Apart) -> dict[str, Any]:
    one, other = (
        [event._asdict() | {"text": _sentence(life, event)} for event in events]
        for life, events in zip(pair.lives, (month.one, month.other), strict=True)
    )
    return {"month": month.month, "only": [one, other], "alike": month.alike}


def _shown(value: object) -> Any:
    if value is ABSENT:
        return "absent"
    if isinstance(value, Quantity):
        spread = "" if value.certain else f" ({value.low:g} to {value.high:g})"
        return f"{value.value:g}{spread}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is None or isinstance(value, str | int | float) else "a table"


def _actor(pair: Pair, code: str) -> str:
    """Return an actor's name, or that of the two rivals, as a die may belong to a quarrel."""
    rivalry = pair.lives[0].scenario.rivalries.get(code)
    return listed([_name(pair, each) for each in rivalry.between]) if rivalry else _name(pair, code)


def _name(pair: Pair, code: str) -> str:
    actors = pair.lives[0].scenario.actors
    return named(actors[code].name) if code in actors else code
