"""A measure says what it needs, and a scenario says whether it has that."""

from __future__ import annotations

from datetime import date

import pytest

from sim.model.measures.registry import list_measures
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed, real

PACT, NO_PACT = real("pact"), real("no_pact")


def _unmet(scenario: Scenario) -> set[str]:
    """Return the measures that lack in a scenario what they need."""
    return {
        measure.name
        for measure in list_measures(scenario)
        if not all(need.is_met(scenario) for need in measure.needs)
    }


def test_without_the_pact_its_calls_and_the_soldiers_lack_what_they_need() -> None:
    assert _unmet(NO_PACT) - _unmet(PACT) == {
        *(f"{what}_pact_2024" for what in ("in_force", "invoked", "honoured", "reneged", "level")),
        *(f"{what}_arms_2023" for what in ("troops", "soldiers", "fallen", "troops_month")),
        "entrapped_russia",
        "abandoned_russia",
        "called_russia",
        "left_pact_2024",
        "abandoned_called_russia",
    }
    assert not _unmet(PACT) - _unmet(NO_PACT)


def test_the_dprk_can_be_abandoned_without_the_pact_since_china_promises_it_aid() -> None:
    assert not {"abandoned_dprk", "entrapped_dprk"} & _unmet(NO_PACT)


def test_the_switch_lifts_the_gate_on_soldiers_and_nothing_else() -> None:
    free = changed(NO_PACT, mechanisms__soldiers_gate=False)
    lifted = _unmet(NO_PACT) - _unmet(free)
    assert {"troops_arms_2023", "fallen_arms_2023", "troops_usa_ukraine"} <= lifted
    assert all(name.startswith(("troops", "soldiers", "fallen")) for name in lifted)


@pytest.mark.parametrize(
    "change",
    [
        {"treaties__pact_2024__obligations": ["consultation"]},
        {"treaties__pact_2024__theatres": ("korea",)},
        {"treaties__pact_2024__protects": ("dprk",)},
        {"treaties__pact_2024__ends": date(2024, 6, 19)},
    ],
)
def test_a_promise_counts_only_if_it_is_one_of_aid_to_the_buyer_in_its_war(
    change: dict[str, object],
) -> None:
    assert "troops_arms_2023" in _unmet(changed(PACT, **change))


def test_a_treaty_that_lapsed_before_the_opening_day_promises_nothing() -> None:
    assert "invoked_ussr_dprk_1961" in _unmet(PACT)


def test_what_a_measure_needs_is_more_than_the_treaty_it_is_named_after() -> None:
    needs = {measure.name: measure.needs for measure in list_measures(PACT)}
    assert needs["war_korea"] == ()
    assert [need.ally for need in needs["troops_arms_2023"]] == ["dprk"]


def test_every_measure_has_a_short_name_of_its_own_without_its_unit() -> None:
    measures = {measure.name: measure for measure in list_measures(PACT)}
    shorts = [measure.short for measure in measures.values()]
    assert len(shorts) == len(set(shorts))
    assert max(map(len, shorts)) <= 80
    assert measures["war_korea"].phrase == "new war (Korea)"
    assert measures["war_korea"].short == "New war (Korea)"
    assert measures["invoked_us_rok_1953"].short.startswith("US-ROK Mutual Defense")
    assert measures["invoked_pact_2024"].short == "Russia-DPRK treaty invoked"
    assert measures["invoked_ussr_dprk_1961"].short == "Russia-DPRK treaty of 1961 invoked"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("disputes", "Disputes begun, per world"),
        ("missiles_arms_2023", "Missiles delivered (DPRK to Russia)"),
        ("munitions_arms_2023", "Munitions delivered (DPRK to Russia), million rounds"),
        ("war_korea", "New war (Korea)"),
    ],
)
def test_a_unit_is_added_as_far_as_the_name_does_not_say_it(name: str, shown: str) -> None:
    [measure] = [measure for measure in list_measures(PACT) if measure.name == name]
    assert measure.short_with_unit == shown
