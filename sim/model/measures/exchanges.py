"""Measures of exchanges: what is delivered, what is returned and what others know."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount_measure, computed_from, event_measure
from sim.model.measures.needs import Need, Rule
from sim.scenario.schema.exchanges import ExchangeSpec
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
        supplier, buyer = (
            scenario.actors[actor].name for actor in (exchange.supplier, exchange.buyer)
        )
        yield from _arms(code, exchange.name, f"{supplier} to {buyer}")
        yield from _soldiers(code, exchange, supplier, buyer)
        if exchange.paid:
            yield from _returns(code, exchange.name, f"{buyer} to {supplier}")
    yield from _output(scenario)


def _arms(code: str, name: str, route: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    yield amount_measure(
        f"munitions_{code}",
        "million rounds",
        f"{name}: munitions delivered",
        of(lambda exchange: exchange.munitions_delivered),
        note="Only what arrives counts.",
        short=f"munitions delivered ({route})",
    )
    yield amount_measure(
        f"munitions_seen_{code}",
        "million rounds",
        f"{name}: munitions as others estimate them",
        of(lambda exchange: exchange.munitions_delivered * exchange.estimate),
        note="What others believe was delivered.",
        short=f"munitions as others estimate ({route})",
    )
    yield amount_measure(
        f"stock_{code}",
        "million rounds",
        f"{name}: old stock left to spare",
        of(lambda exchange: exchange.stock),
        short=f"old stock left to spare ({route})",
    )
    yield amount_measure(
        f"missiles_{code}",
        "missiles",
        f"{name}: missiles delivered",
        of(lambda exchange: exchange.missiles_sent),
        note="Only what arrives counts.",
        short=f"missiles delivered ({route})",
    )


def _soldiers(code: str, spec: ExchangeSpec, supplier: str, buyer: str) -> Iterator[Measure]:
    of, name, sent = (
        computed_from(lambda worlds: worlds.state.institutions.exchanges[code]),
        spec.name,
        f"troops_{code}",
    )
    gate = (Need(Rule.SOLDIERS, ally=spec.supplier, partner=spec.buyer, rivalry=spec.rivalry),)
    yield event_measure(
        sent,
        f"{name}: soldiers are sent",
        of(lambda exchange: exchange.troops_sent > 0),
        short=f"{supplier} sends soldiers to {buyer}",
        needs=gate,
    )
    yield amount_measure(
        f"soldiers_{code}",
        "thousand",
        f"{name}: soldiers sent, where any are",
        of(lambda exchange: exchange.troops_sent),
        given=sent,
        short=f"soldiers ({supplier} to {buyer}), where any are sent",
        needs=gate,
    )
    yield amount_measure(
        f"fallen_{code}",
        "thousand",
        f"{name}: soldiers lost",
        of(lambda exchange: exchange.troops_fallen),
        note="Dead and wounded; none where none are sent.",
        short=f"soldiers lost ({supplier} to {buyer})",
        needs=gate,
    )
    yield amount_measure(
        f"troops_month_{code}",
        "month",
        f"{name}: month of the first soldiers",
        of(lambda exchange: exchange.troops_month),
        given=sent,
        note="Over worlds in which any are sent.",
        short=f"first soldiers ({supplier} to {buyer}), where any are sent",
        needs=gate,
    )


def _returns(code: str, name: str, route: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    yield amount_measure(
        f"technology_{code}",
        "tier, 1 to 4",
        f"{name}: highest tier of technology",
        of(lambda exchange: exchange.tier),
        note="Tier 1 is food, fuel and money.",
        short=f"highest technology ({route})",
    )
    for row, (tier, technology) in enumerate(_TRANSFERS):
        label = f"{name}: {technology} transferred"
        yield _transfer(code, row, tier, label, f"technology of tier {tier} ({route})")
    yield amount_measure(
        f"returned_{code}",
        "share of value",
        f"{name}: returned in kind or money",
        of(lambda exchange: exchange.returned_share),
        short=f"returned in kind or money ({route})",
    )
    yield amount_measure(
        f"debt_{code}",
        "billion USD",
        f"{name}: debt at the end",
        of(lambda exchange: exchange.debt),
        short=f"debt at the end ({route})",
    )
    yield event_measure(
        f"admitted_{code}",
        f"{name}: admitted by its parties",
        of(lambda exchange: exchange.admitted),
        note="They no longer deny it.",
        short=f"exchange admitted ({route})",
    )


def _output(scenario: Scenario) -> Iterator[Measure]:
    for row, (code, actor) in enumerate(scenario.actors.items()):
        if actor.output_ceiling:
            yield _output_of(row, code, actor.name)


def _output_of(row: int, code: str, name: str) -> Measure:
    of = computed_from(lambda worlds: worlds.state.institutions.industries[row])
    return amount_measure(
        f"output_{code}",
        "1 that of day one",
        f"{name}: munitions output at the end",
        of(lambda industry: industry.level),
        note="It grows while the actor fights or supplies a war, and falls back after it.",
        short=f"munitions output ({name})",
    )


def _transfer(code: str, row: int, tier: int, label: str, short: str) -> Measure:
    of = computed_from(lambda worlds: worlds.state.institutions.exchanges[code])
    return event_measure(
        f"tier{tier}_{code}", label, of(lambda exchange: exchange.transferred[row]), short=short
    )
