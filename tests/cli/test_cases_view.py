"""Where a conditional measure has too few cases, the number of worlds needed is said."""

from __future__ import annotations

from sim.cli.views.cases import FewCases, describe_few_cases, find_few_cases
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind

KEPT = Measure("kept", "share of worlds", "aid comes, where called", MeasureKind.HAPPENED, "called")
SENT = Measure("sent", "thousand", "soldiers, where any are sent", MeasureKind.AMOUNT, "called")
WAR = Measure("war", "share of worlds", "a war", MeasureKind.HAPPENED)


def said(measure: Measure, cases: int) -> list[str]:
    metrics = {measure.name: Metric(measure.name, "", None, None, None, cases)}
    return list(describe_few_cases(find_few_cases([measure], metrics, 1000)))


def test_a_share_is_to_be_known_to_ten_points() -> None:
    [sentence] = said(KEPT, 7)
    assert sentence == (
        "Too few cases: aid comes, where called, has 7 in 1,000 worlds. About 14,000 worlds would "
        "be needed to know it to 10 percentage points."
    )


def test_without_any_case_the_number_is_the_least_there_can_be() -> None:
    [sentence] = said(KEPT, 0)
    assert sentence == (
        "Too few cases: aid comes, where called, has none in 1,000 worlds. At least about 33,000 "
        "worlds would be needed to know it to 10 percentage points."
    )


def test_an_amount_needs_some_cases() -> None:
    [sentence] = said(SENT, 4)
    assert sentence == (
        "Too few cases: soldiers, where any are sent, has 4 in 1,000 worlds. About 5,000 worlds "
        "would be needed for 20 cases."
    )


def test_with_enough_cases_or_without_a_condition_nothing_is_said() -> None:
    assert said(KEPT, 20) == []
    assert said(WAR, 0) == []


def test_many_are_named_in_one_sentence() -> None:
    [sentence] = describe_few_cases([FewCases(KEPT, cases, 1000) for cases in (7, 4, 0)])
    assert sentence == (
        "Too few cases for 3 conditional outcomes, with the worlds that each would need: aid "
        "comes, where called (14,000), aid comes, where called (25,000), aid comes, where called "
        "(33,000)."
    )
