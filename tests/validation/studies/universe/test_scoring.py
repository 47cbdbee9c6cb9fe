"""Every answer is forecast from the other wars alone, and scored by war."""

from __future__ import annotations

import numpy as np
import pytest

from sim.validation.studies.universe.estimates import estimate_rule
from sim.validation.studies.universe.record import Record
from sim.validation.studies.universe.scoring import (
    GROUPS,
    RULE,
    Evaluation,
    evaluate_time_splits,
    forecast_by_regression,
)
from tests.validation.studies.universe.handmade import RECORD, answer, due, record


def evaluation(rows: Record, *chances: float) -> Evaluation:
    return Evaluation("all", RULE, rows, np.array(chances))


def test_within_a_war_only_its_own_pairs_count() -> None:
    rows = record(
        answer(war=1, joined=True), answer(war=1), answer(war=2, joined=True), answer(war=2)
    )
    scored = evaluation(rows, 0.9, 0.8, 0.2, 0.1)
    assert scored.rank_accuracy_within.value == 1.0
    assert scored.rank_accuracy.value == 0.75


def test_skill_is_measured_against_the_share_of_the_other_wars() -> None:
    rows = record(*(answer(war=war, joined=war == 1) for war in (1, 1, 2, 2)))
    reference = np.mean([(1 - 0.5 / 3) ** 2] * 2 + [(2.5 / 3) ** 2] * 2)
    scored = evaluation(rows, 1, 1, 0, 0.5)
    assert scored.skill.value == pytest.approx(1 - (0.25 / 4) / reference)


def test_groups_are_nested() -> None:
    sizes = [len(RECORD.select(belongs).rows) for belongs in GROUPS.values()]
    assert sizes == [3435, 733, 286]


def test_the_terms_of_the_rule_forecast_allies_as_was_found_before() -> None:
    """Found beforehand with the same terms: promised .782, due +.179."""
    promised = RECORD.select(GROUPS["aid promised"])
    scored = Evaluation("aid promised", RULE, promised, forecast_by_regression(promised))
    assert scored.rank_accuracy.value == pytest.approx(0.782, abs=0.001)
    allies = RECORD.select(GROUPS["aid due"])
    scored = Evaluation("aid due", RULE, allies, forecast_by_regression(allies))
    assert scored.skill.value == pytest.approx(0.179, abs=0.001)


def test_a_split_in_time_knows_nothing_of_the_era_it_forecasts() -> None:
    later = RECORD.of_era("since_1946")
    rule = estimate_rule(RECORD.of_era("to_1945"))
    (split,) = (
        found
        for (tested, group), found in evaluate_time_splits(RECORD).items()
        if (tested, group) == ("since_1946", "all")
    )
    assert len(split.record.rows) == len(later.rows)
    assert split.chances == pytest.approx(rule.chances(later, "to_1945"))


def test_an_ally_is_forecast_by_its_own_obligation() -> None:
    rule = estimate_rule(RECORD)
    bound, unbound = rule.chances(record(due(own_quarrels=1), answer(own_quarrels=1)))
    assert bound > 5 * unbound
