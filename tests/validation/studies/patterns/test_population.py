"""Reference populations: reproducible, drawn at the rates they name, and simulated."""

from __future__ import annotations

from itertools import combinations
from math import exp
from pathlib import Path

import pytest

from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.validation.studies.patterns.population import rates
from sim.validation.studies.patterns.population.__main__ import (
    REFERENCE_FOLDER,
    main,
    population_file_name,
)
from sim.validation.studies.patterns.population.draw import (
    ACTOR_CODES,
    POPULATION_SIZES,
    Population,
    draw_family,
)
from tests.worlds import SCENARIOS

FAMILY = draw_family()
REFERENCE = SCENARIOS / REFERENCE_FOLDER.name


def scenario(population: Population) -> Scenario:
    return load_scenario(REFERENCE / population_file_name(population)).scenario


def _id(population: Population) -> str:
    return str(population.number)


def test_the_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    main(tmp_path)
    for population in FAMILY:
        name = population_file_name(population)
        assert (tmp_path / name).read_bytes() == (REFERENCE / name).read_bytes(), name


def test_another_seed_is_another_family() -> None:
    assert draw_family(seed=1)[0] != FAMILY[0]


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_a_file_is_a_scenario_that_lives(population: Population) -> None:
    loaded = scenario(population)
    assert loaded.months == 120
    history = simulate(loaded.model_copy(update={"months": 2}), 0, 3)
    assert len(history.worlds["world"]) == 3


def test_all_have_the_rules_of_everybody_else() -> None:
    rules = load_scenario(SCENARIOS / "pact.toml").scenario.rules
    assert all(scenario(population).rules == rules for population in FAMILY)


def test_they_have_as_many_actors_as_is_said_and_invented_names() -> None:
    assert tuple(len(population.actors) for population in FAMILY) == POPULATION_SIZES
    assert {actor.code for population in FAMILY for actor in population.actors} <= {*ACTOR_CODES}


def test_rivals_have_the_observed_mean_over_the_family_and_differ() -> None:
    often = [often for population in FAMILY for often in population.rival_rates.values()]
    assert sum(often) / len(often) == pytest.approx(rates.RIVAL_ONSET_RATE, abs=1e-3)
    assert max(often) > 3 * min(often)


def test_an_actor_has_as_many_rivals_as_was_observed() -> None:
    actors, rivals = (
        sum(POPULATION_SIZES),
        sum(len(population.rival_rates) for population in FAMILY),
    )
    assert 2 * rivals / actors == pytest.approx(rates.RIVALS_PER_STATE, abs=0.1)


def test_other_pairs_have_the_observed_mean_and_more_with_a_border() -> None:
    pairs = [
        (pair in population.borders, often)
        for population in FAMILY
        for pair, often in population.other_rates.items()
    ]
    assert sum(often for _, often in pairs) / len(pairs) == pytest.approx(0.0135, abs=1e-4)
    near, far = ({often for border, often in pairs if border is with_} for with_ in (True, False))
    assert near.pop() / far.pop() == pytest.approx(exp(rates.CONTIGUITY_LOG_ODDS), rel=0.02)


def test_pacts_are_as_common_as_was_observed() -> None:
    pairs = sum(size * (size - 1) / 2 for size in POPULATION_SIZES)
    pacts = sum(len(population.pacts) for population in FAMILY)
    assert pacts / pairs == pytest.approx(rates.DEFENCE_PARTNERS / rates.STATE_COUNT, abs=0.01)


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_who_quarrels_has_a_border_or_is_a_major_power(population: Population) -> None:
    great = {actor.code for actor in population.actors if actor.major_power}
    assert len(great) == 2
    for pair in {**population.rival_rates, **population.other_rates}:
        assert pair in population.borders or great & {*pair}


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_rivals_are_not_allied_and_nobody_is_allied_twice(population: Population) -> None:
    promised = [{*population.pacts}, {*population.assurances}, {*population.rival_rates}]
    assert not any(one & other for one, other in combinations(promised, 2))


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_everybody_has_a_neighbour(population: Population) -> None:
    bordering = {code for pair in population.borders for code in pair}
    assert bordering == {actor.code for actor in population.actors}


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_pacts_are_no_part_of_the_record(population: Population) -> None:
    loaded = scenario(population)
    assert {treaty.signed for treaty in loaded.treaties.values()} == {loaded.start}


@pytest.mark.parametrize("population", FAMILY, ids=_id)
def test_every_number_says_where_it_is_from(population: Population) -> None:
    layer = dict(scenario(population).iter_quantities())
    own = {key: number for key, number in layer.items() if not key.startswith("rules.")}
    drawn = [key for key, number in own.items() if number.grade == "judgement" and not number.note]
    assert {key.split(".")[2] for key in drawn} == {"stake"}
