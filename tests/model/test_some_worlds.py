"""What is decided in few worlds of a block is worked out in these, and comes to the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from sim.model import some_worlds
from sim.model.arrays import Mask
from sim.model.context import PhaseContext
from sim.model.decision_log import DecisionLog
from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.model.some_worlds import Selection, divide_worlds
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import same_history
from tests.model.random_scenarios import scenarios
from tests.worlds import changed, real, tangle

WORLDS = 40
ROWS = np.array([2, 5, 31])
TANGLE = tangle(months=12, shocks__truce=None, rules__war__settles=0.15)
NOBODY_FIGHTS = {"mutual_defence": False, "joining": False}


@contextmanager
def divided(smallest: float) -> Iterator[None]:
    """Blocks of at least so many worlds are divided, as far as decisions are for half of them."""
    with patch.object(some_worlds, "SMALLEST_BLOCK", smallest):
        yield


def simulated(scenario: Scenario, *, smallest: float, worlds: int = WORLDS) -> History:
    with divided(smallest):
        return simulate(scenario, 0, worlds)


@pytest.fixture
def context() -> PhaseContext:
    model = AllianceModel(TANGLE, 0, WORLDS)
    for _ in range(3):
        model.step()
    model.close()
    return model.context


def first(count: int) -> Mask:
    """Return the first so many worlds, (world,)."""
    return np.arange(WORLDS) < count


# -- the same histories -------------------------------------------------------------------------


@given(scenarios())
@settings(max_examples=12)
def test_any_scenario_has_the_same_history_whether_its_blocks_are_divided(
    scenario: Scenario,
) -> None:
    undivided = simulated(scenario, smallest=np.inf)
    assert same_history(simulated(scenario, smallest=0), undivided)


@pytest.mark.parametrize("shared", [0.0, 1.0])
def test_decisions_may_share_their_worlds_or_not(
    shared: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(some_worlds, "SHARED", shared)
    assert same_history(simulated(TANGLE, smallest=0), simulated(TANGLE, smallest=np.inf))


def test_the_pact_works_out_answers_and_joining_in_one_world_of_twenty() -> None:
    looked_at: list[int] = []

    class Counted(Selection):
        def __init__(self, context: PhaseContext, rows: NDArray[np.intp] | None) -> None:
            looked_at.append(context.state.count if rows is None else len(rows))
            super().__init__(context, rows)

    pact = real("pact").model_copy(update={"months": 4})
    worlds = some_worlds.SMALLEST_BLOCK
    with patch.object(some_worlds, "Selection", Counted):
        history = simulate(pact, 0, worlds)
    assert 0 < sum(looked_at) < 0.05 * worlds * len(looked_at)
    assert same_history(history, simulated(pact, smallest=np.inf, worlds=worlds))


# -- objects in some worlds ---------------------------------------------------------------------


def test_in_some_worlds_vectors_are_cut_and_all_else_is_as_it_was(context: PhaseContext) -> None:
    whole, part = context.state, Selection(context, ROWS).context.state
    assert (part.count, part.month, part.codes) == (3, whole.month, whole.codes)
    assert part.scenario is whole.scenario
    np.testing.assert_array_equal(part.capability, whole.capability[:, ROWS])
    np.testing.assert_array_equal(part.borders, whole.borders)
    np.testing.assert_array_equal(part.rules.honour.worth, whole.rules.honour.worth[ROWS])
    np.testing.assert_array_equal(part.no_world, whole.no_world[ROWS])


def test_methods_work_on_these_worlds(context: PhaseContext) -> None:
    whole, part = context.state, Selection(context, ROWS).context.state
    np.testing.assert_array_equal(part.memory.trust(0, 1), whole.memory.trust(0, 1)[ROWS])
    for code, rivalry in whole.rivalries.items():
        np.testing.assert_array_equal(
            part.rivalries[code].war.fighting, rivalry.war.fighting[:, ROWS]
        )


def test_draws_are_those_of_the_same_worlds(context: PhaseContext) -> None:
    whole, part = context.state.streams, Selection(context, ROWS).context.state.streams
    key = ("misjudges", 3, "one", "other")
    np.testing.assert_array_equal(part.normal(*key), whole.normal(*key)[ROWS])


def test_one_object_is_one_object_in_some_worlds(context: PhaseContext) -> None:
    selection, rivalries = Selection(context, ROWS), context.state.rivalries
    narrowed = {code: selection.narrow(rivalry) for code, rivalry in rivalries.items()}
    assert selection.context.state.rivalries == narrowed
    assert selection.context.actors[0] is selection.narrow(context.actors[0])


def test_an_object_in_some_worlds_has_no_other_attributes(context: PhaseContext) -> None:
    selection = Selection(context, ROWS)
    with pytest.raises(AttributeError, match="weather"):
        _ = selection.context.state.weather  # type: ignore[attr-defined]
    memory = selection.context.state.memory
    selection.release()
    with pytest.raises(AttributeError, match="affinity"):
        _ = memory.affinity


def test_values_are_widened_by_nothing_elsewhere(context: PhaseContext) -> None:
    widened = Selection(context, ROWS).widen(np.array([1, 2, 3], dtype=np.int8))
    assert widened[ROWS].tolist() == [1, 2, 3]
    assert (widened.sum(), widened.dtype.name, widened.shape) == (6, "int8", (WORLDS,))
    assert Selection(context, None).widen(widened) is widened


# -- which worlds share a selection --------------------------------------------------------------


def divisions(context: PhaseContext, *counts: int) -> list[tuple[int, list[int]]]:
    """Return how many worlds are looked at together, and for which of the decisions."""
    wheres = [first(count) for count in counts]
    return [(part.context.state.count, at) for part, at in divide_worlds(context, wheres)]


def test_what_few_worlds_decide_shares_them_and_what_many_decide_is_worked_out_in_all(
    context: PhaseContext,
) -> None:
    with divided(0):
        assert divisions(context, 12, 3, 30, 5) == [(WORLDS, [2]), (5, [1, 3]), (12, [0])]
        assert divisions(context) == []


def test_a_small_block_is_not_divided(context: PhaseContext) -> None:
    assert divisions(context, 1, 2) == [(WORLDS, [0, 1])]


def test_with_a_decision_log_all_is_worked_out_in_every_world(context: PhaseContext) -> None:
    context.state.log = DecisionLog()
    with divided(0):
        assert divisions(context, 1, 2) == [(WORLDS, [0, 1])]


def test_where_nobody_answers_or_joins_nothing_is_selected() -> None:
    scenario = changed(TANGLE, **{f"mechanisms__{name}": on for name, on in NOBODY_FIGHTS.items()})
    with patch.object(some_worlds, "Selection", side_effect=AssertionError):
        simulate(scenario, 0, 4)
