"""What differs in choices is worked out once for two runs, and read afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.choices import kept
from sim.analysis.choices.effect import ChoiceEffect
from sim.analysis.choices.kept import compare_or_read
from sim.scenario.schema.scenario import Scenario
from tests.worlds import changed, quarrel

_WITHOUT = changed(quarrel(), treaties__pact__concluded=False, months=3)
_WITH = changed(quarrel(), months=3)


def compare(folder: Path, with_: Scenario = _WITH, pairs: int = 4) -> list[ChoiceEffect]:
    return compare_or_read(folder, with_, _WITHOUT, pairs, workers=1)


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("simulated again")

    monkeypatch.setattr(kept, "compare_choices", fail)


def test_the_second_comparison_reads_what_the_first_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = compare(tmp_path)
    forbid(monkeypatch)
    second = compare(tmp_path)
    assert repr(second) == repr(first)  # in which one NaN is as good as another
    assert any(effect.shares for effect in second)


def test_other_scenarios_and_other_pairs_are_worked_out(tmp_path: Path) -> None:
    compare(tmp_path)
    compare(tmp_path, pairs=5)
    compare(tmp_path, changed(_WITH, treaties__pact__conditional=False))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("part", ["engine_fingerprint", "_code_fingerprint"])
def test_another_engine_or_analysis_is_not_read(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(tmp_path)
    monkeypatch.setattr(kept, part, lambda: "another")
    forbid(monkeypatch)
    with pytest.raises(AssertionError, match="simulated again"):
        compare(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[{}]", b"[1]", b"\xff"])
def test_a_damaged_file_is_replaced(content: bytes, tmp_path: Path) -> None:
    effects = compare(tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(content)
    assert repr(compare(tmp_path)) == repr(effects)
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert compare(blocked)
    assert blocked.read_text() == ""
