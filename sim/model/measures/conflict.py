"""Measures of disputes, wars, treaties and actors."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount, happened
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation


def conflict_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from _overall()
    yield from _treaties(scenario)
    yield from _rivalries(scenario)
    yield from _actors(scenario)


def _overall() -> Iterator[Measure]:
    yield happened("war_any", "a new war breaks out somewhere")
    yield happened("war_wider", "an actor enters a war of others")
    yield amount("disputes", "disputes per world", "disputes begun")
    yield happened("nuclear_use", "a nuclear weapon is used (rests on an assumption)")


def _treaties(scenario: Scenario) -> Iterator[Measure]:
    for code, treaty in scenario.treaties.items():
        if not {Obligation.DEFENCE, Obligation.OFFENCE} & set(treaty.obligations):
            continue
        called, name = f"invoked_{code}", treaty.name
        yield happened(f"in_force_{code}", f"{name}: in force at the end")
        yield happened(called, f"{name}: invoked")
        yield happened(f"honoured_{code}", f"{name}: honoured at least once, where invoked", called)
        yield happened(
            f"reneged_{code}", f"{name}: reneged on at least once, where invoked", called
        )
        level = f"{name}: furthest aid given, where invoked"
        yield amount(f"level_{code}", "level, 0 none to 3 open war", level, called)


def _rivalries(scenario: Scenario) -> Iterator[Measure]:
    under_way = {war.rivalry for war in scenario.wars.values()}
    for code, rivalry in scenario.rivalries.items():
        name = rivalry.name
        yield amount(f"disputes_{code}", "disputes per world", f"{name}: disputes begun")
        yield happened(f"force_{code}", f"{name}: force is used")
        yield happened(f"war_{code}", f"{name}: a new war breaks out")
        if code in under_way:
            yield happened(f"peace_{code}", f"{name}: the war under way ends")
            yield happened(f"home_soil_{code}", f"{name}: the attacker's home soil is attacked")
            yield amount(
                f"front_{code}", "-1 to 1", f"{name}: ground held by the attacker at the end"
            )


def _actors(scenario: Scenario) -> Iterator[Measure]:
    for code, actor in scenario.actors.items():
        yield happened(f"entered_{code}", f"{actor.name} enters a war of others")
        yield happened(f"entrapped_{code}", f"{actor.name} is dragged into a war by its promise")
        yield happened(f"abandoned_{code}", f"{actor.name} calls for what is due and is refused")
