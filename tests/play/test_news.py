"""The news of a quarter: in the words of the story, with who decided, and without secrets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.analysis.stories.replay import Choice, Event, WorldRecord, resimulate
from sim.analysis.stories.story import compose_story
from sim.model.decision_log import DrawKey
from sim.model.decisions.played import Question
from sim.play.gauges import read_gauges
from sim.play.news import News, headlines, report_news, visible_to
from tests.play.conftest import WORLD, ShortGame


@pytest.fixture(scope="module")
def record(short: ShortGame) -> WorldRecord:
    """The world without a class."""
    return resimulate(short.scenario, WORLD)


def _with(record: WorldRecord, *events: Event, choices: tuple[Choice, ...] = ()) -> WorldRecord:
    return replace(record, events=list(events), choices=list(choices))


def test_the_news_are_the_sentences_of_the_story(record: WorldRecord) -> None:
    told = [line.text for month in compose_story(record) for line in month.lines]
    assert [news.text for news in report_news(record, range(1, 7))] == told


def test_the_class_and_the_model_are_told_apart(short: ShortGame) -> None:
    first = [news for news in reversed(short.after_one.news) if news.month == 1]
    decided = {news.event: news.decided_by for news in first if "russia" not in news.actors}
    assert decided["challenge"] == decided["let_pass"] == "delegation"
    assert decided["provocation"] == "model"
    assert decided[""] == ""


def test_joint_decisions_are_decisions_and_chance_is_none(record: WorldRecord) -> None:
    def decider(event: Event, key: DrawKey, *, played: bool = False) -> str:
        choice = Choice(1, key, {}, (0.5,), 0.1, 1, played)
        return report_news(_with(record, event, choices=(choice,)), range(1, 2))[-1].decided_by

    peace = Event(1, "peace", "russia", "ukraine", "ukraine", 0)
    assert decider(peace, DrawKey("settle", "ukraine")) == "model"
    assert decider(peace, DrawKey("settle", "ukraine"), played=True) == "delegation"
    seen = Event(1, "deliveries_seen", "dprk", "russia", "arms_2023", 0)
    assert decider(seen, DrawKey("detect deliveries", "dprk", "", "arms_2023")) == ""


@pytest.mark.parametrize(
    ("event", "seen_by"),
    [
        (Event(1, "technology", "russia", "dprk", "arms_2023", 3), ("russia", "dprk")),
        (Event(1, "troops_sent", "dprk", "russia", "arms_2023", 2), ("dprk", "russia")),
        (Event(1, "technology_seen", "russia", "dprk", "arms_2023", 3), ()),
        (Event(1, "helps", "china", "dprk", "korea", 2), ("china", "dprk")),
        (Event(1, "helps", "china", "dprk", "korea", 3), ()),
        (Event(1, "arms_sent", "rok", "ukraine", "rok_ukraine", 1), ()),
    ],
)
def test_what_is_secret_is_known_to_those_who_take_part(
    record: WorldRecord, event: Event, seen_by: tuple[str, ...]
) -> None:
    news = report_news(_with(record, event), range(1, 2))[-1:]
    assert news[0].seen_by == seen_by
    assert visible_to(news) == (() if seen_by else news)
    assert visible_to(news, event.actor) == news
    assert visible_to(news, "japan") == (() if seen_by else news)


def test_the_weightiest_come_first_in_the_headlines(record: WorldRecord) -> None:
    events = [
        Event(1, "provocation", "dprk", "", "ballistic", 1),
        Event(1, "challenge", "rok", "dprk", "korea", 2),
        Event(1, "war", "dprk", "rok", "korea", 5),
        Event(1, "arms_sent", "rok", "ukraine", "rok_ukraine", 1),
    ]
    news = report_news(_with(record, *events), range(1, 2))
    assert [each.event for each in headlines(news[1:], 2)] == ["war", "arms_sent"]
    assert headlines((), 3) == ()


def test_a_treaty_that_changes_is_news_of_the_month(record: WorldRecord) -> None:
    first = report_news(record, range(1, 2))[0]
    assert first == News(
        1,
        "Jun 2024",
        "The Treaty on Comprehensive Strategic Partnership is signed but not yet in force: it "
        "binds in part.",
        weight=first.weight,
    )


def test_gauges_are_read_at_the_end_of_two_quarters(record: WorldRecord) -> None:
    gauges = {gauge.id: gauge for gauge in read_gauges(record, 6, 3)}
    front = gauges["front_ukraine"]
    assert front.name == "Front of the war between Russia and Ukraine"
    assert front.ends == ("Ukraine has won", "Russia has won")
    assert (front.value, front.before) == tuple(
        record.month_columns["front_ukraine"][month - 1] for month in (6, 3)
    )
    assert gauges["tension_dprk"].name == "Tension around the DPRK"
    assert gauges["coordination_pacific"].actors == ("usa", "japan", "rok")
    assert "front_korea" not in gauges  # there is peace
    assert {gauge.id.partition("_")[0] for gauge in gauges.values()} == {
        "front",
        "tension",
        "coordination",
        "programme",
        "dependence",
    }


def test_there_are_no_gauges_before_the_first_quarter_and_none_to_compare_with_after_it(
    record: WorldRecord,
) -> None:
    assert read_gauges(record, 0, 0) == ()
    assert {gauge.before for gauge in read_gauges(record, 3, 0)} == {None}


@pytest.mark.parametrize(
    ("key", "event", "reported"),
    [
        (("resist challenge", "dprk", "rok", "korea"), ("let_pass", "korea"), False),
        (("resist challenge", "dprk", "rok", "korea"), ("let_pass", "usa_dprk"), True),
        (("resist challenge", "dprk", "rok", "korea"), ("challenge", "korea"), True),
        (("resist climb", "dprk", "rok", "korea"), ("war", "korea"), False),
        (("answer", "dprk", "russia", "ukraine"), ("honoured", "pact_2024"), False),
        (("answer", "dprk", "russia", "ukraine"), ("home_soil", "ukraine"), True),
        (("vote", "china", "dprk", "security_council"), ("adopted", "security_council"), False),
        (("vote", "china", "dprk", "security_council"), ("draft", "security_council"), True),
    ],
)
def test_what_depends_on_an_answer_that_is_awaited_is_no_news(
    record: WorldRecord, key: tuple[str, str, str, str], event: tuple[str, str], *, reported: bool
) -> None:
    kind, subject = event
    happened = Event(2, kind, "dprk", "rok", subject, 3)
    asked = [Question(2, DrawKey(*key), 0)]
    kinds = [each.event for each in report_news(_with(record, happened), range(1, 3), asked)]
    assert (kind in kinds) == reported
    before = Event(1, kind, "dprk", "rok", subject, 3)
    assert kind in [it.event for it in report_news(_with(record, before), range(1, 3), asked)]
