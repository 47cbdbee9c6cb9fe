"""What is set on the command line lies on top of everything the files say."""

from __future__ import annotations

from datetime import date

import pytest

from sim.errors import RequestError
from sim.scenario.load import load_scenario
from tests.scenario.folder import Folder
from tests.worlds import SCENARIOS

REPUTATION = "rules.honour.reputation"


def test_a_number_set_on_a_quantity_fixes_it_in_every_world(folder: Folder) -> None:
    number = folder.load(f"{REPUTATION}=0.7").scenario.rules.honour.reputation
    assert (number.value, number.low, number.high) == (0.7, 0.7, 0.7)
    assert number.is_fixed


def test_what_was_said_beside_the_number_stays(folder: Folder) -> None:
    before = folder.load().scenario.rules.honour.reputation
    after = folder.load(f"{REPUTATION}=0.7").scenario.rules.honour.reputation
    assert (after.unit, after.source, after.grade) == (before.unit, before.source, before.grade)


def test_nothing_else_moves(folder: Folder) -> None:
    before = dict(folder.load().scenario.iter_quantities())
    after = dict(folder.load(f"{REPUTATION}=0.7").scenario.iter_quantities())
    assert [key for key in before if before[key] != after[key]] == [REPUTATION]


def test_the_ends_of_the_range_belong_to_it(folder: Folder) -> None:
    for end in (0.6, 1.8):
        number = folder.load(f"{REPUTATION}={end}").scenario.rules.honour.reputation
        assert number.value == end


def test_a_whole_number_will_do(folder: Folder) -> None:
    assert folder.load(f"{REPUTATION}=1").scenario.rules.honour.reputation.value == 1.0


def test_setting_the_value_moves_the_best_figure_and_keeps_the_range(folder: Folder) -> None:
    number = folder.load(f"{REPUTATION}.value=0.7").scenario.rules.honour.reputation
    assert (number.value, number.low, number.high) == (0.7, 0.6, 1.8)


def test_several_settings_on_one_quantity_add_up(folder: Folder) -> None:
    settings = [f"{REPUTATION}.low=2", f"{REPUTATION}.value=3", f"{REPUTATION}.high=4"]
    number = folder.load(*settings).scenario.rules.honour.reputation
    assert (number.value, number.low, number.high) == (3, 2, 4)


def test_a_note_may_be_set_beside_the_number(folder: Folder) -> None:
    settings = [f"{REPUTATION}=0.7", f"{REPUTATION}.note=as low as it gets"]
    for order in (settings, settings[::-1]):
        number = folder.load(*order).scenario.rules.honour.reputation
        assert (number.value, number.note) == (0.7, "as low as it gets")


def test_of_two_settings_on_one_key_the_later_wins(folder: Folder) -> None:
    assert folder.load("months=3", "months=4").scenario.months == 4
    number = folder.load(f"{REPUTATION}=1.5", f"{REPUTATION}=0.7").scenario.rules.honour.reputation
    assert (number.value, number.low, number.high) == (0.7, 0.7, 0.7)


def test_a_number_and_then_a_value_beside_it_contradict_each_other(folder: Folder) -> None:
    assert folder.message(f"{REPUTATION}=1", f"{REPUTATION}.value=0.7") == (
        f"--set {REPUTATION}: 0.7 is outside its own range\n    allowed: from 1 to 1"
    )


def test_settings_are_laid_over_the_child_and_not_its_parent(folder: Folder) -> None:
    folder.write("child.toml", f'extends = "whole.toml"\n{REPUTATION}.high = 5')
    scenario = folder.load(f"{REPUTATION}=4", name="child.toml").scenario
    assert scenario.rules.honour.reputation.value == 4


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("months=12", "months", 12),
        (" months = 12 ", "months", 12),
        ("start=2024-07-01", "start", date(2024, 7, 1)),
        ("title=Quieter times", "title", "Quieter times"),
        ('title="2024"', "title", "2024"),
        ("title=", "title", ""),
        ("question=a=b", "question", "a=b"),
        ('article=["A02", "A03"]', "article", ("A02", "A03")),
    ],
)
def test_words_need_no_quotes_and_values_are_written_as_in_a_file(
    folder: Folder, setting: str, key: str, value: object
) -> None:
    assert getattr(folder.load(setting).scenario, key) == value


def test_a_mechanism_is_switched_by_true_and_false(folder: Folder) -> None:
    assert not folder.load().scenario.mechanisms.joining
    assert folder.load("mechanisms.joining=true").scenario.mechanisms.joining
    assert not folder.load("mechanisms.memory=false").scenario.mechanisms.memory


def test_a_word_is_one_of_those_allowed(folder: Folder) -> None:
    march = folder.load("shocks.march.rung=war").scenario.shocks["march"]
    assert march.rung == "war"
    assert folder.message("shocks.march.rung=peace") == (
        "--set shocks.march.rung: 'peace' is not one of the words allowed\n"
        "    allowed: threat, display, force, war"
    )


def test_a_number_outside_the_range_is_refused_with_the_way_round(folder: Folder) -> None:
    assert folder.refusal(f"{REPUTATION}=5") == (
        f"--set {REPUTATION}=5: 5 is outside the range of {REPUTATION}\n"
        "    allowed: from 0.6 to 1.8 any; "
        f"to leave it, set {REPUTATION}.value, {REPUTATION}.low and {REPUTATION}.high"
    )


def test_a_lever_can_be_set_between_its_limits_though_its_range_is_one_number() -> None:
    pace = load_scenario(SCENARIOS / "pact.toml", ["rules.formation.pace=10"]).scenario
    assert pace.rules.formation.pace.value == pace.rules.formation.pace.low == 10
    with pytest.raises(RequestError) as caught:
        load_scenario(SCENARIOS / "pact.toml", ["rules.formation.pace=11"])
    assert "allowed: from 0 to 10 times the measured rates" in str(caught.value)


@pytest.mark.parametrize(
    "value", ["nan", "inf", "-inf", "1e400", pytest.param("9" * 400, id="digits")]
)
def test_a_number_that_is_hardly_one_is_outside_the_range(folder: Folder, value: str) -> None:
    assert " is outside the range of " in folder.refusal(f"{REPUTATION}={value}")


@pytest.mark.parametrize(
    "value",
    [
        "high",
        "true",
        "1,2",
        "[1]",
        "2024-06-19",
        "",
        pytest.param("9" * 5000, id="digits"),
        pytest.param("[" * 5000, id="brackets"),
    ],
)
def test_what_is_no_number_is_refused_on_a_quantity(folder: Folder, value: str) -> None:
    message = folder.refusal(f"{REPUTATION}={value}")
    assert message.startswith(f"--set {REPUTATION}={value}: {REPUTATION} is a number, and ")


def test_a_value_set_beyond_its_range_is_reported_as_set(folder: Folder) -> None:
    assert folder.message(f"{REPUTATION}.value=5") == (
        f"--set {REPUTATION}: 5 is outside its own range\n    allowed: from 0.6 to 1.8"
    )


@pytest.mark.parametrize("setting", ["months", "=12", ".=12", "rules..war=1", "", "months:12"])
def test_a_setting_that_is_none_is_refused_with_an_example(folder: Folder, setting: str) -> None:
    assert folder.refusal(setting) == (
        f"--set {setting}: is not of the form key.path=value\n"
        "    for example: --set rules.honour.reputation=1.2"
    )


def test_a_misspelt_key_is_reported_as_set_with_the_nearest(folder: Folder) -> None:
    message = folder.message("rules.honour.reputaton=1")
    assert message.startswith("--set rules.honour.reputaton: unknown key\n")
    assert message.endswith("; did you mean 'reputation'?")


def test_a_misspelt_table_is_reported_as_set_with_the_nearest(folder: Folder) -> None:
    assert folder.message("rivalries.strait.onsets.aland=1") == (
        "--set rivalries.strait.onsets: unknown key\n"
        "    allowed: name, between, onset, stake, reciprocation, opening; did you mean 'onset'?"
    )


def test_a_wrong_value_is_reported_as_set(folder: Folder) -> None:
    assert folder.message("worlds=ten") == ("--set worlds: should be a whole number (given: 'ten')")
    assert folder.message("mechanisms.memory=perhaps") == (
        "--set mechanisms.memory: should be true or false (given: 'perhaps')"
    )


def test_an_unknown_name_is_reported_as_set(folder: Folder) -> None:
    assert folder.message("shocks.march.actor=bordurai") == (
        "--set shocks.march.actor: 'bordurai' is not a known actor\n"
        "    allowed: aland, borduria, syldavia; did you mean 'borduria'?"
    )


def test_a_misfit_is_reported_as_set(folder: Folder) -> None:
    assert folder.message("shocks.march.actor=aland") == (
        "--set shocks.march.actor: is not one of the rivals\n    allowed: borduria, syldavia"
    )


def test_a_new_actor_that_is_only_begun_is_reported_as_set(folder: Folder) -> None:
    assert "--set actors.new.capital: is missing: Its location, for distances" in folder.message(
        "actors.new.name=New"
    )


def test_what_a_file_lacks_is_not_blamed_on_a_setting_beside_it(folder: Folder) -> None:
    folder.with_line("latitude = 44.5\n", "")
    (problem,) = folder.problems("actors.borduria.capital.name=Elsewhere")
    assert (problem.key, problem.file) == ("actors.borduria.capital.latitude", folder.whole)


def test_two_settings_that_cannot_both_hold_are_refused(folder: Folder) -> None:
    assert folder.refusal("months=5", "months.low=4") == (
        "--set months.low: months was already set to a value"
    )


@pytest.mark.parametrize("setting", ["extends=pact.toml", "bibliography=sources.toml"])
def test_only_a_file_says_what_it_rests_on(folder: Folder, setting: str) -> None:
    assert folder.refusal(setting) == f"--set {setting}: only a file can set this key"
