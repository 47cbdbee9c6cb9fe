from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.analysis.conditioning.evaluate import (
    describe_recorded,
    evaluate_condition,
    find_occurrences,
)
from sim.analysis.conditioning.events import Occurrences, Tables
from sim.analysis.conditioning.grammar import parse_condition
from sim.errors import RequestError, ResultsError
from sim.experiment.storage.results import Results

Filter = Callable[[pd.DataFrame], pd.Series]


def holds(results: Results, text: str) -> set[int]:
    """Return the numbers of the worlds in which a condition holds."""
    tables = Tables(results)
    evaluated = evaluate_condition(parse_condition(text, tables.period), tables)
    return set(results.worlds[evaluated.holds].tolist())


def refusal(results: Results, text: str) -> str:
    with pytest.raises(RequestError) as refused:
        holds(results, text)
    return str(refused.value)


EVENT_FILTERS: dict[str, Filter] = {
    "troops_sent by 6": lambda e: (e.event == "troops_sent") & (e.month <= 6),
    "soldiers_sent": lambda e: e.event == "troops_sent",
    "troops_sent in 3-5": lambda e: (e.event == "troops_sent") & e.month.between(3, 5),
    "ceasefire by 4": lambda e: (e.event == "peace") & (e.month <= 4),
    "peace of strait": lambda e: (e.event == "peace") & (e.subject == "strait"),
    "icbm_test in 3": lambda e: (e.event == "provocation") & (e.month == 3),
    "challenge >= 4": lambda e: (e.event == "challenge") & (e.level >= 4),
    "challenge of syldavia towards aland = 3": lambda e: (e.event == "challenge") & (e.level == 3),
    "challenge of actor:aland": lambda e: (e.event == "challenge") & (e.actor == "aland"),
    "provocation of aland icbm": lambda e: e.event == "provocation",
    "nuclear_test": lambda e: (e.event == "provocation") & (e.subject == "nuclear"),
    "nuclear_use by 3": lambda e: e.event == "nuclear_use",
}


@pytest.mark.parametrize("text", EVENT_FILTERS)
@pytest.mark.parametrize("negation", ["", "not "])
def test_an_event_is_a_filter_of_the_table_of_events(
    results: Results, text: str, negation: str
) -> None:
    events = results.frame("events")
    found = set(events["world"][EVENT_FILTERS[text](events)])
    everywhere = set(results.worlds.tolist())
    assert holds(results, negation + text) == (everywhere - found if negation else found)


MONTH_FILTERS: dict[str, Filter] = {
    "tier >= 2 by 6": lambda m: (m.tier >= 2) & (m.month <= 6),
    "tier < 2 in 12": lambda m: (m.tier < 2) & (m.month == 12),
    "tier = 2": lambda m: m.tier == 2,
    "front > 0.75 by 8": lambda m: (m.front > 0.75) & (m.month <= 8),
    "front >= -1 in 1-2": lambda m: m.front.notna() & (m.month <= 2),
}


@pytest.mark.parametrize("text", MONTH_FILTERS)
def test_a_column_of_months_is_a_filter_of_the_table_of_months(results: Results, text: str) -> None:
    months = results.frame("months")
    assert holds(results, text) == set(months["world"][MONTH_FILTERS[text](months)])


MEASURE_FILTERS: dict[str, Filter] = {
    "sent": lambda w: w.sent,
    "not sent": lambda w: ~w.sent,
    "level >= 2.5": lambda w: w.level >= 2.5,
    "not level >= 2.5": lambda w: w.level < 2.5,
    "front > 0": lambda w: w.front > 0,  # a measure too, without months
    "kept": lambda w: w.kept & w.sent,
    "not kept": lambda w: ~w.kept & w.sent,  # defined only where soldiers are sent
}


@pytest.mark.parametrize("text", MEASURE_FILTERS)
def test_a_measure_is_a_filter_of_the_table_of_worlds(results: Results, text: str) -> None:
    worlds = results.frame("worlds")
    assert holds(results, text) == set(worlds["world"][MEASURE_FILTERS[text](worlds)])


def test_what_a_name_stands_for_is_said(results: Results) -> None:
    tables = Tables(results)
    readings = {
        text: evaluate_condition(parse_condition(text, tables.period), tables).reading
        for text in ("ceasefire", "peace", "kept", "tier >= 2")
    }
    assert readings == {
        "ceasefire": "ceasefire or peace",
        "peace": "",
        "kept": "Calm, where sent (defined where sent)",
        "tier >= 2": "",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "soldier_sent by 6",
            (
                "no table holds 'soldier_sent'; did you mean 'soldiers_sent'?\n"
                "    events recorded here: challenge, peace, provocation, troops_sent\n"
                "    other names of events: soldiers_sent, soldiers_seen, ceasefire, war_ends,"
            ),
        ),
        ("level", "the measure level is an amount\n    allowed: a comparison, such as level >= 3"),
        ("tier", "the column of months tier is an amount\n    allowed: a comparison, such as"),
        ("sent >= 1", "sent happens or does not\n    allowed: sent, not sent"),
        ("sent by 3", "the measure sent is of the whole run, and has no month\n    allowed: with"),
        ("sent of aland", "only an event has somebody after 'of' or 'towards'"),
        ("tier >= 2 of aland", "only an event has somebody after 'of' or 'towards'"),
        (
            "peace of straight",
            (
                "'straight' is no actor or subject of peace; did you mean 'strait'?\n"
                "    recorded: strait, syldavia"
            ),
        ),
        (
            "peace towards nobody",
            "'nobody' is no towards of peace\n    recorded: aland",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_what_is_there(
    results: Results, text: str, message: str
) -> None:
    assert refusal(results, text).startswith(message)


def test_no_line_of_a_long_list_is_wider_than_a_terminal(results: Results) -> None:
    lines = refusal(results, "soldier_sent").splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) <= 80


def test_a_code_of_the_scenario_needs_no_row(results: Results) -> None:
    assert holds(results, "peace of borduria") == set()


def test_what_is_recorded_instead_is_listed(results: Results) -> None:
    tables = Tables(results)
    recorded = {
        text: [
            (head, list(names))
            for head, names in describe_recorded(parse_condition(text, tables.period), tables)
        ]
        for text in ("peace of borduria", "victory", "tier >= 9")
    }
    assert recorded["peace of borduria"] == [
        ("peace is recorded with actor", ["syldavia"]),
        ("peace is recorded with towards", ["aland"]),
        ("peace is recorded with subject", ["strait"]),
    ]
    assert recorded["victory"] == [("events recorded here", list(tables.recorded))]
    assert recorded["tier >= 9"] == []


def test_an_event_begins_whenever_it_happens_and_a_state_when_it_was_not_so_before(
    results: Results,
) -> None:
    tables = Tables(results)
    tests, tier = (
        find_occurrences(parse_condition(text, tables.period), tables).begins()
        for text in ("icbm_test", "tier >= 2")
    )
    assert set(tests.month.tolist()) == {2, 3}
    assert len(tier.index) == len(np.unique(tier.index)) == len(holds(results, "sent"))


def test_a_state_that_comes_back_begins_again() -> None:
    state = Occurrences(
        np.array([1, 0, 1, 1, 2]), np.array([3, 2, 4, 7, 8]), worlds=3, lasting=True
    )
    begins = state.begins()
    assert begins.index.tolist() == [0, 1, 1, 2]
    assert begins.month.tolist() == [2, 3, 7, 8]


def test_a_missing_table_is_reported(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = replace(results, folder=results.folder / "gone")
    assert Tables(gone).month_columns == ()
    with pytest.raises(ResultsError, match="holds no table of events"):
        _ = Tables(gone).recorded
