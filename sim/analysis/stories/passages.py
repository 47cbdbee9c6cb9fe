"""What a story tells that is no event: treaties that take force or end, and how things stand."""

from __future__ import annotations

from collections.abc import Iterator

from sim.analysis.stories.phrases import named, phrases, sentence
from sim.analysis.stories.replay import Life
from sim.scenario.schema.scenario import Scenario

_YEAR = 12
_EVEN = 0.05
"""Ground held, as a share of all, that is not worth a word."""


def passages(life: Life, month: int) -> Iterator[str]:
    """Yield what the calendar brings in a month, in sentences."""
    for code, treaty in life.scenario.treaties.items():
        if kind := _turn(life, code, month):
            yield sentence(phrases()["standing"][kind], treaty=treaty.name)
    if month > 1 and (month - 1) % _YEAR == 0:
        yield from _stock(life, month - 1)


def _turn(life: Life, code: str, month: int) -> str:
    """Return how a treaty's standing changes as a month begins, or nothing."""
    binding = life.months[f"binding_{code}"]
    now = binding[month - 1]
    if month == 1:
        return "signed" if 0 < now < 1 else ""
    before = binding[month - 2]
    if now == 1 > before:
        return "force"
    return "ends" if before > 0 == now else ""


def _stock(life: Life, months: int) -> Iterator[str]:
    """Yield how things stand after so many months."""
    words = phrases()["stock"]
    for code, exchange in life.scenario.exchanges.items():
        if exchange.paid:
            yield sentence(
                words["deliveries"],
                delivered=f"{life.months[f'delivered_{code}'][:months].sum():.1f}",
                seen=f"{life.months[f'seen_{code}'][:months].sum():.1f}",
                actor=_name(life.scenario, exchange.supplier),
                towards=_name(life.scenario, exchange.buyer),
            )
    for war in life.scenario.wars.values():
        front = life.months[f"front_{war.rivalry}"][:months]
        if front[-1] == front[-1]:  # not a number where the war is over
            yield _front(life, war.rivalry, war.began_by, front[-1] - front[0])


def _front(life: Life, rivalry: str, attacker: str, gained: float) -> str:
    words = phrases()["stock"]
    one, other = life.scenario.rivalries[rivalry].between
    defender = other if attacker == one else one
    ahead = _name(life.scenario, attacker if gained > 0 else defender)
    who = words["level"] if abs(gained) < _EVEN else words["ahead"].format(side=ahead)
    pair = (_name(life.scenario, code) for code in (attacker, defender))
    return sentence(words["front"], **dict(zip(("actor", "towards"), pair, strict=True)), who=who)


def _name(scenario: Scenario, code: str) -> str:
    return named(scenario.actors[code].name)
