"""All worlds of a fork have one past, and each a future of its own."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.decision_log import DecisionLog, DrawKey
from sim.model.decisions.played import Played, moves_by_key
from sim.model.model import AllianceModel
from sim.model.randomness.controlled import ControlledStreams
from sim.model.randomness.forked import open_streams
from sim.model.randomness.streams import RandomStreams, SelectedStreams
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.state import SampledRules
from sim.scenario.drawn import list_drawn_numbers
from sim.scenario.schema.past import PastSpec, RulesAfterwards
from tests.model.compare_histories import joined, same_history, story
from tests.model.past.forks import PAST_WORLD, events_until, fork, move
from tests.worlds import quarrel, real, tangle

TANGLE = tangle()
PACT = real("pact").model_copy(update={"months": 12})


@pytest.fixture(scope="module")
def forked() -> History:
    """Worlds 0 to 19 of a fork after eight months."""
    return simulate(fork(TANGLE, 8), 0, 20)


@pytest.mark.parametrize("rules", RulesAfterwards)
@pytest.mark.parametrize("months", [0, 1, 7, TANGLE.months])
def test_a_world_of_a_fork_of_that_world_is_that_world(months: int, rules: RulesAfterwards) -> None:
    whole = simulate(TANGLE, PAST_WORLD, 1)
    assert same_history(simulate(fork(TANGLE, months, rules=rules), PAST_WORLD, 1), whole)


@pytest.mark.parametrize("rules", RulesAfterwards)
def test_so_it_is_in_the_real_scenario_with_all_its_institutions(rules: RulesAfterwards) -> None:
    whole = simulate(PACT, PAST_WORLD, 1)
    assert same_history(simulate(fork(PACT, 5, rules=rules), PAST_WORLD, 1), whole)


def test_until_the_fork_every_world_is_the_past_world(forked: History) -> None:
    past = events_until(forked, PAST_WORLD, 8)
    assert past
    assert all(events_until(forked, world, 8) == past for world in range(20))


def test_after_the_fork_worlds_differ(forked: History) -> None:
    stories = {tuple(story(forked.events, world)) for world in range(20)}
    assert len(stories) > 10


def test_a_fork_is_the_same_in_blocks_of_any_size(forked: History) -> None:
    blocks = [simulate(fork(TANGLE, 8), first, count) for first, count in ((0, 1), (1, 7), (8, 12))]
    assert same_history(joined(blocks), forked)


def test_a_past_of_no_months_shares_the_sampled_numbers_alone() -> None:
    model = AllianceModel(fork(TANGLE, 0), 3, 6)
    assert np.ptp(model.context.state.rules.war.settles) == 0
    model.step()
    assert np.ptp(model.context.state.rivalries["siege"].war.front) > 0
    model.release()


def test_with_rules_unknown_each_world_goes_on_with_its_own() -> None:
    model = AllianceModel(fork(TANGLE, 2, rules=RulesAfterwards.UNKNOWN), 3, 6)
    state, own = model.context.state, SampledRules(TANGLE, RandomStreams(TANGLE.seed, 3, 6))
    spreads = []
    for _ in range(4):
        model.step()
        spreads.append(float(np.ptp(state.rules.war.settles)))
    assert spreads[:2] == [0, 0]
    assert state.rules.war.settles.tolist() == own.war.settles.tolist()
    assert state.rules.memory.prior_mean.tolist() == own.memory.prior_mean.tolist()
    assert np.ptp(state.capability, axis=1).max() == 0  # facts of the world stay
    model.release()


@pytest.mark.parametrize("months", [0, 2])
def test_nothing_that_was_worked_out_from_the_old_rules_is_left(months: int) -> None:
    quiet = quarrel(months=9, mechanisms__misjudgement=False)
    nobody = [
        move(month, "challenge", *pair, "feud", level=0)
        for month in range(1, months + 1)
        for pair in (("rival", "member"), ("member", "rival"))
    ]
    forked = fork(quiet, months, *nobody, rules=RulesAfterwards.UNKNOWN)
    worlds = np.arange(30)
    rules = {
        key: RandomStreams(quiet.seed, 0, 30).uniform("assumption", 0, key)
        for key in list_drawn_numbers(forked)
    }
    streams = ControlledStreams(quiet.seed, np.full(30, PAST_WORLD), worlds, rules)
    log, expected = DecisionLog(), DecisionLog()
    simulate(forked, 0, 30, log=log)
    simulate(quiet, 0, 30, streams=streams, log=expected, played=Played(moves_by_key(nobody)))
    chances = [chances_after(each, months) for each in (log, expected)]
    assert {key.what for _, key, _ in chances[0]} >= {"challenge", "resist challenge", "answer"}
    assert chances[0] == chances[1]


def chances_after(log: DecisionLog, months: int) -> list[tuple[int, DrawKey, list[list[float]]]]:
    """Return the chances of all decisions after some months."""
    return [
        (each.month, each.key, [chance.tolist() for chance in each.chances])
        for each in log.decisions
        if each.month > months
    ]


def test_what_was_settled_in_the_past_stays_settled_and_the_rest_is_open() -> None:
    streams = open_streams(7, PastSpec(world=3, months=5), 0, 6)
    asked, unasked = ("answer", 1), ("answer", 2)
    settled = streams.uniform_once(*asked, 5, "patron", "member", "feud")
    later = streams.uniform_once(*asked, 9, "patron", "member", "feud")
    fresh = streams.uniform_once(*unasked, 9, "patron", "member", "feud")
    past, own = RandomStreams(7, 3, 1), RandomStreams(7, 0, 6)
    assert settled.tolist() == [past.uniform(*asked, "patron", "member", "feud")[0]] * 6
    assert later.tolist() == settled.tolist()
    assert fresh.tolist() == own.uniform(*unasked, "patron", "member", "feud").tolist()


def test_a_war_that_follows_the_fork_has_answers_of_each_world() -> None:
    forked = simulate(fork(TANGLE, 2), 0, 60)
    answers = [event for world in range(60) for event in story(forked.events, world)]
    late = {event[5] for event in answers if event[1] == "honoured" and event[0] > 2}
    assert len(late) > 1


def test_some_worlds_of_a_fork_have_the_draws_they_have_among_all() -> None:
    rows = np.array([1, 4, 5])
    whole = open_streams(7, PastSpec(world=3, months=5), 0, 6)
    some = SelectedStreams(open_streams(7, PastSpec(world=3, months=5), 0, 6), rows)
    for month in (2, 9):
        once = ("answer", 1, month, "patron", "member", "feud")
        assert some.uniform_once(*once).tolist() == whole.uniform_once(*once)[rows].tolist()
        assert some.uniform("dies", month, "feud").tolist() == (
            whole.uniform("dies", month, "feud")[rows].tolist()
        )
    own = RandomStreams(7, 0, 6).uniform("dies", 1, "feud")
    assert some.afterwards.uniform("dies", 1, "feud").tolist() == own[rows].tolist()
