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
        front, weary = f"ground won, while war lasts ({name})", f"weariness of war ({name})"
        yield MonthColumn(
            f"front_{war.rivalry}", front, "-1 to 1, positive: the attacker's gain", core=True
        )
        yield MonthColumn(f"weariness_{war.rivalry}", weary, "0 to 1")


def _list_exchange_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, exchange in scenario.exchanges.items():
        supplier, buyer = (scenario.actors[who].name for who in (exchange.supplier, exchange.buyer))
        there, back = f"({supplier} to {buyer})", f"({buyer} to {supplier})"
        paid, rounds = bool(exchange.paid), "million rounds in the month"
        munitions, soldiers = f"munitions delivered {there}", f"soldiers present {there}"
        yield MonthColumn(f"delivered_{code}", munitions, rounds, core=paid)
        yield MonthColumn(f"seen_{code}", f"deliveries as others estimate them {there}", rounds)
        yield MonthColumn(f"present_{code}", soldiers, "thousand", core=paid)
        if paid:
            tier, debt = f"highest technology so far {back}", f"debt {back}"
            yield MonthColumn(f"tier_{code}", tier, "tier, 1 to 4", core=True, integer=True)
            yield MonthColumn(f"debt_{code}", debt, "billion USD")


def _list_programme_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, actor in scenario.actors.items():
        if actor.programme:
            label = f"weapons programme ({actor.name})"
            yield MonthColumn(f"programme_{code}", label, "0 to 1", core=True)


def _list_other_columns(scenario: Scenario) -> Iterator[MonthColumn]:
    for code, council in scenario.councils.items():
        yield MonthColumn(
            f"enforcement_{code}", f"enforcement ({council.name})", "0 to 1", core=True
        )
        yield MonthColumn(f"cover_{code}", f"political cover ({council.name})", "0 to 1")
    for code in scenario.provokers:
        name = scenario.actors[code].name
        yield MonthColumn(
            f"provocations_{code}", f"provocations ({name})", "in the month", integer=True
        )
        yield MonthColumn(
            f"tension_{code}", f"tension it causes ({name})", "1 is the baseline", core=True
        )
    for code, bloc in scenario.blocs.items():
        yield MonthColumn(
            f"coordination_{code}", f"coordination ({bloc.name})", "0 to 1", core=True
        )
        yield MonthColumn(f"threat_{code}", f"threat as seen ({bloc.name})", "1 is the baseline")
    for code, patronage in scenario.patronages.items():
        patron, client = (scenario.actors[who].name for who in (patronage.patron, patronage.client))
        yield MonthColumn(f"dependence_{code}", f"dependence of {client} on {patron}", "0 to 1")
