from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from sim.analysis.data import spreadsheet
from sim.analysis.data.export import ExportOptions, export_results
from sim.analysis.data.frames import Frames, load
from sim.errors import RequestError, ResultsError
from sim.experiment.design.design import build_design
from sim.experiment.sweep import run_sweep
from tests.analysis.conftest import HERE, SHOWN, SimulateSmall
from tests.scenario.folder import Folder


@pytest.fixture
def frames(simulate_small: SimulateSmall) -> Frames:
    return load(simulate_small("worlds=30", "months=2"))


@pytest.fixture
def swept(simulate_small: SimulateSmall, tmp_path: Path) -> Frames:
    loaded = Folder(tmp_path).load(SHOWN, "worlds=3", "months=2")
    design = build_design(loaded, ["rules.honour.reputation=0.6,1.2"])
    return load(run_sweep(loaded, design, tmp_path / "results", HERE).results.folder)


def rows(file: Path, sheet: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(file, read_only=True)
    return list(book[sheet].iter_rows(values_only=True))


def test_a_workbook_says_what_was_simulated(frames: Frames, tmp_path: Path) -> None:
    export_results(frames, tmp_path / "x.xlsx")
    about = dict(rows(tmp_path / "x.xlsx", "about"))
    assert about["Title"] == frames.scenario.title
    assert about["Seed"] == frames.scenario.seed
    assert about["Digest"] == frames.manifest["question"]


def test_its_measures_begin_with_what_they_say(frames: Frames, tmp_path: Path) -> None:
    export_results(frames, tmp_path / "x.xlsx")
    header, *lines = rows(tmp_path / "x.xlsx", "metrics")
    table = pd.DataFrame(lines, columns=header).set_index("measure")
    assert header[:3] == ("label", "group", "headline")
    assert table.loc["war", "label"] == "War breaks out"
    assert table.loc["war", "value"] == pytest.approx(frames.worlds["war"].mean(), rel=1e-15)
    assert table["headline"].to_dict() == {
        "war": True,
        "never": False,
        "length": True,
        "regret": False,
    }
    assert pd.isna(table.loc["regret", "value"])


def test_its_worlds_are_those_of_the_table(frames: Frames, tmp_path: Path) -> None:
    export_results(frames, tmp_path / "x.xlsx")
    header, *lines = rows(tmp_path / "x.xlsx", "worlds")
    table = pd.DataFrame(lines, columns=header)
    assert table["war"].tolist() == frames.worlds["war"].tolist()
    assert table["length"].tolist() == pytest.approx(frames.worlds["length"].tolist(), rel=1e-15)
    assert [name for name, *_ in rows(tmp_path / "x.xlsx", "columns")][1:] == list(frames.worlds)[
        1:
    ]


def test_the_same_folder_gives_the_same_bytes(frames: Frames, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        export_results(frames, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_workbook_holds_the_tables_asked_for(frames: Frames, tmp_path: Path) -> None:
    export_results(frames, tmp_path / "x.xlsx", ExportOptions(["events", "assumptions"]))
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    assert book.sheetnames == ["about", "events", "assumptions", "columns"]


def test_a_sweep_is_a_workbook_too(swept: Frames, tmp_path: Path) -> None:
    export_results(swept, tmp_path / "x.xlsx")
    header, *lines = rows(tmp_path / "x.xlsx", "metrics")
    assert header[:2] == ("point", "label")
    assert [line[0] for line in lines[::4]] == swept.design["point"].tolist()
    assert dict(rows(tmp_path / "x.xlsx", "about"))["Points"] == 2


def test_a_table_too_long_for_a_sheet_is_refused(
    frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 30)
    with pytest.raises(ResultsError) as caught:
        export_results(frames, tmp_path / "x.xlsx")
    assert str(caught.value).splitlines() == [
        f"{frames.folder}: worlds has 30 rows, and a spreadsheet holds 29",
        "    write that table to a file .csv instead",
    ]
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("options", "separator", "decimal"),
    [
        (ExportOptions(), ",", "."),
        (ExportOptions(separator=";"), ";", ","),
        (ExportOptions(separator=";", decimal="."), ";", "."),
        (ExportOptions(separator="tab", decimal=","), "\t", ","),
    ],
)
def test_a_table_of_text_opens_where_it_is_asked_for(
    frames: Frames, tmp_path: Path, options: ExportOptions, separator: str, decimal: str
) -> None:
    export_results(frames, tmp_path / "x.csv", options)
    text = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    table = pd.read_csv(StringIO(text), sep=separator, decimal=decimal)
    pd.testing.assert_frame_equal(table, frames.metrics, check_exact=True)


def test_only_a_spreadsheet_needs_the_mark_of_its_encoding(frames: Frames, tmp_path: Path) -> None:
    export_results(frames, tmp_path / "plain.csv")
    export_results(frames, tmp_path / "marked.csv", ExportOptions(separator=";"))
    assert (tmp_path / "plain.csv").read_bytes().startswith(b"measure,")
    assert (tmp_path / "marked.csv").read_bytes().startswith(b"\xef\xbb\xbfmeasure;")


REFUSED = {
    "format": ("x.txt", ExportOptions(), "no format is known by this name"),
    "separator": ("x.csv", ExportOptions(separator="-"), "--sep -: is no separator"),
    "decimal": ("x.csv", ExportOptions(decimal="x"), "--decimal x: is no decimal sign"),
    "comma": ("x.csv", ExportOptions(decimal=","), "a comma cannot also stand between columns"),
    "for text": ("x.xlsx", ExportOptions(separator=";"), "are for a table of text"),
    "archive": ("x.tar.gz", ExportOptions(["worlds"]), "an archive has a form of its own"),
    "one table": ("x.csv", ExportOptions(["worlds", "events"]), "holds one table"),
    "unknown": ("x.csv", ExportOptions(["world"]), "did you mean 'worlds'?"),
}


@pytest.mark.parametrize(("name", "options", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(
    frames: Frames, tmp_path: Path, name: str, options: ExportOptions, message: str
) -> None:
    with pytest.raises(RequestError) as caught:
        export_results(frames, tmp_path / name, options)
    assert message in str(caught.value)
    assert not (tmp_path / name).exists()


def test_nothing_is_written_over(frames: Frames, tmp_path: Path) -> None:
    file = tmp_path / "there.tar.gz"
    file.write_text("mine")
    with pytest.raises(RequestError, match="already exists; name another file"):
        export_results(frames, file)
    with pytest.raises(RequestError, match="cannot be written"):
        export_results(frames, file / "below.csv")
    assert file.read_text() == "mine"
