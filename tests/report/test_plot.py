"""`sim plot`: pictures and tables as files, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.errors import RequestError
from sim.extras import check_installed

ENV = {"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}


def plot(*words: object) -> Result:
    return CliRunner(env=ENV).invoke(app, ["plot", *map(str, words)])


def refusal(*words: object) -> str:
    """Return the message for a request that cannot be met."""
    result = plot(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.parametrize(
    ("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")]
)
def test_a_figure_is_written_with_its_table(
    form: str, begins: bytes, pact: Path, tmp_path: Path
) -> None:
    result = plot(pact, "--figure", "fan-front_strait", "--format", form, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    picture = tmp_path / f"fan-front_strait.{form}"
    assert result.stdout.split() == [str(picture)]
    assert picture.read_bytes().startswith(begins)
    head = "run,month,worlds,mean,p05,p25,median,p75,p95\n"
    assert (tmp_path / "fan-front_strait.csv").read_text().startswith(head)


def test_the_same_figure_is_the_same_file(pact: Path, tmp_path: Path) -> None:
    for out in ("a", "b"):
        plot(pact, "--figure", "outcomes", "--format", "svg", "--out", tmp_path / out)
    first, second = ((tmp_path / out / "outcomes.svg").read_bytes() for out in ("a", "b"))
    assert first == second


def test_a_figure_that_stands_alone_says_its_title_its_worlds_and_its_seed(
    pact: Path, tmp_path: Path
) -> None:
    plot(pact, "--figure", "fan-front_strait", "--format", "svg", "--out", tmp_path)
    drawn = (tmp_path / "fan-front_strait.svg").read_text()
    assert "Ground won, while war lasts (the Strait): " in drawn
    assert "seed 7." in drawn


def test_an_unknown_figure_is_answered_with_the_nearest(pact: Path) -> None:
    assert refusal(pact, "--figure", "outcome") == (
        "--figure outcome: there is no such figure of these runs\n"
        "    allowed: " + ALLOWED + "; did you mean 'outcomes'?\n"
    )


def test_an_unknown_column_is_answered_with_the_nearest(pact: Path) -> None:
    result = refusal(pact, "--figure", "fan-front_straits")
    assert "fan-front_strait, fan-weariness_strait; did you mean 'fan-front_strait'?" in result


def test_an_unknown_format_is_answered_with_those_there_are(pact: Path) -> None:
    assert refusal(pact, "--format", "gif") == (
        "--format gif: is not a format of figures\n    allowed: png, svg, pdf\n"
    )


def test_a_figure_that_is_there_is_left_alone_unless_forced(pact: Path, tmp_path: Path) -> None:
    words = (pact, "--figure", "outcomes", "--format", "svg", "--out", tmp_path)
    plot(*words)
    (tmp_path / "outcomes.svg").write_text("mine")
    result = refusal(*words)
    assert result == f"{tmp_path / 'outcomes.svg'}: already exists; --force overwrites it\n"
    assert (tmp_path / "outcomes.svg").read_text() == "mine"
    assert plot(*words, "--force").exit_code == 0
    assert (tmp_path / "outcomes.svg").read_text().startswith("<svg")


def test_a_folder_that_holds_no_results_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"{tmp_path}: is not a results folder: it has no manifest that can be read\n"
    )


def test_a_folder_named_twice_is_refused(pact: Path) -> None:
    assert refusal(pact, pact).endswith(": is named twice\n")


def test_too_many_folders_are_refused(pact: Path) -> None:
    assert refusal(*[pact] * 5) == "5 folders are too many for one figure; allowed: up to 4\n"


def test_what_one_run_cannot_show_is_said(pact: Path) -> None:
    assert refusal(pact, "--figure", "fourway") == (
        "the four-way figure needs two results folders: with, and without\n"
    )


def test_a_place_that_cannot_be_written_to_is_named(pact: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = refusal(pact, "--figure", "outcomes", "--out", tmp_path / "file")
    assert result.startswith(f"{tmp_path / 'file' / 'outcomes.csv'}: cannot be written: ")


@pytest.mark.parametrize(
    ("extra", "command"),
    [
        ("serve", 'install it in the folder of the project with: pip install ".[serve]"'),
        ("report", "install it with: pip install not_there"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(
    extra: str, command: str
) -> None:
    with pytest.raises(RequestError) as caught:
        check_installed(extra, "json", "not_there")
    message, _, hint = str(caught.value).partition("\n    ")
    assert message.startswith("this needs ")
    assert message.endswith(": not_there missing")
    assert hint == command


ALLOWED = "outcomes, fourway, fan, network, camps, timeline, tornado, reliability"
