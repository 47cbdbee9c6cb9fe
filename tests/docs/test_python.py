"""The examples of the pages on Python run, one after the other, and their types are checked."""

from __future__ import annotations

import shutil
import sys
import warnings
from importlib import import_module
from pathlib import Path

import pytest

import sim
from tests.docs.pages import TOP, blocks, in_code_style, name, text

PAGE, EMA = TOP / "docs" / "python.md", TOP / "docs" / "ema.md"
sys.path.insert(0, str(TOP / ".ci"))
examples = import_module("examples")


@pytest.mark.slow
@pytest.mark.parametrize("page", [PAGE, EMA], ids=name)
def test_all_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TOP / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* not installed", module="ema_workbench")
        for example in blocks(page, "python"):
            exec(example, known)
    assert known
    written = ("pact.xlsx", "measures.csv", "points.tar.gz", "mine.toml")
    assert page is EMA or all(Path(name).is_file() for name in written)


def test_the_examples_are_checked_as_they_stand() -> None:
    """What mypy checks with the tests is what the pages say."""
    assert text(examples.MODULE) == examples.render_examples(), "python .ci/examples.py renews it"


def test_every_word_has_its_example() -> None:
    written = "".join(
        block for page in (PAGE, EMA) for kind in ("python", "py") for block in blocks(page, kind)
    )
    told = written + " ".join(in_code_style(PAGE, EMA))
    words = {name for name in sim.__all__ if name.islower() and not name.startswith("_")}
    assert [name for name in sorted(words) if f"sim.{name}(" not in told] == []


def test_every_frame_has_its_line() -> None:
    frames = ["worlds", "months", "events", "metrics", "measures", "assumptions", "manifest"]
    assert [name for name in frames if f"pact.{name}" not in in_code_style(PAGE)] == []
