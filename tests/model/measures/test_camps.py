"""The two camps of every world, as columns."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.measures.camps import MAX_CAMP_ACTORS, camp_measures
from sim.model.measures.registry import MeasureKind
from sim.model.measures.snapshot import Snapshot
from sim.model.model import AllianceModel
from sim.model.phases.acts import accede, give_notice
from sim.model.recording.history import Columns
from sim.scenario.schema.scenario import Scenario
from tests.model.compare_histories import same
from tests.worlds import actor, quarrel, real, tangle

WORLDS = 60


def columns(scenario: Scenario, first: int = 0, count: int = WORLDS) -> Columns:
    model = AllianceModel(scenario, first, count)
    model.close()
    snapshot = Snapshot(model.context)
    return {measure.name: measure.column(snapshot) for measure in camp_measures(scenario)}


def with_idle(place: int, count: int = 1) -> Scenario:
    tree = tangle().model_dump()
    actors = list(tree["actors"].items())
    idle = [(f"idle{number}", actor(0.0, (0, 0), vote=2.0)) for number in range(count)]
    tree["actors"] = dict([*actors[:place], *idle, *actors[place:]])
    return Scenario.model_validate(tree)


def test_there_is_one_column_for_each_measure() -> None:
    table, measured = columns(tangle()), list(camp_measures(tangle()))
    assert list(table) == [measure.name for measure in measured]
    for measure in measured:
        assert (table[measure.name].dtype == bool) == (measure.kind is MeasureKind.HAPPENED)
        assert table[measure.name].shape == (WORLDS,)


def test_treaties_of_aid_have_a_measure_and_no_others() -> None:
    reported = [name for name in columns(tangle()) if name.startswith("together_")]
    assert reported == ["together_pact", "together_league", "together_oath", "together_bond"]


def test_a_treaty_not_concluded_has_a_measure_all_the_same() -> None:
    assert list(columns(real("no_pact"), 0, 2)) == list(columns(real("pact"), 0, 2))


def test_a_world_is_the_same_in_any_block() -> None:
    block, alone = columns(tangle()), columns(tangle(), 17, 1)
    assert same({name: column[17:18] for name, column in block.items()}, alone)


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_idle_actor_changes_nothing(place: int) -> None:
    assert same(columns(with_idle(place)), columns(tangle()))


def test_too_many_actors_have_no_measures_of_camps() -> None:
    crowd = with_idle(0, MAX_CAMP_ACTORS + 1 - len(tangle().actors))
    assert columns(crowd) == {}
    assert list(camp_measures(crowd)) == []


def test_the_largest_number_of_actors_allowed_has_measures_of_camps() -> None:
    crowd = with_idle(0, MAX_CAMP_ACTORS - len(tangle().actors))
    assert columns(crowd, 0, 2).keys() == columns(tangle(), 0, 2).keys()


def test_those_drawn_together_stand_together() -> None:
    one_mind = {f"actors__{code}__ideal_point": 0.0 for code in quarrel().actors}
    peace = {"rules__alignment__rivalry": 0.0, "rules__alignment__war": 0.0}
    table = columns(quarrel(**one_mind, **peace))
    assert (table["camps_minima"] == 1).all()
    assert (table["camps_basin"] == 1).all()
    assert (table["camps_strain"] == 0).all()
    assert table["together_pact"].all()


def test_a_treaty_does_not_unite_what_all_else_divides() -> None:
    far = {"actors__patron__ideal_point": -1.0, "actors__backer__ideal_point": -1.0}
    near = {"actors__rival__ideal_point": -1.0, "actors__member__ideal_point": 3.0}
    table = columns(quarrel(**far, **near, rules__alignment__aid=0.0))
    assert not table["together_pact"].any()
    assert table["together_league"].all()


def test_the_world_of_2024_has_few_stable_alignments_with_treaty_allies_together() -> None:
    table = columns(real("pact"), 0, 200)
    assert (np.quantile(table["camps_minima"], [0.05, 0.5, 0.95]) <= 4).all()
    for code in ("pact_2024", "us_rok_1953", "us_japan_1960"):
        assert table[f"together_{code}"].mean() >= 0.9


def test_who_joined_stands_with_the_others_or_not_and_who_left_does_not_count() -> None:
    model = AllianceModel(tangle(), 0, WORLDS)
    state, third = model.context.state, np.arange(WORLDS) % 3
    state.begin_month()
    talks, row = state.treaties["talks"], state.codes.index
    accede(model.context, talks, row("backer"), np.flatnonzero(third == 1))
    give_notice(model.context, talks, row("friend"), np.flatnonzero(third == 2))
    snapshot = Snapshot(model.context)
    parties = [("friend", "member", "outsider", *joined) for joined in ((), ("backer",))] + [
        ("member", "outsider")
    ]
    expected = [
        snapshot.camps.unite(tuple(map(row, each)))[world]
        for world, each in enumerate(parties[place] for place in third)
    ]
    measure = next(m for m in camp_measures(tangle()) if m.name == "together_pact")
    assert snapshot.camps.unite_members(talks, 1).tolist() == expected
    assert (
        measure.column(snapshot).tolist()
        == snapshot.camps.unite((row("patron"), row("member"))).tolist()
    )
    assert sum(expected[1::3]) + sum(expected[2::3]) > 0, "both differ from none"
