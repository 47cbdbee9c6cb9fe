"""The examples of the page on Python run, one after the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sim
from tests.docs.pages import TOP, blocks, in_code_style

PAGE = TOP / "docs" / "python.md"


@pytest.mark.slow
def test_all_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TOP / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    for example in blocks(PAGE, "python"):
        exec(example, known)
    assert known
    assert all(Path(name).is_file() for name in ("pact.xlsx", "measures.csv", "points.tar.gz"))


def test_every_word_has_its_example() -> None:
    examples = "".join(blocks(PAGE, "python"))
    words = {name for name in sim.__all__ if name.islower() and not name.startswith("_")}
    assert [name for name in sorted(words) if f"sim.{name}(" not in examples] == []


def test_every_frame_has_its_line() -> None:
    frames = ["worlds", "months", "events", "metrics", "measures", "assumptions", "manifest"]
    assert [name for name in frames if f"pact.{name}" not in in_code_style(PAGE)] == []
