"""The passages of a story that are not events: changes of treaties, and yearly summaries."""

from __future__ import annotations

from collections.abc import Iterator

from sim.analysis.stories.phrases import fill_sentence, load_phrases, with_article
from sim.analysis.stories.replay import WorldRecord
from sim.scenario.schema.scenario import Scenario

_MONTHS_PER_YEAR = 12
_NEGLIGIBLE_GAIN = 0.05
"""Change of the front, as a share of all territory, that is not reported."""


def calendar_sentences(record: WorldRecord, month: int) -> Iterator[str]:
    """Yield the sentences that follow from the calendar in a month."""
    for code, treaty in record.scenario.treaties.items():
        if kind := _treaty_change(record, code, month):
            yield fill_sentence(load_phrases()["standing"][kind], treaty=treaty.name)
    if month > 1 and (month - 1) % _MONTHS_PER_YEAR == 0:
        yield from _yearly_summary(record, month - 1)


def _treaty_change(record: WorldRecord, code: str, month: int) -> str:
    """Return how the status of a treaty changes as a month begins; empty if it does not."""
    binding = record.month_columns[f"binding_{code}"]
    now = binding[month - 1]
    if month == 1:
        return "signed" if 0 < now < 1 else ""
    before = binding[month - 2]
    if now == 1 > before:
        return "force"
    return "ends" if before > 0 == now else ""


def _yearly_summary(record: WorldRecord, months: int) -> Iterator[str]:
    """Yield a summary of deliveries and fronts after so many months."""
    words = load_phrases()["stock"]
    for code, exchange in record.scenario.exchanges.items():
        if exchange.paid:
            yield fill_sentence(
                words["deliveries"],
                delivered=f"{record.month_columns[f'delivered_{code}'][:months].sum():.1f}",
                seen=f"{record.month_columns[f'seen_{code}'][:months].sum():.1f}",
                actor=_actor_name(record.scenario, exchange.supplier),
                towards=_actor_name(record.scenario, exchange.buyer),
                opened=_opening_day(record.scenario),
            )
    for war in record.scenario.wars.values():
        front = record.month_columns[f"front_{war.rivalry}"][:months]
        if front[-1] == front[-1]:  # not a number where the war is over
            yield _front_sentence(record, war.rivalry, war.began_by, front[-1] - front[0])


def _front_sentence(record: WorldRecord, rivalry: str, attacker: str, gained: float) -> str:
    words = load_phrases()["stock"]
    first, second = record.scenario.rivalries[rivalry].between
    defender = second if attacker == first else first
    ahead = _actor_name(record.scenario, attacker if gained > 0 else defender)
    change = words["level"] if abs(gained) < _NEGLIGIBLE_GAIN else words["ahead"]
    who = change.format(side=ahead, opened=_opening_day(record.scenario))
    pair = (_actor_name(record.scenario, code) for code in (attacker, defender))
    return fill_sentence(
        words["front"], **dict(zip(("actor", "towards"), pair, strict=True)), who=who
    )


def _opening_day(scenario: Scenario) -> str:
    return f"{scenario.start.day} {scenario.start:%B %Y}"


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name)
