"""Expected rates are those of direct counts, with far less noise."""

from __future__ import annotations

import os

import numpy as np
import pytest

from sim.analysis.choices.choice import ChoiceKind
from sim.analysis.choices.measure import ChoiceTable, measure_choices
from sim.analysis.choices.simulation import simulate_in_blocks
from sim.errors import RequestError, SimulationError
from sim.experiment.execution import workers as processes
from sim.scenario.schema.scenario import Scenario
from tests.analysis.choices.direct_counts import count_in_blocks
from tests.experiment.fakes import count_pools
from tests.model.opening_chances import Eve
from tests.worlds import changed, quarrel, real, rivalry, tangle

_CLEAR = 4.0
"""Standard errors beyond which a difference is no chance, among some dozens."""
RIVALS = ("rival", "member")


@pytest.fixture(scope="module")
def rates() -> ChoiceTable:
    return measure_choices(quarrel(), 4000, workers=1)


def test_the_mean_of_the_chances_is_that_of_direct_counts(rates: ChoiceTable) -> None:
    counts = count_in_blocks(quarrel(), 4000)
    assert len(counts) == 8
    for choice, drawn in counts.items():
        difference = drawn - rates.values[choice]
        assert abs(difference.mean()) < _CLEAR * difference.std() / np.sqrt(len(drawn))
        assert rates.values[choice].std() < drawn.std()


def test_a_crisis_that_the_scenario_imposes_is_no_choice() -> None:
    calm = quarrel(rivalries__feud=rivalry("rival", "member", onset=(0.0, 0.0)))
    march = {"date": "2024-09-19", "kind": "dispute", "rivalry": "feud", "actor": "rival"}
    table = measure_choices(changed(calm, shocks__march=march | {"rung": "force"}), 50, workers=1)
    assert table.value("challenge", "feud", "rival").value < 0.001
    assert table.value("climb", "feud", "rival").value > 0.1


def test_help_is_what_the_attacker_expects_of_an_ally_of_the_attacked() -> None:
    scenario = quarrel(mechanisms__misjudgement=False)
    table = measure_choices(scenario, 200, months=1, workers=1)
    any_aid, _, war = Eve(scenario, 200).aid("patron", "member")
    assert table.value("help", "feud", "patron", "member").value == pytest.approx(any_aid.mean())
    assert table.value("help_war", "feud", "patron", "member").value == pytest.approx(war.mean())


def test_rates_are_a_year_however_many_months_are_simulated() -> None:
    quick = quarrel(rivalries__feud=rivalry("rival", "member", onset=(0.05, 0.05)))
    short, long = (measure_choices(quick, 500, months=m, workers=1) for m in (6, 24))
    values = [table.value("challenge", "feud", "rival").value for table in (short, long)]
    assert values[0] == pytest.approx(values[1], rel=0.1)


@pytest.mark.parametrize(("size", "workers"), [(1, 1), (5, 2)])
def test_neither_blocks_nor_processes_change_a_rate(size: int, workers: int) -> None:
    whole = measure_choices(tangle(), 12, months=10, workers=1)
    parts = measure_choices(tangle(), 12, months=10, workers=workers, block_size=size)
    assert list(whole.values) == list(parts.values)
    for choice, values in whole.values.items():
        assert parts.values[choice] == pytest.approx(values, rel=1e-12)


def test_rows_name_every_choice_of_both_sides_and_every_ally(rates: ChoiceTable) -> None:
    rows = list(rates.rows())
    kinds = {(row["kind"], row["actor"]) for row in rows}
    rivals = {(kind.value, actor) for kind in ChoiceKind if kind.is_rate for actor in RIVALS}
    allies = {(kind, ally) for kind in ("help", "help_war") for ally in ("patron", "backer")}
    assert kinds == rivals | allies
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("chalenge", "feud", "rival"), "no choice with kind 'chalenge'; there is challenge,"),
        (("challenge", "few", "rival"), "no choice with rivalry 'few'; there is feud"),
        (("challenge", "feud", "patron"), "no choice with actor 'patron'; there is rival, member"),
        (("help", "feud", "patron", "rival"), "no choice with towards 'rival'; there is member"),
    ],
)
def test_a_choice_that_is_not_there_is_named_with_those_that_are(
    rates: ChoiceTable, names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        rates.value(*names)


def test_worlds_that_cannot_be_simulated_are_named() -> None:
    def fail(scenario: Scenario, first: int, count: int) -> None:
        raise ArithmeticError("no chance")

    with pytest.raises(SimulationError, match="worlds 0 to 4 could not be simulated: Arith"):
        simulate_in_blocks(quarrel(), 5, fail, workers=1)


@pytest.mark.parametrize(
    ("worlds", "workers", "sizes", "pool"),
    [
        (1000, 2, [500, 500], [2]),
        (1000, 1, [1000], [1]),
        (1000, None, [1000], [1]),
        (20, 2, [20], [1]),
        (2500, 2, [1000, 1000, 500], [2]),
    ],
)
def test_workers_that_are_asked_for_share_the_worlds(
    worlds: int, workers: int | None, sizes: list[int], pool: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pools = count_pools(monkeypatch)
    counted = simulate_in_blocks(quarrel(), worlds, lambda _, __, count: count, workers)
    assert (counted, pools) == (sizes, pool)


@pytest.mark.parametrize(
    ("cost", "processors", "load", "sizes", "pool"),
    [
        (5, 2, 1.2, [500, 500], [2]),
        (5, 2, 2.1, [1000], [1]),
        (1, 2, 0.0, [1000], [1]),
        (5, 1, 0.0, [1000], [1]),
    ],
)
def test_long_work_is_shared_unasked_where_a_processor_is_idle(
    cost: int, processors: int, load: float, sizes: list[int], pool: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pools = count_pools(monkeypatch)
    monkeypatch.setattr(processes, "count_processors", lambda: processors)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 9.0, 9.0), raising=False)
    counted = simulate_in_blocks(quarrel(), 1000, lambda _, __, count: count, cost=cost)
    assert (counted, pools) == (sizes, pool)


@pytest.mark.slow
def test_the_mean_of_the_chances_is_that_of_direct_counts_for_every_side_of_the_pact() -> None:
    scenario = real("pact")
    expected = measure_choices(scenario, 1000, workers=1).values
    for choice, drawn in count_in_blocks(scenario, 1000).items():
        difference = drawn - expected[choice]
        # rare choices may not be drawn at all: the variance of a count is at least its mean
        spread = np.sqrt(max(difference.var(), expected[choice].mean() / 3) / len(drawn))
        assert abs(difference.mean()) < _CLEAR * spread
