"""The landscape reproduces Axelrod and Bennett's results, and follows its definition."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.model.arrays import Vector
from sim.model.theory.landscape import build_landscape, camp_assignments, camp_strain, energies
from sim.validation.studies.published.alignments import (
    StableAlignment,
    europe_alignments,
    great_power_alignments,
    unix_alignments,
)

ALLIES_OF_1936 = {
    "Britain",
    "France",
    "Czechoslovakia",
    "Denmark",
    "Soviet Union",
    "Yugoslavia",
    "Greece",
}
ANTI_SOVIET = {
    *(ALLIES_OF_1936 - {"Soviet Union", "Yugoslavia", "Greece"}),
    *("Germany", "Italy", "Poland", "Romania", "Hungary", "Portugal"),
    *("Finland", "Latvia", "Lithuania", "Estonia"),
}


# -- what was published ---------------------------------------------------------------------


def test_great_powers_that_are_all_rivals_have_four_stable_alignments() -> None:
    assert [(set(camp), energy) for camp, energy, _ in great_power_alignments()] == [
        ({"Britain", "Soviet Union"}, -936.13),
        ({"Britain", "Germany", "Italy"}, -933.96),
        ({"Britain", "France", "Germany"}, -923.82),
        ({"Britain", "France", "Italy"}, -890.40),
    ]


def test_none_of_them_is_that_of_the_war() -> None:
    assert {"Britain", "France", "Soviet Union"} not in [
        set(camp) for camp, _, _ in great_power_alignments()
    ]


def test_makers_of_unix_have_two_alignments_of_one_depth_and_breadth() -> None:
    landscape = unix_alignments()
    assert [(energy, basin) for _, energy, basin in landscape] == [(-3828.90, 128), (-3828.90, 128)]
    assert {camp for camp, _, _ in landscape} == {
        frozenset({"Sun", "Prime", "AT&T", "IBM"}),
        frozenset({"Sun", "Prime", "DEC", "HP"}),
    }


def test_europe_in_1936_has_the_two_published_alignments() -> None:
    assert europe_alignments(1936) == [
        StableAlignment(frozenset(ALLIES_OF_1936), -2042.04, 45_066),
        StableAlignment(frozenset(ANTI_SOVIET), -1986.84, 20_470),
    ]


@pytest.mark.parametrize(
    ("year", "camps"),
    [
        (1937, [ALLIES_OF_1936, ANTI_SOVIET]),
        (1938, [ALLIES_OF_1936]),
        (1939, [ALLIES_OF_1936 | {"Poland"}]),
    ],
)
def test_europe_has_the_published_alignments_up_to_the_war(
    year: int, camps: list[set[str]]
) -> None:
    assert [set(camp) for camp, _, _ in europe_alignments(year)] == camps


# -- the definition, by counting ------------------------------------------------------------


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Vector, Vector]:
    """Symmetric propensities and sizes of some actors in three worlds."""
    actors = draw(st.integers(1, 5))
    leaning = draw(arrays(float, (actors, actors, 3), elements=st.floats(-1, 1)))
    size = draw(arrays(float, (actors, 3), elements=st.floats(0.01, 1)))
    return leaning + leaning.swapaxes(0, 1), size


def by_hand(propensity: Vector, size: Vector, side: tuple[bool, ...]) -> float:
    """Energy of one configuration in one world, pair by pair."""
    actors = range(len(size))
    return sum(
        float(size[i] * size[j] * propensity[i, j])
        for i, j in product(actors, actors)
        if i != j and side[i] != side[j]
    )


@given(worlds())
@settings(deadline=None)
def test_energy_is_what_sizes_and_propensities_add_up_to(drawn: tuple[Vector, Vector]) -> None:
    propensity, size = drawn
    for number, side in enumerate(camp_assignments(len(size))):
        for world in range(3):
            counted = by_hand(propensity[:, :, world], size[:, world], tuple(side))
            assert energies(propensity, size)[number, world] == pytest.approx(counted, abs=1e-8)


@given(worlds())
@settings(deadline=None)
def test_a_stable_alignment_is_one_that_no_single_change_deepens(
    drawn: tuple[Vector, Vector],
) -> None:
    propensity, size = drawn
    landscape, configurations = (
        build_landscape(propensity, size),
        [tuple(s) for s in camp_assignments(len(size))],
    )
    for world in range(3):
        for number, side in enumerate(configurations):
            deepened = min(landscape.energy[other, world] for other in beside(side, configurations))
            if deepened < landscape.energy[number, world]:
                assert not landscape.stable[number, world]
            if deepened > landscape.energy[number, world]:
                assert landscape.stable[number, world]


def beside(side: tuple[bool, ...], configurations: list[tuple[bool, ...]]) -> list[int]:
    """Numbers of the configurations in which one actor has changed sides."""
    changed = [(*side[:actor], not side[actor], *side[actor + 1 :]) for actor in range(len(side))]
    plain = [tuple(s != other[0] for s in other) for other in changed]
    return [configurations.index(other) for other in plain]


@given(worlds())
@settings(deadline=None)
def test_every_alignment_leads_to_a_stable_one(drawn: tuple[Vector, Vector]) -> None:
    landscape = build_landscape(*drawn)
    assert np.take_along_axis(landscape.stable, landscape.descends_to, axis=0).all()
    assert (landscape.basin_size.sum(axis=0) == len(landscape.energy)).all()
    assert (landscape.basin_size > 0).tolist() == landscape.stable.tolist()


@given(worlds())
@settings(deadline=None)
def test_the_deepest_is_stable_and_under_least_strain(drawn: tuple[Vector, Vector]) -> None:
    landscape, (propensity, size) = build_landscape(*drawn), drawn
    assert landscape.stable[landscape.deepest, np.arange(3)].all()
    strains = np.stack(
        [camp_strain(propensity, size, s[:, None]) for s in camp_assignments(len(size))]
    )
    assert strains[landscape.deepest, np.arange(3)] == pytest.approx(strains.min(axis=0), abs=1e-8)
    assert ((strains >= 0) & (strains <= 1)).all()


@pytest.mark.parametrize("faint", [5e-324, 1e-310, 1e-250])
def test_negligible_pulls_count_as_none(faint: float) -> None:
    propensity, size = np.zeros((3, 3, 1)), np.ones((3, 1))
    propensity[0, 1], propensity[1, 0], propensity[0, 2], propensity[2, 0] = (
        np.full(1, pull) for pull in (faint, faint, -faint, -faint)
    )
    landscape = build_landscape(propensity, size)
    assert landscape.stable[landscape.deepest, 0].all()
    assert not landscape.energy.any()
    assert not camp_strain(propensity, size, camp_assignments(3)[0][:, None]).any()


@given(worlds())
@settings(deadline=None)
def test_a_world_is_the_same_alone(drawn: tuple[Vector, Vector]) -> None:
    propensity, size = drawn
    together, alone = build_landscape(*drawn), build_landscape(propensity[:, :, 1:2], size[:, 1:2])
    assert together.energy[:, 1].tobytes() == alone.energy[:, 0].tobytes()
    assert together.descends_to[:, 1].tolist() == alone.descends_to[:, 0].tolist()


@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(0, 6))
@settings(deadline=None)
def test_without_ties_an_actor_without_pulls_adds_no_minimum(
    seed: int, actors: int, place: int
) -> None:
    random, place = np.random.default_rng(seed), min(place, actors)
    leaning, size = random.uniform(-1, 1, (actors, actors, 3)), random.uniform(0, 1, (actors, 3))
    propensity = leaning + leaning.swapaxes(0, 1)
    without = build_landscape(propensity, size)
    more = np.insert(np.insert(propensity, place, 0, axis=0), place, 0, axis=1)
    landscape = build_landscape(more, np.insert(size, place, 1, axis=0))
    assert landscape.stable.sum(axis=0).tolist() == without.stable.sum(axis=0).tolist()
    assert landscape.deepest_basin_share.tolist() == without.deepest_basin_share.tolist()


# -- small cases ----------------------------------------------------------------------------


def alike(actors: int, propensity: float) -> tuple[Vector, Vector]:
    return np.full((actors, actors, 1), propensity), np.ones((actors, 1))


def test_friends_form_one_camp() -> None:
    landscape = build_landscape(*alike(4, 1.0))
    assert np.flatnonzero(landscape.stable[:, 0]).tolist() == [0]
    assert landscape.energy[0, 0] == 0


def test_two_foes_part() -> None:
    landscape = build_landscape(*alike(2, -1.0))
    assert camp_assignments(2)[landscape.deepest].tolist() == [[False, True]]
    assert camp_strain(*alike(2, -1.0), camp_assignments(2)[landscape.deepest].T) == 0


def test_three_foes_cannot_all_part_and_go_on_changing_at_no_cost() -> None:
    landscape = build_landscape(*alike(3, -1.0))
    assert landscape.energy[:, 0] == pytest.approx([0, -4, -4, -4])
    assert landscape.stable.sum() == 1  # one valley of three alignments, counted once
    assert camp_strain(*alike(3, -1.0), camp_assignments(3)[landscape.deepest].T) == pytest.approx(
        1 / 3
    )


def test_one_actor_has_one_alignment() -> None:
    landscape = build_landscape(*alike(1, 1.0))
    assert (landscape.stable.tolist(), landscape.basin_size.tolist()) == ([[True]], [[1]])


def test_nobody_pulls_and_there_is_no_strain() -> None:
    assert camp_strain(*alike(3, 0.0), camp_assignments(3)[:1].T) == 0


def test_configurations_are_numbered_by_who_stands_against_the_first() -> None:
    assert camp_assignments(3).astype(int).tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]]
