"""Measures of exchanges: what is delivered, what is returned and what others know."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount_measure, computed_from, event_measure
from sim.scenario.schema.scenario import Scenario

_TRANSFERS = (
    (2, "air defence, jamming or drones"),
    (3, "satellite or guidance technology"),
    (4, "reactor, re-entry or warhead technology"),
)
"""Tiers of technology, in the order of `Exchange.transferred`."""


def exchange_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    for code, exchange in scenario.exchanges.items():
        yield from _arms(code, exchange.name)
        yield from _soldiers(code, exchange.name)
        if exchange.paid:
            yield from _returns(code, exchange.name)


def _arms(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    yield amount_measure(
        f"munitions_{code}",
        "million rounds",
        f"{name}: munitions delivered",
        of(lambda exchange: exchange.munitions_delivered),
        note="Only what arrives counts.",
    )
    yield amount_measure(
        f"munitions_seen_{code}",
        "million rounds",
        f"{name}: as others estimate them",
        of(lambda exchange: exchange.munitions_delivered * exchange.estimate),
        note="What others believe was delivered.",
    )
    yield amount_measure(
        f"stock_{code}",
        "million rounds",
        f"{name}: old stock left to spare",
        of(lambda exchange: exchange.stock),
    )
    yield amount_measure(
        f"missiles_{code}",
        "missiles",
        f"{name}: missiles delivered",
        of(lambda exchange: exchange.missiles_sent),
        note="Only what arrives counts.",
    )


def _soldiers(code: str, name: str) -> Iterator[Measure]:
    of, sent = (
        computed_from(lambda worlds: worlds.state.institutions.exchanges[code]),
        f"troops_{code}",
    )
    yield event_measure(
        sent,
        f"{name}: soldiers are sent",
        of(lambda exchange: exchange.troops_sent > 0),
    )
    yield amount_measure(
        f"soldiers_{code}",
        "thousand",
        f"{name}: soldiers sent, where any are",
        of(lambda exchange: exchange.troops_sent),
        given=sent,
    )
    yield amount_measure(
        f"fallen_{code}",
        "thousand",
        f"{name}: soldiers lost",
        of(lambda exchange: exchange.troops_fallen),
        note="Dead and wounded; none where none are sent.",
    )
    yield amount_measure(
        f"troops_month_{code}",
        "month",
        f"{name}: month of the first soldiers",
        of(lambda exchange: exchange.troops_month),
        given=sent,
        note="Over worlds in which any are sent.",
    )


def _returns(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    yield amount_measure(
        f"technology_{code}",
        "tier, 1 to 4",
        f"{name}: highest tier of technology",
        of(lambda exchange: exchange.tier),
        note="Tier 1 is food, fuel and money.",
    )
    for row, (tier, technology) in enumerate(_TRANSFERS):
        yield _transfer(code, row, tier, f"{name}: {technology} transferred")
    yield amount_measure(
        f"returned_{code}",
        "share of value",
        f"{name}: returned in kind or money",
        of(lambda exchange: exchange.returned_share),
    )
    yield amount_measure(
        f"debt_{code}",
        "billion USD",
        f"{name}: owed at the end",
        of(lambda exchange: exchange.debt),
    )
    yield event_measure(
        f"admitted_{code}",
        f"{name}: admitted by its parties",
        of(lambda exchange: exchange.admitted),
        note="They no longer deny it.",
    )


def _transfer(code: str, row: int, tier: int, label: str) -> Measure:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    return event_measure(
        f"tier{tier}_{code}", label, of(lambda exchange: exchange.transferred[row])
    )
