"""A scenario lies on top of others and says only what differs."""

from __future__ import annotations

from datetime import date

from sim.scenario.files.layers import find_effective_layer, merge_layers, read_layers
from tests.scenario.folder import Folder


def _child(folder: Folder, *lines: str) -> str:
    """Write a scenario on top of the complete one."""
    folder.write("child.toml", "\n".join(['extends = "whole.toml"', *lines]) + "\n")
    return "child.toml"


def test_a_child_with_nothing_to_say_is_its_parent(folder: Folder) -> None:
    child = folder.load(name=_child(folder))
    assert child.scenario == folder.load().scenario
    assert child.name == "child"


def test_a_child_changes_one_number_and_leaves_all_else(folder: Folder) -> None:
    name = _child(folder, "[actors.aland.capability]", "value = 0.025")
    parent, child = folder.load().scenario, folder.load(name=name).scenario
    assert child.actors["aland"].capability.value == 0.025
    changed = [
        key
        for (key, before), (_, after) in zip(
            parent.iter_quantities(), child.iter_quantities(), strict=True
        )
        if before != after
    ]
    assert changed == ["actors.aland.capability"]


def test_a_child_adds_to_a_table(folder: Folder) -> None:
    name = _child(
        folder, "[treaties.accord]", 'name = "Accord"', 'parties = ["aland", "syldavia"]',
        'obligations = ["nonaggression"]', "signed = 2001-01-01", 'source = "treaties"',
    )  # fmt: skip
    assert list(folder.load(name=name).scenario.treaties) == ["pact", "friendship", "accord"]


def test_a_list_is_replaced_whole(folder: Folder) -> None:
    name = _child(folder, 'treaties.pact.obligations = ["offence"]')
    assert folder.load(name=name).scenario.treaties["pact"].obligations == ("offence",)


def test_of_several_parents_the_later_wins(folder: Folder) -> None:
    folder.write("long.toml", "months = 60\nworlds = 1000")
    folder.write("short.toml", "months = 6")
    for parents, months in (("long short", 6), ("short long", 60)):
        listed = ", ".join(f'"{parent}.toml"' for parent in ["whole", *parents.split()])
        folder.write("child.toml", f"extends = [{listed}]")
        scenario = folder.load(name="child.toml").scenario
        assert (scenario.months, scenario.worlds) == (months, 1000)


def test_the_file_itself_wins_over_its_parents(folder: Folder) -> None:
    assert folder.load(name=_child(folder, "months = 3")).scenario.months == 3


def test_a_grandparent_lies_below_the_parent(folder: Folder) -> None:
    _child(folder, "months = 3", "start = 2024-07-01")
    folder.write("grandchild.toml", 'extends = "child.toml"\nmonths = 4')
    grandchild = folder.load(name="grandchild.toml")
    assert [layer.file.name for layer in grandchild.layers if layer.file] == [
        "whole.toml",
        "child.toml",
        "grandchild.toml",
    ]
    assert (grandchild.scenario.months, grandchild.scenario.start) == (4, date(2024, 7, 1))


def test_what_two_parents_share_lies_below_both_and_undoes_neither(folder: Folder) -> None:
    folder.write("strong.toml", 'extends = "whole.toml"\nmonths = 60')
    folder.write("many.toml", 'extends = "./whole.toml"\nworlds = 1000')
    folder.write("both.toml", 'extends = ["strong.toml", "many.toml"]')
    scenario = folder.load(name="both.toml").scenario
    assert (scenario.months, scenario.worlds) == (60, 1000)


def test_a_table_replaces_a_value_and_a_value_a_table(folder: Folder) -> None:
    folder.write("low.toml", "a = 1\nb.c = 2")
    folder.write("high.toml", 'extends = "low.toml"\na.c = 3\nb = 4')
    merged = merge_layers(read_layers(folder.path / "high.toml"))
    assert (merged["a"], merged["b"]) == ({"c": 3}, 4)


def test_merging_changes_no_layer(folder: Folder) -> None:
    folder.write("low.toml", "a.b = 1")
    folder.write("high.toml", 'extends = "low.toml"\na.c = 2')
    low, high = read_layers(folder.path / "high.toml")
    assert merge_layers([low, high])["a"] == {"b": 1, "c": 2}
    assert (low.tree["a"], high.tree["a"]) == ({"b": 1}, {"c": 2})


def test_a_fault_is_reported_in_the_file_whose_word_counts(folder: Folder) -> None:
    name = _child(folder, "", "months = 0")
    assert folder.message(name=name) == (
        "child.toml:3: months: should be greater than 0 (given: 0)"
    )


def test_a_fault_of_the_parent_is_reported_in_the_parent(folder: Folder) -> None:
    folder.with_line("worlds = 100", "worlds = 0")
    name = _child(folder, "months = 3")
    assert folder.message(name=name) == (
        "whole.toml:9: worlds: should be greater than 0 (given: 0)"
    )


def test_a_fault_that_a_child_has_mended_is_none(folder: Folder) -> None:
    folder.with_line("worlds = 100", "worlds = 0")
    assert folder.load(name=_child(folder, "worlds = 1")).scenario.worlds == 1


def test_a_value_moved_out_of_its_parents_range_is_the_childs_fault(folder: Folder) -> None:
    name = _child(folder, "[actors.aland]", "capability.value = 0.9")
    assert folder.message(name=name) == (
        "child.toml:3: actors.aland.capability: 0.9 is outside its own range\n"
        "    allowed: from 0.01 to 0.03"
    )


def test_a_missing_key_is_reported_in_the_file_that_was_loaded(folder: Folder) -> None:
    folder.with_line("seed = 7\n", "")
    assert folder.message(name=_child(folder)) == (
        "child.toml: seed: is missing: Seed of the random draws: same seed, same worlds"
    )


def test_every_key_has_a_layer_that_determines_it(folder: Folder) -> None:
    layers = read_layers(folder.path / _child(folder, "months = 3"))
    assert find_effective_layer(layers, ("months",)) is layers[1]
    assert find_effective_layer(layers, ("worlds",)) is layers[0]
    assert find_effective_layer(layers, ("actors", "nobody")) is layers[0]
    assert find_effective_layer(layers, ("nothing",)) is layers[1]
    assert find_effective_layer([], ("nothing",)) is None
