from __future__ import annotations

from datetime import date

import pytest

from sim.analysis.conditioning.grammar import Comparison, Condition, Who, parse_condition
from sim.analysis.conditioning.spans import Period, Span, month_reached_by
from sim.errors import RequestError
from sim.model.calendar import first_day

PERIOD = Period(date(2024, 6, 19), 36)


def parse(text: str) -> Condition:
    return parse_condition(text, PERIOD)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("war_any", Condition("war_any", "war_any")),
        ("not ceasefire by 12", Condition("", "ceasefire", negated=True, span=Span(1, 12))),
        ("disputes >= 3", Condition("", "disputes", comparison=Comparison(">=", 3))),
        ("front<-0.5", Condition("", "front", comparison=Comparison("<", -0.5))),
        ("tier = 2 in 3-6", Condition("", "tier", comparison=Comparison("=", 2), span=Span(3, 6))),
        ("nuclear test in 4", Condition("", "nuclear_test", span=Span(4, 4))),
        ("soldiers-sent in 4 to 5", Condition("", "soldiers_sent", span=Span(4, 5))),
        ("war of korea, dprk", Condition("", "war", who=(Who("korea"), Who("dprk")))),
        (
            "war of rok towards dprk by 6",
            Condition("", "war", who=(Who("rok"), Who("dprk", ("towards",))), span=Span(1, 6)),
        ),
        ("war of actor:ukraine", Condition("", "war", who=(Who("ukraine", ("actor",)),))),
    ],
)  # fmt: skip
def test_a_condition_is_read_word_by_word(text: str, condition: Condition) -> None:
    assert vars(parse(text)) == vars(condition) | {"text": text}


def test_blanks_do_not_matter() -> None:
    assert parse("  not   ceasefire  by 12 ") == parse("not ceasefire by 12")


@pytest.mark.parametrize(
    ("months", "span"),
    [
        ("by 1", (1, 1)),
        ("by 2024-12-31", (1, 6)),  # month 7 begins on 19 December
        ("by 2024-12", (1, 6)),
        ("by 2025-01-02", (1, 6)),
        ("by 2025-01-03", (1, 7)),  # 16 of its 31 days
        ("in 2024-10-23", (5, 5)),
        ("in 2024-10", (4, 4)),
        ("in 2024-10..2025-01", (4, 7)),
        ("in 2024-10 to 2024-12-31", (4, 6)),
        ("in 3..6", (3, 6)),
        ("in 2024-07-10..2024-07-12", (1, 1)),  # less than half of any month
    ],
)
def test_dates_stand_for_the_months_that_hold_most_of_them(
    months: str, span: tuple[int, int]
) -> None:
    assert parse(f"war {months}").span == span


def test_a_month_is_reached_when_half_of_its_days_have_passed() -> None:
    for month in range(1, 40):
        begin, end = (first_day(each, PERIOD.start) for each in (month, month + 1))
        days = [date.fromordinal(day) for day in range(begin.toordinal(), end.toordinal())]
        reached = [month_reached_by(day, PERIOD.start) for day in days]
        assert reached == sorted(reached)
        assert reached.count(month) - reached.count(month - 1) in (1, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names nothing\n    allowed: [not] EVENT [of WHO]"),
        ("not", "names nothing"),
        ("by 6", "names nothing"),
        ("war by", "nothing follows 'by'\n    allowed: [not] EVENT"),
        ("war of by 6", "nothing follows 'of'"),
        ("war by 37", "37 is not simulated\n    allowed: months 1 to 36, or dates from 2024-06-19"),
        ("war by 0", "0 is not simulated"),
        ("war by 2024-06-20", "2024-06-20 is not simulated"),
        ("war by 2024-13", "'2024-13' is neither a month nor a date"),
        ("war by soon", "'soon' is neither a month nor a date"),
        ("war in 6-3", "6-3 ends before it begins"),
        ("war in 2025-03..2024-12", "2025-03..2024-12 ends before it begins"),
        ("war in 3 by 6", "names its months twice"),
        ("disputes >= many", "a number is needed after >=, not 'many'"),
        ("disputes >=", "a number is needed after >="),
        ("disputes >= nan", "a number is needed after >=, not 'nan'"),
        ("disputes >= 3 > 2", "'>' is not understood here"),
        ("disputes >= 3 disputes", "'disputes' is not understood here"),
        ("war of at:korea", "'at:korea' is not understood\n    allowed: actor, towards, subject"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_with_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse(text)
    assert str(refused.value).startswith(message)
