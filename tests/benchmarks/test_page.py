"""Which benchmarks run, and which sections of the page of results they renew."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks.table import BenchmarkTable, renew_page

ORDER = "first", "second", "third"


def table(title: str, cell: str) -> BenchmarkTable:
    return BenchmarkTable(title, ("What",), rows=[(cell,)])


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of results, and three benchmarks of which the third runs only when named."""

    def first(*, quick: bool) -> BenchmarkTable:
        return table("One", f"quick {quick}")

    def second(*, quick: bool) -> BenchmarkTable:
        return table("Two", f"quick {quick}")

    def third(*, quick: bool) -> BenchmarkTable:
        return table("Three", f"quick {quick}")

    file = tmp_path / "results.md"
    file.write_text("An old heading\n", encoding="utf-8")
    monkeypatch.setattr(program, "BENCHMARKS", (first, second, third))
    monkeypatch.setattr(program, "ONLY_WHEN_NAMED", {third})
    monkeypatch.setattr(program, "RESULTS_FILE", file)
    return file


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", *words])
    program.main()


def test_a_new_table_takes_the_place_of_the_earlier_one_of_its_name() -> None:
    before = renew_page("", {"first": table("One", "old"), "second": table("Two", "kept")}, ORDER)
    after = renew_page(before, {"first": table("Another title", "new")}, ORDER)
    assert "old" not in after
    assert after.index("| new |") < after.index("| kept |")


def test_tables_stand_in_one_order_whichever_is_renewed_first() -> None:
    tables = {name: table(name, name) for name in reversed(ORDER)}
    page = ""
    for name, each in tables.items():
        page = renew_page(page, {name: each}, ORDER)
    assert page == renew_page("", tables, ORDER)


def test_what_no_benchmark_writes_any_more_leaves_the_page() -> None:
    page = renew_page("", {"gone": table("Gone", "gone")}, ("gone",))
    assert "gone" not in renew_page(page, {}, ORDER)


def test_all_run_but_those_that_run_only_when_named(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "--quick")
    printed = capsys.readouterr().out
    assert "## Two" in printed
    assert "## Three" not in printed
    assert page.read_text(encoding="utf-8") == "An old heading\n"
    run(monkeypatch, "third", "--write")
    assert "## Three" in page.read_text(encoding="utf-8")
    run(monkeypatch, "--write")
    titles = [line for line in page.read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert titles == ["## One", "## Two", "## Three"]


@pytest.mark.parametrize("words", [("fourth",), ("first", "--quick", "--write")])
def test_an_unknown_name_is_refused_and_so_is_writing_what_is_too_small(
    words: tuple[str, ...],
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, *words)
    assert "allowed are first" in (said := capsys.readouterr().err) or "too small" in said
    assert page.read_text(encoding="utf-8") == "An old heading\n"
