"""Assumptions are chosen by what they do, and called by what they mean and whose they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.analysis.data.frames import Frames
from sim.explore.data.assumptions import (
    Effect,
    Target,
    choose_keys,
    list_assumptions,
    list_targets,
    measure_effects,
)
from sim.explore.data.labels import Labels
from sim.explore.data.outcomes import choose_headlines
from sim.explore.sides import Sides
from sim.model.measures.registry import Measure, MeasureKind
from sim.scenario.provenance.owners import shorten_meaning
from tests.worlds import real

SOIL, PEACE = "rules.war.home_soil", "rules.war.settles"


def target(name: str, side: int = 0) -> Target:
    """Return an outcome, without worlds."""
    measure = Measure(name, "", name, MeasureKind.AMOUNT)
    return Target(measure, side, np.zeros(3), np.ones(3, dtype=bool))


def effect(name: str, correlation: float, *, clear: bool = True) -> Effect:
    """Return an effect on an outcome of that name."""
    return Effect(target(name), correlation, 0.0, clear)


def test_the_strongest_number_of_each_outcome_is_chosen_before_stronger_ones_of_others() -> None:
    effects = {
        "a": [effect("peace", 0.5)],
        "b": [effect("peace", 0.4)],
        "c": [effect("war", -0.1), effect("peace", 0.05)],
    }
    assert choose_keys(effects, 2) == ["a", "c"]
    assert choose_keys(effects, 9) == ["a", "b", "c"]


def test_what_chance_explains_comes_last_however_large() -> None:
    effects = {"a": [effect("war", 0.9, clear=False)], "b": [effect("war", 0.1)]}
    assert choose_keys(effects, 2) == ["b", "a"]


def test_the_effect_is_the_rank_correlation_and_the_means_in_the_outer_thirds(
    sides: Sides,
) -> None:
    frames = Frames(sides.results[1])
    headlines = choose_headlines(sides, ["peace_ukraine"])
    [found] = [
        each.correlation
        for each in measure_effects(sides, [PEACE], list_targets(sides, headlines))[PEACE]
        if each.target.side == 1
    ]
    drawn, ends = frames.assumptions[PEACE], frames.worlds["peace_ukraine"].astype(float)
    assert found == pytest.approx(drawn.corr(ends, method="spearman"), abs=0.02)


def test_the_means_of_an_effect_are_those_of_the_thirds(
    sides: Sides, header: dict[str, Any]
) -> None:
    for assumption in header["assumptions"]:
        shown = assumption["effect"]
        frames = Frames(sides.results[shown["side"]])
        drawn = frames.assumptions[assumption["key"]]
        measure = frames.measures.set_index("name").loc[shown["outcome"]]
        worlds = frames.worlds
        defined = worlds[measure["given"]] if measure["given"] else drawn.notna()
        for end, third in (
            ("low", drawn < assumption["cuts"][0]),
            ("high", drawn >= assumption["cuts"][1]),
        ):
            mean = worlds[shown["outcome"]][third & defined].astype(float).mean()
            assert shown[end] == pytest.approx(mean)


def test_effects_are_clear_where_they_are_strong_and_sorted_by_size(
    header: dict[str, Any],
) -> None:
    first = header["assumptions"][0]
    assert first["clear"]
    assert abs(first["effect"]["correlation"]) > 0.3
    sizes = [abs(each["effect"]["correlation"]) for each in header["assumptions"] if each["clear"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(header["assumptions"]) == 12


def test_a_number_of_one_side_only_has_no_range_on_the_other(sides: Sides) -> None:
    headlines = choose_headlines(sides)
    every = list(list_assumptions(sides, headlines, 1000))
    assert len(every) > 380
    ranges = {assumption["key"]: assumption["ranges"] for assumption in every}
    assert all(len(each) == 2 for each in ranges.values())
    assert ranges[SOIL][0] == ranges[SOIL][1] is not None


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        ("actors.russia.munitions.use", "Russia"),
        ("ties.russia.dprk.worth", "Russia towards DPRK"),
        ("rivalries.korea.onset.rok", "Korea, South Korea"),
        ("wars.ukraine.weariness.russia", "Ukraine, Russia"),
        ("blocs.pacific.coordination", "United States, Japan and South Korea"),
        ("patronages.russia_dprk.dependence", "Russia over DPRK"),
        ("provokers.dprk.icbm", "DPRK"),
        ("rules.war.settles", "How a war proceeds and ends, month by month"),
        ("affinity_range", ""),
    ],
)
def test_a_number_is_named_with_its_owner(key: str, owner: str) -> None:
    assert Labels(real("pact")).describe(key)["owner"] == owner


def test_a_label_is_the_first_clause_of_the_meaning() -> None:
    assert shorten_meaning("How much it matters: 1 as its own.") == "How much it matters"
    assert (
        shorten_meaning("Rounds fired at 1.5 times the pace.")
        == "Rounds fired at 1.5 times the pace"
    )
    assert shorten_meaning("no stop") == "no stop"
