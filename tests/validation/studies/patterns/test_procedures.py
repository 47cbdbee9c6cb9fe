"""Every procedure that measures a pattern, tried on a history whose answer is known by hand."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.validation.studies.patterns import (
    alignment,
    barter,
    council,
    disputes,
    escalation,
    honour,
    pacts,
    provocations,
    wars,
)
from sim.validation.studies.patterns.alliances import (
    allies_by_actor,
    neighbours_by_actor,
    pairs_with_outside_pact,
)
from sim.validation.studies.patterns.episodes import find_disputes as episodes
from sim.validation.studies.patterns.estimation import (
    estimate,
    estimate_share,
    median_of_counts,
    ratio,
    stack_columns,
)
from sim.validation.studies.patterns.simulated import SimulatedEnsemble, simulate_ensemble
from tests.validation.studies.patterns.handmade_histories import Event, challenge, planted
from tests.worlds import quarrel, rivalry, tangle


def total(counts: np.ndarray) -> list[float]:
    return counts.sum(axis=0).tolist()


# -- disputes as episodes ---------------------------------------------------------------------


def test_a_dispute_is_followed_from_its_challenge_to_its_end() -> None:
    ensemble = planted(*challenge(3, "resist", "climb", "yield:target", rung=3))
    (row,) = episodes(ensemble).itertuples()
    assert (row.challenger, row.target, row.month, row.year) == ("rival", "member", 3, 0)
    assert (row.opening, row.highest, row.forceful, row.war) == (3, 4, True, False)
    assert (row.resisted, row.yielded, row.winner) == (True, True, "rival")


def test_two_disputes_of_one_pair_are_two_and_keep_what_is_theirs() -> None:
    ensemble = planted(*challenge(1, "resist", "dies_down", rung=2), *challenge(9, "let_pass"))
    result = episodes(ensemble)
    assert result["highest"].tolist() == [2, 4]
    assert result["resisted"].tolist() == [True, False]


def test_worlds_and_rivalries_are_not_mixed_up() -> None:
    ensemble = planted(
        *challenge(1, "resist", "war", world=1),
        *challenge(1, "let_pass", subject="grudge", rung=2),
        worlds=2,
    )
    result = episodes(ensemble).set_index(["world", "subject"])
    assert result.loc[(0, "grudge"), "highest"] == 2
    assert result.loc[(1, "feud"), "war"]


def test_where_nothing_happened_there_are_no_disputes() -> None:
    assert len(episodes(planted())) == 0


# -- P1, P2, P5 -------------------------------------------------------------------------------


def _rivals(*happened: Event, worlds: int = 1, years: int = 4) -> SimulatedEnsemble:
    """Return worlds in which the feud is first of rivals, and another pair is none."""
    scenario = quarrel(
        months=12 * years,
        rivalries__feud=None,
        rivalries__rivals_feud=rivalry("rival", "member"),
        rivalries__others_row=rivalry("backer", "friend"),
    )
    return planted(*happened, worlds=worlds, scenario=scenario)


def test_two_disputes_in_a_year_make_one_onset_year() -> None:
    twice = challenge(1, "let_pass", subject="rivals_feud")
    ensemble = _rivals(*twice, *challenge(12, "let_pass", subject="rivals_feud"))
    assert total(disputes.count_onset_years(ensemble, "rivals")) == [1, 4]
    assert total(disputes.count_onset_years(ensemble, "others")) == [0, 4]


def test_the_month_after_the_twelfth_is_of_the_next_year() -> None:
    ensemble = _rivals(
        *challenge(12, "let_pass", subject="rivals_feud"),
        *challenge(13, "let_pass", subject="rivals_feud"),
    )
    assert total(disputes.count_onset_years(ensemble, "rivals")) == [2, 4]


def test_rivals_that_dispute_every_other_year_dispute_twice_as_often_as_once_in_four() -> None:
    often = [challenge(month, "let_pass", subject="rivals_feud") for month in (1, 25)]
    seldom = challenge(1, "let_pass", subject="others_row", by="backer", on="friend")
    ensemble = _rivals(*often[0], *often[1], *seldom)
    assert disputes.relative_rate(disputes.count_onset_years_by_class(ensemble).sum(axis=0)) == 2


def test_onsets_after_an_onset_are_counted_apart() -> None:
    """Years with, with, without, with: one of two after one with, one of one after one without."""
    happened = [challenge(month, "let_pass", subject="rivals_feud") for month in (1, 13, 37)]
    ensemble = _rivals(*[event for dispute in happened for event in dispute])
    assert total(disputes.count_onset_clusters(ensemble, "rivals")) == [1, 2, 1, 1]


def test_who_begins_the_disputes_of_a_pair_is_counted_in_disputes() -> None:
    ensemble = planted(
        *challenge(1, "let_pass"),
        *challenge(5, "let_pass"),
        *challenge(9, "let_pass", by="member", on="rival"),
    )
    assert total(disputes.count_disputes_begun_by(ensemble, "feud", "rival")) == [2, 3]
    assert total(disputes.count_pair_onset_years(ensemble, "feud")) == [1, 2]


def test_wars_of_a_pair_are_counted_by_year() -> None:
    ensemble = planted(*challenge(1, "resist", "war"), years=2)
    assert total(disputes.count_pair_wars(ensemble, "feud")) == [1, 2]


# -- P3, P4, P15 ------------------------------------------------------------------------------


def test_the_funnel_counts_disputes_by_the_highest_rung_they_reach() -> None:
    ensemble = planted(
        *challenge(1, "let_pass", rung=2),
        *challenge(3, "resist", "climb", "dies_down", rung=3),
        *challenge(9, "resist", "war", rung=4),
        *challenge(15, "let_pass", rung=4),
    )
    assert total(escalation.count_disputes_reaching(ensemble, "forceful")) == [3, 4]
    assert total(escalation.count_disputes_reaching(ensemble, "war")) == [1, 4]
    assert total(escalation.count_replies(ensemble)) == [2, 4]
    assert total(escalation.count_replies(ensemble, "another")) == [0, 0]


@pytest.mark.parametrize(
    ("happened", "counted"),
    [
        (challenge(1, "resist", "dies_down", rung=3), [1, 1]),
        (challenge(1, "resist", "yield", rung=3), [1, 1]),
        (challenge(1, "resist", "yield:target", rung=3), [0, 1]),
        (challenge(1, "resist", "climb", "dies_down", rung=3), [0, 1]),
        (challenge(1, "resist", "dies_down", rung=4), [0, 0]),
        (challenge(1, "let_pass", rung=3), [0, 0]),
    ],
    ids=[
        "the challenger lets it die",
        "the challenger yields",
        "the target yields",
        "force is used",
        "it opened with force, and is no crisis to deter",
        "nobody resisted, and there was no crisis",
    ],
)
def test_immediate_deterrence_holds_where_the_ally_is_neither_attacked_nor_yields(
    happened: list[Event], counted: list[float]
) -> None:
    assert total(escalation.count_deterred_crises(planted(*happened))) == counted


def test_a_crisis_over_one_that_has_no_ally_is_none_over_an_ally() -> None:
    alone = quarrel(treaties__pact=None)
    ensemble = planted(*challenge(1, "resist", "dies_down", rung=3), scenario=alone)
    assert total(escalation.count_deterred_crises(ensemble)) == [0, 0]


# -- who is allied, and P8 to P12 -------------------------------------------------------------


def test_an_ally_is_who_promised_aid_to_one_that_is_protected() -> None:
    known = allies_by_actor(quarrel())
    assert known["member"] == {"patron"}
    assert known["patron"] == {"member", "friend"}
    assert known["friend"] == set()  # the oath protects the patron alone


def test_what_was_not_concluded_binds_nobody() -> None:
    assert allies_by_actor(quarrel(treaties__pact__concluded=False))["member"] == set()


def test_a_border_is_shared_whoever_of_the_two_names_it() -> None:
    assert neighbours_by_actor(quarrel())["member"] == {"rival"}


def test_an_ally_of_the_challenger_is_no_outside_ally_of_the_target() -> None:
    scenario = quarrel(rivalries__spat=rivalry("patron", "member"))
    held = pairs_with_outside_pact(scenario, holder=1)
    assert ("rival", "member") in held
    assert ("patron", "member") not in held


def test_the_causes_of_a_challenge_are_those_of_the_pair_in_its_direction() -> None:
    scenario = quarrel(rivalries__row=rivalry("backer", "friend"))
    rows = dict(
        zip(
            [("rival", "member"), ("member", "rival"), ("backer", "friend"), ("friend", "backer")],
            pacts.pair_predictors(scenario).tolist(),
            strict=True,
        )
    )
    assert rows["rival", "member"][:6] == [1, 1, 1, 0, 0, 1]
    assert rows["rival", "member"][6] == pytest.approx(0.6)
    assert rows["friend", "backer"][:6] == [1, 1, 0, 0, 0, 0]  # the backer is sworn to, too


def test_begun_years_belong_to_the_one_who_challenged() -> None:
    ensemble = planted(*challenge(1, "let_pass"), *challenge(2, "let_pass"))
    assert pacts.count_challenge_years(ensemble).tolist() == [[1, 0]]


def test_a_planted_effect_of_pacts_is_found_again_and_a_shuffled_one_is_not() -> None:
    """Two in three pairs have pacts; rivals quarrel ten times as often; a pact halves the odds."""
    chance = np.random.default_rng(1)
    pairs, years = 300, 4000
    known = np.zeros((pairs, len(pacts.PREDICTORS)))
    known[:, 0], known[:, pacts.TARGET_PACT_COLUMN] = 1, chance.random(pairs) < 2 / 3
    known[:, 4] = chance.random(pairs) < 0.3
    known[:, 6] = chance.random(pairs)
    odds = 0.02 * 10 ** known[:, 4] * 0.5 ** known[:, pacts.TARGET_PACT_COLUMN]
    begun = chance.binomial(years, odds / (1 + odds)).astype(float)
    trials = np.full(pairs, float(years))
    assert pacts.adjusted_log_odds(begun, known, trials) == pytest.approx(np.log(0.5), abs=0.05)
    assert pacts.challenge_rate_ratio(begun, known, trials) < 0.85
    result = []
    for _ in range(20):
        known[:, pacts.TARGET_PACT_COLUMN] = chance.permutation(known[:, pacts.TARGET_PACT_COLUMN])
        result.append(pacts.adjusted_log_odds(begun, known, trials))
    assert abs(np.mean(result)) < 0.1


def test_with_and_without_are_compared_for_the_same_pairs() -> None:
    """Twice challenged with its pact and four times without: less by half."""
    months = (1, 4, 8, 12)
    with_ = planted(*[event for month in months[:2] for event in challenge(month, "let_pass")])
    without = planted(
        *[event for month in months for event in challenge(month, "let_pass")],
        scenario=quarrel(treaties={}),
    )
    counts = pacts.compare_challenges(with_, without, holder=1)
    assert total(counts) == [2, 4]
    assert pacts.relative_change(counts.sum(axis=0)) == -0.5


def test_resistance_with_and_without_is_a_difference_of_shares() -> None:
    first = planted(*challenge(1, "resist", "dies_down"), *challenge(9, "let_pass"))
    other = planted(*challenge(1, "resist", "dies_down"))
    counts = pacts.compare_resistance(first, other)
    assert total(counts) == [1, 2, 1, 1]
    assert pacts.share_difference(counts.sum(axis=0)) == -0.5


def test_wars_given_disputes_are_shares_of_disputes() -> None:
    first = planted(*challenge(1, "resist", "war"))
    other = planted(*challenge(1, "resist", "war"), *challenge(9, "let_pass"))
    assert pacts.share_ratio(pacts.compare_wars_given_disputes(first, other).sum(axis=0)) == 2


def test_a_promise_is_kept_by_any_aid_and_counted_only_where_it_was_due() -> None:
    ensemble = planted(
        (0, 2, "honoured", "patron", "member", "pact", 1),
        (0, 2, "reneged", "friend", "patron", "oath", 0),
        (0, 2, "helps", "friend", "member", "feud", 1),
    )
    assert total(honour.count_honoured_calls(ensemble)) == [1, 2]


# -- P13, P14, P19 ----------------------------------------------------------------------------


def _war(*entered: tuple[int, str, str, str, int]) -> SimulatedEnsemble:
    """Return a war of month 3, and who came: month, how, who, for whom, how far."""
    came = [(0, month, how, who, whom, "feud", level) for month, how, who, whom, level in entered]
    return planted(*challenge(2, "resist", "war"), *came)


def test_an_ally_of_the_target_at_open_war_has_joined() -> None:
    counts = wars.count_entries_by_class(_war((3, "sends", "patron", "member", 3)))
    assert total(wars.select_class(counts, "ally")) == [1, 1]
    assert total(wars.select_class(counts, "other")) == [0, 1]  # the friend stayed out
    assert total(wars.select_class(counts, "neighbour")) == [0, 0]


def test_materiel_and_deniable_troops_are_no_entry() -> None:
    counts = wars.count_entries_by_class(_war((3, "sends", "patron", "member", 2)))
    assert total(wars.select_class(counts, "ally")) == [0, 1]


def test_an_ally_of_the_attacker_is_in_no_class() -> None:
    counts = wars.count_entries_by_class(_war((3, "sends", "backer", "rival", 3))).sum(axis=0)
    assert counts[1::2].tolist() == [1, 0, 0, 0, 1]  # the patron and the friend could have


def test_a_war_grows_where_somebody_enters_in_a_later_month() -> None:
    assert total(wars.count_wars_by_size(_war())) == [1, 0, 1]
    assert total(wars.count_wars_by_size(_war((3, "sends", "patron", "member", 3)))) == [0, 0, 1]
    assert total(wars.count_wars_by_size(_war((5, "joins", "friend", "member", 3)))) == [0, 1, 1]


def test_an_entry_belongs_to_the_latest_war_of_its_rivalry() -> None:
    ensemble = planted(
        *challenge(2, "resist", "war"),
        (0, 5, "peace", "rival", "member", "feud", 0),
        *challenge(9, "resist", "war"),
        (0, 12, "joins", "friend", "member", "feud", 3),
    )
    assert wars.find_entries(ensemble)["month"].tolist() == [10]
    assert total(wars.count_wars_by_size(ensemble)) == [1, 1, 2]


def test_support_for_a_war_older_than_the_world_is_no_entry() -> None:
    assert len(wars.find_entries(planted((0, 2, "sends", "patron", "member", "feud", 3)))) == 0


def test_a_patron_is_dragged_in_where_its_own_side_began() -> None:
    dragged = _war((3, "sends", "backer", "rival", 3))
    assert total(wars.count_entrapments(dragged, "backer")) == [1, 0.2]
    defending = _war((3, "sends", "patron", "member", 3))
    assert total(wars.count_entrapments(defending, "patron")) == [0, 0.2]


@pytest.mark.parametrize(
    ("shares", "stands"),
    [
        ((0.2, 0.3, 0.08, 0.1, 0.01), 1.0),
        ((0.2, 0.3, 0.1, 0.08, 0.01), 1.0),
        ((0.3, 0.2, 0.08, 0.1, 0.01), 0.0),
        ((0.2, 0.3, 0.08, 0.1, 0.09), 0.0),
        ((0.05, 0.3, 0.08, 0.1, 0.01), 0.0),
    ],
    ids=["as claimed", "neighbours first", "border no help", "others as often", "majors first"],
)
def test_the_order_of_those_who_join(shares: tuple[float, ...], stands: float) -> None:
    sums = np.array([cell for share in shares for cell in (share * 1000, 1000)])
    assert wars.entry_order_holds(sums) == stands


# -- P6, P7 -----------------------------------------------------------------------------------


def _provoked(counts: list[list[float]], *exercises: tuple[int, int]) -> SimulatedEnsemble:
    held = [(world, month, "exercise", "patron", "", "bloc", 0) for world, month in exercises]
    years = len(counts[0]) // 12 or 1
    scenario = quarrel(months=len(counts[0]))
    months = {"provocations_rival": np.array(counts)}
    return planted(*held, worlds=len(counts), years=years, scenario=scenario, months=months)


def test_frequency_is_by_month() -> None:
    assert total(provocations.count_provocations(_provoked([[2.0] * 24]), "rival")) == [48, 24]


def test_swarms_are_the_variance_of_years_within_a_world() -> None:
    """Years of 12 and of 36: a variance of 288 about a mean of 24; worlds apart add nothing."""
    swarm = _provoked([[1.0] * 12 + [3.0] * 12, [0.0] * 24])
    assert provocations.yearly_variance_and_mean(swarm, "rival").tolist() == [[288, 24], [0, 0]]


def test_exercises_are_reported_by_the_month_after_them() -> None:
    """After the exercises of months 1 and 3 come 4 each, else 2; the counts before are held."""
    ensemble = _provoked([[2, 4, 2, 4, 2, 2]], (0, 1), (0, 3))
    sums = provocations.count_after_exercises(ensemble, "rival", "bloc").sum(axis=0)
    assert sums.reshape(2, provocations.STRATA, 2).sum(axis=1).tolist() == [[8, 2], [6, 3]]
    assert provocations.rate_ratio_after_exercises(sums) == 2


def test_swarms_before_an_exercise_are_not_laid_at_its_door() -> None:
    """Months after 9 have 9, others 1; an exercise follows every 9 and does nothing itself."""
    high, low = [9.0] * 60, [1.0] * 60
    ensemble = _provoked([high, low], *[(0, month) for month in range(1, 50)], (1, 5))
    sums = provocations.count_after_exercises(ensemble, "rival", "bloc").sum(axis=0)
    exposed, other = sums.reshape(2, provocations.STRATA, 2).sum(axis=1)
    assert (exposed[0] / exposed[1]) / (other[0] / other[1]) > 3
    assert provocations.rate_ratio_after_exercises(sums) == pytest.approx(1)


# -- P16, P17 ---------------------------------------------------------------------------------


def test_vetoes_are_of_drafts_and_of_the_months_asked_for() -> None:
    ensemble = planted(
        (0, 2, "draft", "patron", "rival", "council", 0),
        (0, 2, "veto", "backer", "rival", "council", 0),
        (0, 2, "veto", "friend", "rival", "council", 0),
        (0, 8, "draft", "patron", "rival", "council", 0),
        (0, 8, "adopted", "", "rival", "council", 0),
        (0, 8, "constrained", "rival", "", "council", 0),
        (0, 20, "draft", "patron", "rival", "council", 0),
    )
    assert total(council.count_vetoes(ensemble, "backer", 12)) == [1, 2]
    assert total(council.count_vetoes(ensemble, "backer", 24)) == [1, 3]
    assert total(council.count_measures_followed_by(ensemble, "constrained")) == [1, 1]
    assert total(council.count_consequences(ensemble)) == [0, 1]


# -- P18 --------------------------------------------------------------------------------------


def _barter(*worlds: tuple[int, int]) -> SimulatedEnsemble:
    """Return worlds with the months of first soldiers and first technology, 0 for never."""
    happened: list[Event] = []
    for world, (troops, technology) in enumerate(worlds):
        for month, what in ((troops, "troops_sent"), (technology, "technology")):
            if month:
                happened.append((world, month, what, "backer", "rival", "arms", 2))
                happened.append((world, month + 2, what, "backer", "rival", "arms", 2))
    return planted(*happened, worlds=len(worlds), years=4)


def test_the_ladder_is_right_where_technology_comes_with_or_after_troops() -> None:
    ensemble = _barter((5, 8), (5, 5), (8, 5), (5, 0), (0, 5), (0, 0))
    assert total(barter.count_troops_first(ensemble, "arms")) == [2, 3, 6]


def test_what_comes_after_three_years_is_not_counted() -> None:
    assert total(barter.count_troops_first(_barter((5, 37)), "arms")) == [0, 0, 1]


def test_lags_from_troops_run_both_ways() -> None:
    lags = barter.count_lags_from_troops(_barter((5, 8), (8, 5), (5, 9)), "arms").sum(axis=0)
    assert median_of_counts(lags, first_value=-barter.SPAN_MONTHS) == 3


def test_lags_from_arms_begin_with_the_exchange() -> None:
    since = date(2024, 1, 19)  # five months before the scenario opens
    scenario = tangle(months=48)
    exchanges = {"arms": _Since(since)}
    ensemble = _barter((7, 0))
    ensemble = SimulatedEnsemble(
        scenario.model_copy(update={"exchanges": exchanges}), ensemble.world_count, ensemble.events
    )
    assert median_of_counts(barter.count_lags_from_arms(ensemble, "arms").sum(axis=0)) == 12


class _Since:
    def __init__(self, since: date) -> None:
        self.since = since


# -- P20 --------------------------------------------------------------------------------------


def test_a_look_counts_stable_alignments_and_who_stands_together() -> None:
    """The patron and its member are sworn to each other; the rival fights the member."""
    camps = [["patron", "member"]]
    ensemble = simulate_ensemble(
        quarrel(months=12), 50, observe=partial(alignment.observe_alignment, camps=camps)
    )
    sums = ensemble.observations.sum(axis=0)
    assert sums[alignment.OBSERVATIONS] == 50 * 2  # the opening day and the year's end
    assert sums[alignment.ALIGNMENT_SLICE].sum() == 50 * 2
    assert alignment.median_alignments(sums) >= 1
    assert 0 < alignment.mean_basin_share(sums) <= 1
    apart = partial(alignment.observe_alignment, camps=[["rival", "member"]])
    other = simulate_ensemble(quarrel(months=12), 50, observe=apart).observations.sum(axis=0)
    assert alignment.share_held_together(sums) > alignment.share_held_together(other)


# -- figures from sums ------------------------------------------------------------------------


def test_an_interval_from_worlds_drawn_anew_is_that_of_the_textbook() -> None:
    happened = (np.arange(400) < 100).astype(float)
    result = estimate_share([stack_columns(happened, np.ones(400))])
    half = 1.96 * np.sqrt(0.25 * 0.75 / 400)
    assert result.value == 0.25
    assert result.low == pytest.approx(0.25 - half, abs=0.01)
    assert result.high == pytest.approx(0.25 + half, abs=0.01)


def test_what_never_happened_may_still_happen() -> None:
    result = estimate_share([stack_columns(np.zeros(100), np.ones(100))])
    assert result.high == pytest.approx(1 - 0.025 ** (1 / 100))


def test_populations_are_drawn_from_apart() -> None:
    """All differences lie between the two, and within each none: nothing is unsure."""
    first, other = stack_columns(np.ones(50), np.ones(50)), stack_columns(np.zeros(50), np.ones(50))
    result = estimate([first, other], ratio)
    assert result.value == result.low == result.high == 0.5


@given(st.lists(st.integers(0, 9), min_size=1, max_size=60))
def test_the_median_of_counted_values_is_one_of_the_middle_ones(values: list[int]) -> None:
    sums = np.bincount(values, minlength=10).astype(float)
    ordered = sorted(values)
    assert median_of_counts(sums, first_value=2) - 2 == ordered[(len(values) - 1) // 2]
