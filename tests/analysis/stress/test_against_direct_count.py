"""The matrix equals a direct count of scenarios with the same shock written under `shocks`."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.stress import simulate as simulating
from sim.analysis.stress.crisis_worlds import (
    AT_WAR,
    ATTACKED_WON,
    ATTACKER_WON,
    NO_WAR,
    SETTLED,
    CrisisWorlds,
)
from sim.analysis.stress.matrix import LEVELS, SIDES, Cell, StressMatrix
from sim.analysis.stress.openings import CrisisOpening, list_openings, parse_opening
from sim.analysis.stress.simulate import simulate_matrices, simulate_stress
from sim.experiment.execution import scheduler
from sim.model.arrays import Levels, Mask
from sim.model.model import AllianceModel
from sim.model.recording.history import History
from sim.model.simulate import simulate
from sim.scenario.schema.scenario import Scenario
from tests.worlds import quarrel, tangle

WORLDS, MONTHS = 120, 9
KINDS = ("feud:rival@war", "feud:member@war", "feud:rival@force", "feud:member@coup")


def scenarios() -> dict[str, Scenario]:
    """Return a lone quarrel, and one among others with a war under way and shocks of its own."""
    return {"quarrel": quarrel(), "tangle": tangle()}


def crises(scenario: Scenario) -> list[CrisisOpening]:
    """Return all openings of a scenario, of every kind."""
    named = [parse_opening(text, scenario) for text in KINDS]
    return list(dict.fromkeys([*list_openings(scenario), *named]))


def written(scenario: Scenario, opening: CrisisOpening) -> Scenario:
    """Return the scenario with the crisis written as a shock of its own."""
    shock = opening.shock(scenario)
    more = {"opened_by_hand": shock} if shock else {}
    return scenario.model_copy(update={"shocks": {**more, **scenario.shocks}})


@pytest.fixture(scope="module")
def matrices() -> dict[str, StressMatrix]:
    return {
        name: simulate_stress(scenario, crises(scenario), WORLDS, months=MONTHS)
        for name, scenario in scenarios().items()
    }


def every_opening() -> list[tuple[str, str]]:
    return [
        (name, str(opening))
        for name, scenario in scenarios().items()
        for opening in crises(scenario)
    ]


def ordinary(scenario: Scenario, opening: CrisisOpening) -> tuple[History, dict[str, CrisisWorlds]]:
    """Return the history of an ordinary simulation, and what its last state says of the crisis."""
    last: dict[str, CrisisWorlds] = {}

    def observe(month: int, model: AllianceModel) -> None:
        if month == MONTHS:
            last["state"] = read(model, opening, scenario)

    history = simulate(scenario, 0, WORLDS, months=MONTHS, observe=observe)
    return history, last


def read(model: AllianceModel, opening: CrisisOpening, scenario: Scenario) -> CrisisWorlds:
    """Return what came of a crisis, read from a model by other means than the stress test's."""
    state = model.context.state
    rivalry = state.rivalries[opening.rivalry]
    war, codes = rivalry.war, state.codes
    sides = [
        rivalry.rivals.index(codes.index(code)) for code in (opening.attacked, opening.attacker)
    ]
    level = np.zeros((2, len(codes), WORLDS), dtype=np.int8)
    for place, side in enumerate(sides):
        for actor, code in enumerate(codes):
            given = opening_aid(
                scenario, opening, code, (opening.attacked, opening.attacker)[place]
            )
            beyond = war.furthest_level[side, actor] > given
            if actor not in rivalry.rivals:
                level[place, actor] = np.where(beyond, war.furthest_level[side, actor], 0)
    ending = np.full(WORLDS, SETTLED)
    ending[war.on] = AT_WAR
    ending[~war.on & (war.ended_month == 0)] = NO_WAR
    ground = np.where(war.attacker == sides[1], 1, -1) * war.front
    ending[~war.on & (ground >= 1)] = ATTACKER_WON
    ending[~war.on & (ground <= -1)] = ATTACKED_WON
    others = [each for code, each in state.rivalries.items() if code != opening.rivalry]
    return CrisisWorlds(
        level=level,
        aid_due=war.aid_due.copy(),
        aid_refused=war.aid_refused.copy(),
        abandoned=war.abandoned.copy(),
        entrapped=war.entrapped.copy(),
        elsewhere=np.any(
            [np.zeros(WORLDS, dtype=bool), *(r.war.broke_out for r in others)], axis=0
        ),
        ending=ending.astype(np.int8),
        ground=ground,
    )


def opening_aid(scenario: Scenario, opening: CrisisOpening, actor: str, side: str) -> int:
    """Return the aid that an actor gives to a side on the opening day."""
    for war in scenario.wars.values():
        support = war.support.get(actor)
        if war.rivalry == opening.rivalry and support and support.side == side:
            return LEVELS.index(support.aid)
    return 0


@pytest.mark.parametrize(("name", "crisis"), every_opening())
def test_every_world_is_that_of_the_scenario_with_the_shock(
    name: str, crisis: str, matrices: dict[str, StressMatrix]
) -> None:
    scenario = scenarios()[name]
    opening = parse_opening(crisis, scenario)
    _, last = ordinary(written(scenario, opening), opening)
    outcome = matrices[name].outcome(opening)
    for field, values in vars(last["state"]).items():
        assert np.array_equal(getattr(outcome, field), values), field


@pytest.mark.parametrize("crisis", KINDS)
def test_the_shares_of_a_lone_quarrel_are_those_of_its_events_and_measures(
    crisis: str, matrices: dict[str, StressMatrix]
) -> None:
    scenario, matrix = quarrel(), matrices["quarrel"]
    opening = parse_opening(crisis, scenario)
    history, _ = ordinary(written(scenario, opening), opening)
    worlds = history.worlds
    assert_same(matrix, Cell(crisis, "third_party"), worlds["war_wider"])
    assert_same(matrix, Cell(crisis, "war"), worlds["war_feud"])
    for actor in matrix.actors:
        assert_same(matrix, Cell(crisis, "abandoned", actor), worlds[f"abandoned_{actor}"])
        assert_same(matrix, Cell(crisis, "entrapped", actor), worlds[f"entrapped_{actor}"])
        assert_same(
            matrix, Cell(crisis, "aid_due", actor), happened(history, "called", "towards", actor)
        )
        assert_same(
            matrix, Cell(crisis, "aid_refused", actor), happened(history, "reneged", "actor", actor)
        )
    for side in SIDES:
        furthest = count_aid(history, scenario, getattr(opening, side))
        for row, actor in enumerate(matrix.actors):
            for level, word in enumerate(LEVELS):
                cell = Cell(crisis, "aid", actor, side, word)
                if actor not in (opening.attacked, opening.attacker):
                    assert_same(matrix, cell, furthest[row] == level)


def assert_same(matrix: StressMatrix, cell: Cell, values: np.ndarray) -> None:
    assert np.array_equal(matrix.values(cell), values), cell


def happened(history: History, event: str, role: str, actor: str) -> Mask:
    """Return where an event occurred in which an actor had a role, (world,)."""
    events = history.events
    rows = (events["event"] == event) & (events[role] == actor)
    return np.isin(np.arange(WORLDS), events["world"][rows])


def count_aid(history: History, scenario: Scenario, receiver: str) -> Levels:
    """Return the furthest aid that came to a side according to the events, (actor, world)."""
    events, codes = history.events, list(scenario.actors)
    furthest = np.zeros((len(codes), WORLDS), dtype=np.int8)
    for row in range(len(events["event"])):
        came = events["event"][row] in ("sends", "joins", "helps")
        if came and events["towards"][row] == receiver:
            at = codes.index(events["actor"][row]), events["world"][row]
            furthest[at] = max(furthest[at], events["level"][row])
    return furthest


def test_there_is_something_to_count(matrices: dict[str, StressMatrix]) -> None:
    """The invented worlds are hot enough for every level, refusal and entrapment to occur."""
    matrix = matrices["quarrel"]
    for level in LEVELS:
        assert 0 < matrix.aid(KINDS[0], "patron", level=level).value < 1
    assert 0 < matrix.interval(Cell(KINDS[0], "abandoned", "member")).value < 1
    assert 0 < matrix.interval(Cell(KINDS[0], "entrapped", "patron")).value < 1


def test_neither_blocks_nor_workers_nor_the_company_of_other_crises_change_a_bit(
    matrices: dict[str, StressMatrix], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = tangle()
    alone = simulate_stress(scenario, crises(scenario)[4:5], WORLDS, months=MONTHS)
    monkeypatch.setattr(simulating, "DEFAULT_BLOCK_SIZE", 50)
    cut = simulate_stress(scenario, crises(scenario), WORLDS, months=MONTHS)
    for opening in crises(scenario)[4:5]:
        whole = matrices["tangle"].outcome(opening)
        for other in (alone, cut):
            for field, values in vars(whole).items():
                assert np.array_equal(getattr(other.outcome(opening), field), values), field


@pytest.mark.slow
def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = tangle()
    openings = crises(scenario)[:2]
    (one,) = simulate_matrices([scenario], openings, 300, months=2, workers=1)
    monkeypatch.setattr(scheduler, "MIN_SECONDS_SAVED", 0.0)
    monkeypatch.setattr(simulating, "DEFAULT_BLOCK_SIZE", 200)
    (two,) = simulate_matrices([scenario], openings, 300, months=2, workers=2)
    for cell in one.cells():
        assert np.array_equal(one.values(cell), two.values(cell)), cell
