"""Measures of exchanges, councils, provokers, blocs, patrons and those who may arm others."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount_measure, event_measure
from sim.scenario.schema.scenario import Scenario


def institution_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from _exchanges(scenario)
    yield from _programmes(scenario)
    yield from _councils(scenario)
    yield from _provokers(scenario)
    yield from _blocs(scenario)
    yield from _patronages(scenario)
    yield from _armings(scenario)


def _exchanges(scenario: Scenario) -> Iterator[Measure]:
    for code, exchange in scenario.exchanges.items():
        name, sent = exchange.name, f"troops_{code}"
        yield amount_measure(f"munitions_{code}", "million rounds", f"{name}: munitions delivered")
        yield amount_measure(
            f"munitions_seen_{code}", "million rounds", f"{name}: as others estimate them"
        )
        yield amount_measure(f"stock_{code}", "million rounds", f"{name}: old stock left to spare")
        yield amount_measure(f"missiles_{code}", "missiles", f"{name}: missiles delivered")
        yield event_measure(sent, f"{name}: soldiers are sent")
        yield amount_measure(
            f"soldiers_{code}", "thousand", f"{name}: soldiers sent, where any are", sent
        )
        yield amount_measure(
            f"troops_month_{code}", "month", f"{name}: month of the first soldiers", sent
        )
        if not exchange.paid:
            continue
        yield amount_measure(
            f"technology_{code}", "tier, 1 to 4", f"{name}: highest tier of technology"
        )
        for tier, what in _TIERS.items():
            yield event_measure(f"tier{tier}_{code}", f"{name}: {what} transferred")
        yield amount_measure(
            f"returned_{code}", "share of value", f"{name}: returned in kind or money"
        )
        yield amount_measure(f"debt_{code}", "billion USD", f"{name}: owed at the end")
        yield event_measure(f"admitted_{code}", f"{name}: admitted by its parties")


_TIERS = {
    2: "air defence, jamming or drones",
    3: "satellite or guidance technology",
    4: "reactor, re-entry or warhead technology",
}


def _programmes(scenario: Scenario) -> Iterator[Measure]:
    for code, actor in scenario.actors.items():
        if actor.programme:
            label = f"{actor.name}: weapons programme at the end"
            yield amount_measure(f"programme_{code}", "0 to 1", label)


def _councils(scenario: Scenario) -> Iterator[Measure]:
    for code, council in scenario.councils.items():
        name = council.name
        yield amount_measure(f"drafts_{code}", "drafts per world", f"{name}: drafts tabled")
        yield amount_measure(f"vetoes_{code}", "vetoes per world", f"{name}: drafts vetoed")
        yield amount_measure(f"adopted_{code}", "measures per world", f"{name}: measures adopted")
        yield amount_measure(f"enforcement_{code}", "0 to 1", f"{name}: enforcement at the end")
        yield event_measure(f"workaround_{code}", f"{name}: a body outside it takes over")


def _provokers(scenario: Scenario) -> Iterator[Measure]:
    for code in scenario.provokers:
        name, per = scenario.actors[code].name, "per world"
        yield amount_measure(f"provocations_{code}", per, f"{name}: provocations of all classes")
        yield amount_measure(f"ballistic_{code}", per, f"{name}: tests of ballistic missiles")
        yield amount_measure(f"icbm_{code}", per, f"{name}: tests of intercontinental missiles")
        yield amount_measure(f"satellite_{code}", per, f"{name}: satellite launches")
        yield event_measure(f"nuclear_test_{code}", f"{name}: a nuclear test")
        yield amount_measure(
            f"tension_{code}", "1 the usual", f"{name}: tension it causes, at the end"
        )


def _blocs(scenario: Scenario) -> Iterator[Measure]:
    for code, bloc in scenario.blocs.items():
        yield amount_measure(f"exercises_{code}", "months", f"{bloc.name}: months with exercises")
        yield amount_measure(
            f"coordination_{code}", "0 to 1", f"{bloc.name}: coordination at the end"
        )


def _patronages(scenario: Scenario) -> Iterator[Measure]:
    for code, patronage in scenario.patronages.items():
        patron, client = (scenario.actors[who].name for who in (patronage.patron, patronage.client))
        yield amount_measure(f"restrained_{code}", "months", f"{patron} restrains {client}")
        yield amount_measure(
            f"dependence_{code}", "0 to 1", f"{client} depends on {patron} at the end"
        )
        yield event_measure(
            f"backlash_{code}", f"{client} turns from {patron} for being restrained"
        )


def _armings(scenario: Scenario) -> Iterator[Measure]:
    for code, arming in scenario.armings.items():
        yield event_measure(f"arms_threatened_{code}", f"{arming.name}: threatened")
        yield event_measure(f"arms_sent_{code}", f"{arming.name}: carried out")
