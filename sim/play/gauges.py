"""The gauges of a quarter: tension, coordination, programmes, dependence and fronts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from sim.analysis.stories.passages import war_attacker
from sim.analysis.stories.phrases import with_article
from sim.analysis.stories.replay import WorldRecord
from sim.play.words import load_game_phrases, name_of
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Gauge:
    """One quantity of the months table at the end of a quarter.

    Attributes:
        id: the column of the months table, such as `tension_dprk`.
        name: what it measures, in words.
        value: at the end of the last month; None where it is not defined, as a front in peace.
        before: at the end of the quarter before; None in the first.
        low, high: the ends of the scale.
        ends: what the ends of the scale mean, in words.
        actors: codes of the actors that it concerns.
    """

    id: str
    name: str
    value: float | None
    before: float | None
    low: float
    high: float
    ends: tuple[str, str]
    actors: tuple[str, ...] = ()


def read_gauges(record: WorldRecord, month: int, before: int) -> tuple[Gauge, ...]:
    """Return the gauges at the end of a month, beside those at the end of an earlier one.

    Args:
        record: the world.
        month: the month; with 0 there are no gauges yet.
        before: the earlier month; 0 for none.
    """
    if not month:
        return ()
    return tuple(
        gauge
        for gauge in _gauges(record, month, before)
        if gauge.value is not None or gauge.before is not None
    )


def _gauges(record: WorldRecord, month: int, before: int) -> Iterator[Gauge]:
    for kind, code, actors in _columns(record, month):
        column = f"{kind}_{code}"
        if column in record.month_columns:
            words = load_game_phrases()["gauges"][kind]
            name = _words(record.scenario, words["name"], kind, code, actors)
            low, high = (_words(record.scenario, end, kind, code, actors) for end in words["ends"])
            yield Gauge(
                column,
                name[:1].upper() + name[1:],
                _value(record, column, month),
                _value(record, column, before),
                words["low"],
                words["high"],
                (low, high),
                actors,
            )


def _words(scenario: Scenario, template: str, kind: str, code: str, actors: tuple[str, ...]) -> str:
    """Return a template with the names of the actors of a gauge, or with that of its bloc."""
    names = [name_of(scenario, actor) for actor in actors]
    first = with_article(scenario.blocs[code].name) if kind == "coordination" else names[0]
    return template.format(actor=first, towards=names[-1])


def _columns(record: WorldRecord, month: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the kind, the code and the actors of each gauge that a scenario has."""
    scenario = record.scenario
    for code, rivalry in scenario.rivalries.items():
        attacker = war_attacker(record, code, month)
        defenders = tuple(rival for rival in rivalry.between if rival != attacker)
        yield "front", code, (attacker, *defenders) if attacker else rivalry.between
    for code in scenario.provokers:
        yield "tension", code, (code,)
    for code, bloc in scenario.blocs.items():
        yield "coordination", code, bloc.members
    for code, actor in scenario.actors.items():
        if actor.programme:
            yield "programme", code, (code,)
    for code, patronage in scenario.patronages.items():
        yield "dependence", code, (patronage.patron, patronage.client)


def _value(record: WorldRecord, column: str, month: int) -> float | None:
    """Return a column at the end of a month; None where it is not defined."""
    if not month:
        return None
    value = float(record.month_columns[column][month - 1])
    return value if isfinite(value) else None
