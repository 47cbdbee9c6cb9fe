"""Measures of disputes, wars, treaties and actors."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount_measure, event_measure
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation


def conflict_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from _overall()
    yield from _treaties(scenario)
    yield from _rivalries(scenario)
    yield from _actors(scenario)


def _overall() -> Iterator[Measure]:
    yield event_measure("war_any", "a new war breaks out somewhere")
    yield event_measure("war_wider", "an actor enters a war of others")
    yield amount_measure("disputes", "disputes per world", "disputes begun")
    yield event_measure("nuclear_use", "a nuclear weapon is used (rests on an assumption)")


def _treaties(scenario: Scenario) -> Iterator[Measure]:
    for code, treaty in scenario.treaties.items():
        if not {Obligation.DEFENCE, Obligation.OFFENCE} & set(treaty.obligations):
            continue
        called, name = f"invoked_{code}", treaty.name
        yield event_measure(f"in_force_{code}", f"{name}: in force at the end")
        yield event_measure(called, f"{name}: invoked")
        yield event_measure(
            f"honoured_{code}", f"{name}: honoured at least once, where invoked", called
        )
        yield event_measure(
            f"reneged_{code}", f"{name}: reneged on at least once, where invoked", called
        )
        level = f"{name}: furthest aid given, where invoked"
        yield amount_measure(f"level_{code}", "level, 0 none to 3 open war", level, called)


def _rivalries(scenario: Scenario) -> Iterator[Measure]:
    under_way = {war.rivalry for war in scenario.wars.values()}
    for code, rivalry in scenario.rivalries.items():
        name = rivalry.name
        yield amount_measure(f"disputes_{code}", "disputes per world", f"{name}: disputes begun")
        yield event_measure(f"force_{code}", f"{name}: force is used")
        yield event_measure(f"war_{code}", f"{name}: a new war breaks out")
        if code in under_way:
            yield event_measure(f"peace_{code}", f"{name}: the war under way ends")
            yield event_measure(
                f"home_soil_{code}", f"{name}: the attacker's home soil is attacked"
            )
            yield amount_measure(
                f"front_{code}", "-1 to 1", f"{name}: ground held by the attacker at the end"
            )


def _actors(scenario: Scenario) -> Iterator[Measure]:
    for code, actor in scenario.actors.items():
        yield event_measure(f"entered_{code}", f"{actor.name} enters a war of others")
        yield event_measure(
            f"entrapped_{code}", f"{actor.name} is dragged into a war by its promise"
        )
        yield event_measure(
            f"abandoned_{code}", f"{actor.name} calls for what is due and is refused"
        )
