"""The engine is known by what it executes, and by nothing else that its files hold."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from sim.experiment.storage import engine_fingerprint as engine_fingerprint_module
from sim.experiment.storage.engine_fingerprint import engine_fingerprint

RULE = '''"""A rule."""

LIMIT = 3
"""The most that is possible."""


class Rule:
    """Decides."""

    def decides(self, x: int) -> bool:
        """Whether it is so."""
        return x < LIMIT  # at most
'''


def package(folder: Path, **modules: str) -> Path:
    """Write modules, a double underscore for each folder, below a new folder."""
    top = folder / f"package {len(list(folder.iterdir()))}"
    for name, source in modules.items():
        file = top / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return top


@pytest.fixture
def fingerprint(tmp_path: Path) -> Callable[[str], str]:
    """Return the fingerprint of an engine of one module."""
    return lambda rule: engine_fingerprint(package(tmp_path, rule=rule))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A rule.", "What decides."),
        ("The most that is possible.", "A limit."),
        ("Whether it is so.", "Return whether it is so."),
        ("# at most", "# below"),
        ("x < LIMIT", "(x  <  LIMIT)"),
        ("\n\n\nclass", "\n\nclass"),
        ('        """Whether it is so."""\n', ""),
    ],
)
def test_words_and_layout_leave_it_as_it_is(
    fingerprint: Callable[[str], str], old: str, new: str
) -> None:
    assert RULE.count(old) == 1
    assert fingerprint(RULE.replace(old, new)) == fingerprint(RULE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("= 3", "= 4"), ("<", "<="), ("x: int", "x: int, y: int = 0"), ("decides(", "decide(")],
)
def test_whatever_is_executed_changes_it(
    fingerprint: Callable[[str], str], old: str, new: str
) -> None:
    assert fingerprint(RULE.replace(old, new)) != fingerprint(RULE)


def test_a_text_that_is_used_is_executed(fingerprint: Callable[[str], str]) -> None:
    assert fingerprint('name = "war"') != fingerprint('name = "peace"')


def test_it_covers_every_module_by_its_name(tmp_path: Path) -> None:
    base = engine_fingerprint(package(tmp_path, war="x = 1", phases__month="y = 2"))
    assert engine_fingerprint(package(tmp_path, phases__month="y = 2", war="x = 1")) == base
    assert engine_fingerprint(package(tmp_path, wars="x = 1", phases__month="y = 2")) != base
    assert engine_fingerprint(package(tmp_path, war="x = 1", phases__month="y = 3")) != base
    assert engine_fingerprint(package(tmp_path, war="x = 1", month="y = 2")) != base


def test_it_is_that_of_the_engine_unless_another_package_is_given() -> None:
    assert engine_fingerprint() == engine_fingerprint(files("sim.model"))


def test_the_fingerprint_of_the_installed_engine_is_kept_and_the_same_when_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = package(tmp_path, rule=RULE)
    monkeypatch.setattr(engine_fingerprint_module, "files", lambda _: top)
    fresh = engine_fingerprint_module._installed_fingerprint.__wrapped__
    assert fresh() == engine_fingerprint(top)
    [kept] = (top / "__pycache__").iterdir()
    assert kept.read_text("ascii") == fresh() == engine_fingerprint(top)
    kept.write_text("damaged")
    assert fresh() == engine_fingerprint(top) == kept.read_text("ascii")
    (top / "rule.py").write_text(RULE.replace("< LIMIT", "> LIMIT"), encoding="utf-8")
    assert fresh() == engine_fingerprint(top) != kept.read_text("ascii")


def test_an_engine_in_a_folder_that_cannot_be_written_to_has_its_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = package(tmp_path, rule=RULE)
    (top / "__pycache__").write_text("a file where a folder should be")
    monkeypatch.setattr(engine_fingerprint_module, "files", lambda _: top)
    fresh = engine_fingerprint_module._installed_fingerprint.__wrapped__
    assert fresh() == engine_fingerprint(top)
