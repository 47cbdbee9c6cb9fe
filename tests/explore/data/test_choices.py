"""Expected rates world by world: their means are those of `sim compare`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.analysis.choices.compare import compare_choices
from sim.analysis.choices.measure import measure_choices
from sim.analysis.choices.names import describe_choice, name_cause
from sim.explore.data.choices import list_choices
from sim.explore.sides import Sides, open_sides
from tests.explore.data.golden import CHOICE_WORLDS as WORLDS
from tests.explore.small import folder_of
from tests.worlds import real

Entry = dict[str, Any]


@pytest.fixture
def entries(header: dict[str, Any]) -> list[Entry]:
    """The choices of a few pairs."""
    choices: list[Entry] = header["choices"]
    return choices


def choice_of(entry: Entry) -> Choice:
    """Return the choice that an entry is about."""
    return Choice(ChoiceKind(entry["kind"]), entry["rivalry"], entry["actor"], entry["towards"])


def test_the_means_over_worlds_are_those_of_the_comparison(
    entries: list[Entry], sides: Sides
) -> None:
    with_, without = sides.scenarios
    compared = compare_choices(with_, without, WORLDS, workers=1)
    effects = {effect.choice: effect for effect in compared}
    for entry in entries:
        effect, values = effects[choice_of(entry)], entry["values"].values
        error = entry["values"].scale / 2
        assert values.shape == (2, WORLDS)
        assert values[0].mean() == pytest.approx(effect.with_.value, abs=error)
        assert values[1].mean() == pytest.approx(effect.without.value, abs=error)
        [pair] = entry["pairs"]
        assert pair["difference"] == pytest.approx(list(effect.difference))
        assert pair["clear"] == effect.is_clear


def test_the_parts_through_allies_are_given_world_by_world(entries: list[Entry]) -> None:
    causes = [(e, cause) for e in entries for cause in e["pairs"][0]["via"]]
    assert {"dprk", "russia"} & {cause["cause"] for _, cause in causes}
    for entry, cause in causes:
        whole = np.diff(entry["values"].values[::-1], axis=0)[0].mean()
        part = cause["values"].values.mean()
        assert part / whole == pytest.approx(cause["share"], rel=0.02, abs=0.02)


def test_every_role_is_there_with_what_is_called_by_name(entries: list[Entry]) -> None:
    roles = [entry["pairs"][0]["role"] for entry in entries]
    assert set(roles) == {"adversary", "member", "ally"}
    assert max(map(roles.count, set(roles))) <= 5
    labels = [entry["label"] for entry in entries]
    assert len(set(labels)) == len(labels)
    assert any(label.startswith("Russia fights for DPRK if ") for label in labels)


def test_help_to_one_partner_is_shown_once_at_each_level(entries: list[Entry]) -> None:
    help_ = [e for e in entries if e["unit"] == "chance"]
    about = [(e["kind"], e["actor"], e["towards"]) for e in help_]
    assert len(set(about)) == len(about) > 1


def test_one_scenario_alone_has_its_commonest_challenges(sides: Sides) -> None:
    alone = open_sides([folder_of("pact")])
    entries = list(list_choices(alone, WORLDS, workers=1))
    table = measure_choices(sides.first, WORLDS, workers=1)
    rates = [e["values"].values.mean() for e in entries if e["kind"] == "challenge"]
    assert rates == sorted(rates, reverse=True)
    most = max(i.value for c, i in table.intervals.items() if c.kind is ChoiceKind.CHALLENGE)
    assert rates[0] == pytest.approx(most, rel=1e-3)
    assert {e["kind"] for e in entries} == {"challenge", "help_war"}
    assert all(e["pairs"] == [] for e in entries)


def test_choices_and_causes_are_called_by_name() -> None:
    scenario = real("pact")
    challenge = Choice(ChoiceKind.CHALLENGE, "korea", "dprk", "rok")
    fights = Choice(ChoiceKind.HELP_WAR, "korea", "usa", "rok")
    assert describe_choice(scenario, challenge) == "DPRK challenges South Korea"
    assert (
        describe_choice(scenario, fights)
        == "United States fights for South Korea if DPRK attacks it"
    )
    assert name_cause(scenario, "busy") == "wars elsewhere"
    assert name_cause(scenario, "rok") == "South Korea"
    assert name_cause(scenario, "tension") == "tension"
