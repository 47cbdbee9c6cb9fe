"""Only runs whose worlds are pairs stand side by side, and each mistake has its message."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sim.errors import RequestError
from sim.explore.build import PackOptions, build_pack
from sim.explore.sides import Pair, open_sides
from tests.explore.small import folder_of


def copy_of(name: str, parent: Path, **changed: Any) -> Path:
    """Return a copy of a small run whose manifest has other values in its scenario."""
    folder = parent / "copy"
    shutil.copytree(folder_of(name), folder)
    change_manifest(folder, scenario=read(folder)["scenario"] | changed)
    return folder


def keep_worlds(folder: Path, worlds: int) -> Path:
    """Return the folder once it holds the first worlds only."""
    file = folder / "worlds.parquet"
    pq.write_table(pq.read_table(file)[:worlds], file)
    size = {"rows": worlds, "bytes": file.stat().st_size}
    change_manifest(folder, files=read(folder)["files"] | {file.name: size})
    return folder


def change_manifest(folder: Path, **values: Any) -> None:
    """Replace values of a manifest."""
    (folder / "manifest.json").write_text(json.dumps(read(folder) | values), "utf-8")


def read(folder: Path) -> dict[str, Any]:
    """Return a manifest."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def test_the_side_with_the_treaty_is_the_one_with_it_in_either_order() -> None:
    pact, no_pact = folder_of("pact"), folder_of("no_pact")
    assert open_sides([pact, no_pact]).pairs == (Pair(0, 1, ("pact_2024",)),)
    assert open_sides([no_pact, pact]).pairs == (Pair(1, 0, ("pact_2024",)),)


def test_without_a_treaty_more_the_other_side_is_compared_with_the_first(tmp_path: Path) -> None:
    other = copy_of("pact", tmp_path, title="Another")
    assert open_sides([folder_of("pact"), other]).pairs == (Pair(1, 0),)


def test_one_run_alone_has_a_pack_too() -> None:
    header = build_pack(open_sides([folder_of("pact")]), PackOptions().quick())
    assert [side["title"] for side in header["sides"]] == ["The pact"]
    assert header["pairs"] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"seed": 3}, "the seed is 3, not 20240619\n    run both with the same --seed"),
        ({"months": 6}, "the months is 6, not 9"),
        ({"start": "2023-06-19"}, "the start is 2023-06-19, not 2024-06-19"),
    ],
)
def test_runs_that_are_no_pairs_are_refused(
    changed: dict[str, Any], message: str, tmp_path: Path
) -> None:
    other = copy_of("no_pact", tmp_path, **changed)
    with pytest.raises(RequestError, match="its worlds are no pairs") as error:
        open_sides([folder_of("pact"), other])
    assert message in str(error.value)


def test_runs_of_other_worlds_are_refused(tmp_path: Path) -> None:
    other = keep_worlds(copy_of("no_pact", tmp_path), 205)
    with pytest.raises(RequestError, match="it has 205, not 210\n    run both with the same --w"):
        open_sides([folder_of("pact"), other])


def test_too_few_worlds_are_refused_with_what_is_needed(tmp_path: Path) -> None:
    few = keep_worlds(copy_of("pact", tmp_path), 199)
    with pytest.raises(RequestError, match="has 199 worlds, too few") as error:
        open_sides([few])
    assert "allowed: 200 or more" in str(error.value)


def test_results_of_another_engine_are_refused(tmp_path: Path) -> None:
    folder = copy_of("pact", tmp_path)
    change_manifest(folder, engine="0")
    with pytest.raises(RequestError, match="another version of the engine") as error:
        open_sides([folder_of("pact"), folder])
    assert "run the scenario again with sim run" in str(error.value)


def test_a_run_named_twice_and_too_many_runs_are_refused() -> None:
    pact = folder_of("pact")
    with pytest.raises(RequestError, match="is named twice"):
        open_sides([pact, pact])
    with pytest.raises(RequestError, match="4 scenarios on one page\n    allowed: 1 to 3"):
        open_sides([pact] * 4)


def test_a_measure_that_no_scenario_has_is_answered_with_the_nearest() -> None:
    sides = open_sides([folder_of("pact")])
    with pytest.raises(RequestError, match="no scenario here has this measure") as error:
        build_pack(sides, PackOptions(measures=("war_widr",)).quick())
    assert "did you mean 'war_wider'?" in str(error.value)


def test_measures_that_are_asked_for_stand_first() -> None:
    sides = open_sides([folder_of("pact")])
    options = PackOptions(measures=("disputes", "war_wider"), assumptions=1).quick()
    header = build_pack(sides, options)
    first = header["outcomes"][:3]
    assert [outcome["name"] for outcome in first[:2]] == ["disputes", "war_wider"]
    assert [outcome["headline"] for outcome in first] == [True, True, False]
