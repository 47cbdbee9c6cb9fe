"""The ledger: everything that rests on a source, with where it stands."""

from __future__ import annotations

from sim.scenario.provenance.keys import find_children, find_source_node, index_nodes
from sim.scenario.provenance.ledger import LedgerLine, build_ledger
from sim.scenario.schema.quantity import Quantity
from tests.scenario.folder import Folder


def line(folder: Folder, key: str, *settings: str, name: str = "whole.toml") -> LedgerLine:
    [entry] = [line for line in build_ledger(folder.load(*settings, name=name)) if line.key == key]
    return entry


def place(folder: Folder, entry: LedgerLine) -> tuple[str, int | None]:
    return entry.file.removeprefix(f"{folder.path}/"), entry.line


def test_it_has_every_number_once_in_the_order_of_the_scenario(folder: Folder) -> None:
    loaded = folder.load()
    numbers = [(line.key, line.number) for line in build_ledger(loaded) if line.number]
    assert numbers == list(loaded.scenario.iter_quantities())


def test_what_is_no_number_but_rests_on_a_source_stands_in_it_too(folder: Folder) -> None:
    others = {line.key: line.sources for line in build_ledger(folder.load()) if not line.number}
    assert others["actors.aland.capital"] == ("atlas",)
    assert others["treaties.pact"] == ("treaties",)
    assert others["wars.crossing"] == ("disputes",)
    assert others["wars.crossing.support.borduria"] == ("disputes",)
    assert others["shocks.truce"] == ("judgement",)
    assert "rules" not in others
    assert "months" not in others


def test_a_line_says_what_the_number_says(folder: Folder) -> None:
    entry = line(folder, "actors.borduria.capability")
    assert entry.number == folder.load().scenario.actors["borduria"].capability
    assert entry.sources == ("strength", "judgement")
    assert entry.claims == ("A14",)
    assert entry.note == ""


def test_a_number_means_what_the_schema_says_unless_it_says_so_itself(folder: Folder) -> None:
    key = "actors.aland.capability"
    assert line(folder, key).meaning.startswith("Share of the world's capabilities")
    folder.with_line("value = 0.02, low = 0.01", 'meaning = "Its fleet", value = 0.02, low = 0.01')
    assert line(folder, key).meaning == "Its fleet"


def test_a_number_in_a_table_by_actor_means_what_the_table_says(folder: Folder) -> None:
    meaning = "What the quarrel is worth to each rival: 1 is as much as anything."
    assert line(folder, "rivalries.strait.stake.aland").meaning == meaning


def test_a_treaty_means_its_name(folder: Folder) -> None:
    assert line(folder, "treaties.pact").meaning == "Pact of Alby"


def test_a_line_says_where_the_number_stands(folder: Folder) -> None:
    inline = line(folder, "actors.aland.capability")
    assert place(folder, inline) == ("whole.toml", folder.line("value = 0.02, low = 0.01"))
    table = line(folder, "actors.borduria.capability")
    assert place(folder, table) == ("whole.toml", folder.line("value = 0.1"))


def test_it_is_the_last_word_that_counts(folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\n\n[actors.aland]\ncapability.value = 0.03')
    entry = line(folder, "actors.aland.capability", name="child.toml")
    assert place(folder, entry) == ("child.toml", 4)
    assert entry.number
    assert entry.number.value == 0.03


def test_what_the_command_line_sets_stands_in_no_file(folder: Folder) -> None:
    entry = line(folder, "actors.aland.capability", "actors.aland.capability=0.01")
    assert place(folder, entry) == ("--set", None)


def test_what_is_no_number_stands_where_its_source_is_named(folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\n[treaties.pact]\nconcluded = false')
    entry = line(folder, "treaties.pact", name="child.toml")
    named = folder.line('replaces = "friendship"') + 1
    assert place(folder, entry) == ("whole.toml", named)


def test_every_part_of_a_scenario_has_a_key_and_a_meaning(folder: Folder) -> None:
    every = index_nodes(folder.load().scenario)
    assert all(part.meaning for part in every.values())
    assert every["treaties",].meaning == "What was promised."
    assert every["treaties", "pact"].meaning == "One treaty or security instrument."
    assert all(key == part.key and part.name == ".".join(key) for key, part in every.items())
    assert ("mechanisms", "memory") in every
    assert ("treaties", "pact", "in_force") in every
    assert ("rules", "honour", "reputation", "low") in every


def test_parts_know_what_is_under_them_and_what_vouches_for_them(folder: Folder) -> None:
    every = index_nodes(folder.load().scenario)
    assert [part.name for part in find_children(every, ("ties", "borduria"))] == [
        "ties.borduria.aland"
    ]
    number = ("rules", "honour", "reputation")
    assert isinstance(every[number].value, Quantity)
    assert find_source_node(every, (*number, "low")) == every[number]
    assert find_source_node(every, ("treaties", "pact", "signed")) == every["treaties", "pact"]
    assert find_source_node(every, ("months",)) is None
