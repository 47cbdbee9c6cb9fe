"""What is reported of each world: every measure's name, unit and how it is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from sim.scenario.schema import Scenario
from sim.scenario.treaties import Obligation


class Kind(StrEnum):
    """How a measure is summed up over worlds."""

    HAPPENED = "happened"
    """It did or did not; reported as the share of worlds."""
    AMOUNT = "amount"
    """A number; reported as the mean over worlds."""


@dataclass(frozen=True)
class Measure:
    """One column of the table of worlds.

    Attributes:
        name: the column.
        unit: what its numbers count.
        label: what it says, in words.
        kind: how it is summed up.
        given: another column, true or false; worlds where it is false are left out.
        headline: whether the short table shows it.
    """

    name: str
    unit: str
    label: str
    kind: Kind
    given: str = ""
    headline: bool = False


def measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of a scenario, in the order of the columns.

    They depend on who and what the scenario names, not on whether a treaty was concluded, so that
    a scenario and its counterfactual have the same columns.
    """
    shown = set(scenario.headlines)
    every = (*_overall(), *_treaties(scenario), *_rivalries(scenario), *_actors(scenario))
    return tuple(replace(measure, headline=measure.name in shown) for measure in every)


def _happened(name: str, label: str, given: str = "") -> Measure:
    return Measure(name, "share of worlds", label, Kind.HAPPENED, given)


def _overall() -> Iterator[Measure]:
    yield _happened("war_any", "a new war breaks out somewhere")
    yield _happened("war_wider", "an actor enters a war of others")
    yield Measure("disputes", "disputes per world", "disputes begun", Kind.AMOUNT)
    yield _happened("nuclear_use", "a nuclear weapon is used (rests on an assumption)")


def _treaties(scenario: Scenario) -> Iterator[Measure]:
    for code, treaty in scenario.treaties.items():
        if not {Obligation.DEFENCE, Obligation.OFFENCE} & set(treaty.obligations):
            continue
        called, name = f"invoked_{code}", treaty.name
        yield _happened(f"in_force_{code}", f"{name}: in force at the end")
        yield _happened(called, f"{name}: invoked")
        yield _happened(
            f"honoured_{code}", f"{name}: honoured at least once, where invoked", called
        )
        yield _happened(
            f"reneged_{code}", f"{name}: reneged on at least once, where invoked", called
        )
        level = f"{name}: furthest aid given, where invoked"
        yield Measure(f"level_{code}", "level, 0 none to 3 open war", level, Kind.AMOUNT, called)


def _rivalries(scenario: Scenario) -> Iterator[Measure]:
    under_way = {war.rivalry for war in scenario.wars.values()}
    for code, rivalry in scenario.rivalries.items():
        name = rivalry.name
        yield Measure(
            f"disputes_{code}", "disputes per world", f"{name}: disputes begun", Kind.AMOUNT
        )
        yield _happened(f"force_{code}", f"{name}: force is used")
        yield _happened(f"war_{code}", f"{name}: a new war breaks out")
        if code in under_way:
            yield _happened(f"peace_{code}", f"{name}: the war under way ends")
            yield _happened(f"home_soil_{code}", f"{name}: the attacker's home soil is attacked")


def _actors(scenario: Scenario) -> Iterator[Measure]:
    for code, actor in scenario.actors.items():
        yield _happened(f"entered_{code}", f"{actor.name} enters a war of others")
        yield _happened(f"entrapped_{code}", f"{actor.name} is dragged into a war by its promise")
        yield _happened(f"abandoned_{code}", f"{actor.name} calls for what is due and is refused")
