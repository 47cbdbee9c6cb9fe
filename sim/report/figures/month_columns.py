"""The columns of the table of months that can be drawn, and their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class MonthColumn:
    """A column of the table of months.

    Attributes:
        name: the column.
        label: its meaning, in words.
        unit: the unit of its numbers.
        core: whether the page shows it; the others are drawn on request.
        integer: whether its numbers are integers.
    """

    name: str
    label: str
    unit: str
    core: bool = False
    integer: bool = False


def list_month_columns(scenario: Scenario) -> tuple[MonthColumn, ...]:
    """Return the columns that can be drawn as a fan, in the order of a story."""
    return tuple(
        column
        for kind in (
            _list_war_columns,
            _list_exchange_columns,
            _list_programme_columns,
            _list_other_columns,
        )
        for column in kind(scenario)
    )


def _list_war_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for war in scenario.wars.values():
        name = scenario.rivalries[war.rivalry].name
        yield MonthColumn(
            f"front_{war.rivalry}", f"{name}: ground won, while war lasts", "-1 to 1", core=True
        )
        yield MonthColumn(f"weariness_{war.rivalry}", f"{name}: weariness of war", "0 to 1")


def _list_exchange_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, exchange in scenario.exchanges.items():
        name, paid = exchange.name, exchange.paid
        rounds = "million rounds in the month"
        yield MonthColumn(
            f"delivered_{code}", f"{name}: munitions delivered", rounds, core=bool(paid)
        )
        yield MonthColumn(f"seen_{code}", f"{name}: deliveries as others estimate them", rounds)
        yield MonthColumn(
            f"present_{code}", f"{name}: soldiers present", "thousand", core=bool(paid)
        )
        if paid:
            tier = f"{name}: highest tier of technology so far"
            yield MonthColumn(f"tier_{code}", tier, "tier, 1 to 4", core=True, integer=True)
            yield MonthColumn(f"debt_{code}", f"{name}: debt", "billion USD")


def _list_programme_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, actor in scenario.actors.items():
        if actor.programme:
            label = f"{actor.name}: weapons programme"
            yield MonthColumn(f"programme_{code}", label, "0 to 1", core=True)


def _list_other_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, council in scenario.councils.items():
        yield MonthColumn(
            f"enforcement_{code}", f"{council.name}: enforcement", "0 to 1", core=True
        )
        yield MonthColumn(f"cover_{code}", f"{council.name}: political cover", "0 to 1")
    for code in scenario.provokers:
        name = scenario.actors[code].name
        yield MonthColumn(
            f"provocations_{code}", f"{name}: provocations", "in the month", integer=True
        )
        yield MonthColumn(
            f"tension_{code}", f"{name}: tension it causes", "1 is the baseline", core=True
        )
    for code, bloc in scenario.blocs.items():
        yield MonthColumn(f"coordination_{code}", f"{bloc.name}: coordination", "0 to 1", core=True)
        yield MonthColumn(f"threat_{code}", f"{bloc.name}: threat it sees", "1 is the baseline")
    for code, patronage in scenario.patronages.items():
        patron, client = (scenario.actors[who].name for who in (patronage.patron, patronage.client))
        yield MonthColumn(f"dependence_{code}", f"{client}: dependence on {patron}", "0 to 1")
