"""The passages of a story that are not events: changes of treaties, and yearly summaries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.analysis.stories.phrases import fill_sentence, load_phrases, with_article
from sim.analysis.stories.replay import Event, WorldRecord
from sim.scenario.schema.scenario import Scenario

_MONTHS_PER_YEAR = 12
_NEGLIGIBLE_GAIN = 0.05
"""Change of the front, as a share of all territory, that is not reported."""
_NEGLIGIBLE_GROWTH = 0.1
"""Change of munitions output, as a share of that of the opening day, that is not reported."""


def calendar_sentences(record: WorldRecord, month: int) -> Iterator[str]:
    """Yield the sentences that follow from the calendar in a month."""
    yield from treaty_sentences(record, month)
    if month > 1 and (month - 1) % _MONTHS_PER_YEAR == 0:
        yield from _yearly_summary(record, month - 1)


def treaty_sentences(record: WorldRecord, month: int) -> Iterator[str]:
    """Yield how treaties change as a month begins."""
    for code, treaty in record.scenario.treaties.items():
        if kind := _treaty_change(record, code, month):
            yield fill_sentence(load_phrases()["standing"][kind], treaty=treaty.name)


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
    yield from _output_sentences(record, months)
    for rivalry in record.scenario.rivalries:
        if not np.isnan(record.month_columns[f"front_{rivalry}"][months - 1]):
            yield _front_sentence(record, rivalry, months)


def _output_sentences(record: WorldRecord, months: int) -> Iterator[str]:
    """Yield how far munitions output has moved by a month, where it has."""
    levels = {
        code: float(record.month_columns[f"output_{code}"][months - 1])
        for code in record.scenario.actors
        if f"output_{code}" in record.month_columns
    }
    moved = [
        f"{_actor_name(record.scenario, code)} {level:.1f}"
        for code, level in levels.items()
        if abs(level - 1) >= _NEGLIGIBLE_GROWTH
    ]
    if moved:
        template, opened = load_phrases()["stock"]["output"], _opening_day(record.scenario)
        yield fill_sentence(template, opened=opened, list=", ".join(moved))


def war_attacker(record: WorldRecord, rivalry: str, month: int) -> str:
    """Return the code of the attacker in the war on a rivalry that is under way in a month."""
    begun = [war.began_by for war in record.scenario.wars.values() if war.rivalry == rivalry]
    begun += [event.actor for event in _outbreaks(record, rivalry, month)]
    return begun[-1] if begun else ""


def _outbreaks(record: WorldRecord, rivalry: str, month: int) -> list[Event]:
    """Return the outbreaks of war on a rivalry up to a month."""
    return [
        event
        for event in record.events
        if event.event == "war" and event.subject == rivalry and event.month <= month
    ]


def _front_sentence(record: WorldRecord, rivalry: str, months: int) -> str:
    """Return how a war stands: one under way at the opening since then, a new one as a whole."""
    words, scenario = load_phrases()["stock"], record.scenario
    front = record.month_columns[f"front_{rivalry}"]
    attacker, is_new = war_attacker(record, rivalry, months), _outbreaks(record, rivalry, months)
    first, second = scenario.rivalries[rivalry].between
    defender = second if attacker == first else first
    gained = front[months - 1] - (0.0 if is_new else front[0])
    level, ahead = ("no_upper_hand", "upper_hand") if is_new else ("level", "ahead")
    who = words[level if abs(gained) < _NEGLIGIBLE_GAIN else ahead].format(
        side=_actor_name(scenario, attacker if gained > 0 else defender),
        opened=_opening_day(scenario),
    )
    actor, towards = (_actor_name(scenario, code) for code in (attacker, defender))
    return fill_sentence(
        words["new_war" if is_new else "front"], actor=actor, towards=towards, who=who
    )


def _opening_day(scenario: Scenario) -> str:
    return f"{scenario.start.day} {scenario.start:%B %Y}"


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name)
