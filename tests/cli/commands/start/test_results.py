"""`sim results`: what has been run, with what changed, and what is unfinished."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.storage.inventory import list_stored_results
from tests.cli.conftest import Sim

ENGINE_NOTE = "by another version of the engine"


def edit(folder: Path, **changes: Any) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(manifest | changes), "utf-8")


def run(sim: Sim, *words: str) -> Path:
    result = sim("run", "whole.toml", "--worlds", "100", "--quiet", *words)
    assert result.exit_code == 0, result.output
    return Path(result.stdout.strip())


def test_nothing_was_run_yet(sim: Sim) -> None:
    result = sim("results")
    assert result.stdout == "results: nothing has been run yet; begin with: sim run pact\n"


def test_runs_are_listed_with_what_was_changed_the_newest_first(sim: Sim) -> None:
    first = run(sim)
    second = run(sim, "--set", "rules.honour.reputation=1.2", "--name", "High reputation")
    edit(first, created="2024-06-19T08:00:00+00:00")
    output = sim("results").stdout
    assert output.index(second.name) < output.index(first.name)
    assert "High reputation" in output
    assert "Changed: rules.honour.reputation 1.2" in " ".join(output.split())
    assert "The strait" in output
    assert "2024-06-19" in output
    assert "unfinished" not in output
    assert max(map(len, output.splitlines())) <= 80


def test_a_sweep_and_another_engine_are_said_to_be_so(sim: Sim) -> None:
    sim("sweep", "whole.toml", "--vary", "months=2,3", "--worlds", "100", "--quiet")
    [folder] = Path("results").glob("whole-sweep-*")
    edit(folder, engine="another")
    output = " ".join(sim("results").stdout.split())
    assert "sweep of The strait" in output
    assert ENGINE_NOTE in output


def test_what_lacks_worlds_and_what_is_not_finished_is_said_to_be_so(sim: Sim) -> None:
    failure = {"first": 10, "last": 19, "message": "", "traceback": "", "point": ""}
    edit(run(sim), status="partial", failures=[failure])
    blocks = Path("results/.whole-0123abcd.part/blocks/point")
    blocks.mkdir(parents=True)
    for first in (0, 250):
        (blocks / f"{first:012d}-000250.zip").touch()
    output = " ".join(sim("results").stdout.split())
    assert "whole-0123abcd unfinished: 500 worlds are simulated; the same" in output
    assert "incomplete: 10 worlds are missing; the same command tries them again" in output


def test_programs_get_json(sim: Sim) -> None:
    folder = run(sim)
    [record] = json.loads(sim("results", "--json").stdout)
    assert record["folder"] == folder.as_posix()
    assert (record["kind"], record["worlds"], record["state"]) == ("run", 100, "complete")


def test_another_folder_is_listed(sim: Sim) -> None:
    folder = run(sim, "--out", "elsewhere")
    assert folder.name in sim("results", "--out", "elsewhere").stdout


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_what_is_no_manifest_is_left_out(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "manifest.json").write_text(content, "utf-8")
    assert list_stored_results(tmp_path) == []


def test_a_manifest_of_another_version_is_listed_as_far_as_it_goes(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "manifest.json").write_text('{"kind": "run", "created": "?"}', "utf-8")
    [stored] = list_stored_results(tmp_path)
    assert (stored.title, stored.created, stored.worlds) == ("", None, 0)
