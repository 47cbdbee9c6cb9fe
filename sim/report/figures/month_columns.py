"""Which columns of the months are drawn, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Column:
    """A column of the months.

    Attributes:
        name: the column.
        label: what it says, in words.
        unit: what its numbers count.
        core: whether the page shows it; the others are drawn on request.
        whole: whether it counts in ones.
    """

    name: str
    label: str
    unit: str
    core: bool = False
    whole: bool = False


def columns(scenario: Scenario) -> tuple[Column, ...]:
    """Return the columns that can be drawn as a fan, in the order in which a story has them."""
    return tuple(
        column for kind in (_wars, _exchanges, _programmes, _others) for column in kind(scenario)
    )


def _wars(scenario: Scenario) -> Iterator[Column]:
    for war in scenario.wars.values():
        name = scenario.rivalries[war.rivalry].name
        yield Column(
            f"front_{war.rivalry}", f"{name}: ground won, while war lasts", "-1 to 1", core=True
        )
        yield Column(f"weariness_{war.rivalry}", f"{name}: weariness of war", "0 to 1")


def _exchanges(scenario: Scenario) -> Iterator[Column]:
    for code, exchange in scenario.exchanges.items():
        name, paid = exchange.name, exchange.paid
        rounds = "million rounds in the month"
        yield Column(f"delivered_{code}", f"{name}: munitions delivered", rounds, core=bool(paid))
        yield Column(f"seen_{code}", f"{name}: deliveries as others estimate them", rounds)
        yield Column(f"present_{code}", f"{name}: soldiers present", "thousand", core=bool(paid))
        if paid:
            tier = f"{name}: highest tier of technology so far"
            yield Column(f"tier_{code}", tier, "tier, 1 to 4", core=True, whole=True)
            yield Column(f"debt_{code}", f"{name}: owed", "billion USD")


def _programmes(scenario: Scenario) -> Iterator[Column]:
    for code, actor in scenario.actors.items():
        if actor.programme:
            label = f"{actor.name}: weapons programme"
            yield Column(f"programme_{code}", label, "0 to 1", core=True)


def _others(scenario: Scenario) -> Iterator[Column]:
    for code, council in scenario.councils.items():
        yield Column(f"enforcement_{code}", f"{council.name}: enforcement", "0 to 1", core=True)
        yield Column(f"cover_{code}", f"{council.name}: political cover", "0 to 1")
    for code in scenario.provokers:
        name = scenario.actors[code].name
        yield Column(f"provocations_{code}", f"{name}: provocations", "in the month", whole=True)
        yield Column(f"tension_{code}", f"{name}: tension it causes", "1 is the usual", core=True)
    for code, bloc in scenario.blocs.items():
        yield Column(f"coordination_{code}", f"{bloc.name}: coordination", "0 to 1", core=True)
        yield Column(f"threat_{code}", f"{bloc.name}: threat it sees", "1 is the usual")
    for code, patronage in scenario.patronages.items():
        patron, client = (scenario.actors[who].name for who in (patronage.patron, patronage.client))
        yield Column(f"dependence_{code}", f"{client}: dependence on {patron}", "0 to 1")
