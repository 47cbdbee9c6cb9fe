from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sim.analysis.landscape import Alignment
from sim.cli.views.research.landscape import MAX_ALIGNMENTS_SHOWN, show_landscape
from tests.cli.conftest import Sim
from tests.scenario.folder import Folder


def test_the_camps_are_reported_with_what_they_rest_on(sim: Sim) -> None:
    result = sim("landscape", "whole.toml", "--worlds", "20")
    assert result.exit_code == 0, result.stderr
    assert "The strait: two camps on the opening day, in 20 worlds" in result.stdout
    assert "against Syldavia" in result.stdout
    words = " ".join(result.stdout.split())
    assert "are judgement (rules.alignment)" in words
    assert "12% of random recodings" in words


def test_camps_after_some_months(sim: Sim) -> None:
    result = sim("landscape", "whole.toml", "--worlds", "20", "--month", "1")
    assert "two camps after 1 month, in 20 worlds" in result.stdout


def test_settings_move_them(sim: Sim) -> None:
    weights = ("common_adversary", "rivalry", "war", "aid", "consultation", "standing_aside")
    off = [word for name in weights for word in ("--set", f"rules.alignment.{name}=0")]
    range_ = ("value=9", "low=9", "high=9")
    alike = [word for end in range_ for word in ("--set", f"affinity_range.{end}")]
    result = sim("landscape", "whole.toml", "--worlds", "20", *off, *alike)
    assert "all in one camp" in result.stdout
    assert "against" not in result.stdout.split("What it says")[0]


def test_the_table_is_written_on_request(sim: Sim, folder: Folder) -> None:
    result = sim("landscape", "whole.toml", "--worlds", "20", "--csv", "camps.csv")
    assert result.exit_code == 0
    with (folder.path / "camps.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sum(int(row["deepest"]) for row in rows) == 20
    assert {row["worlds"] for row in rows} == {"20"}


def test_a_table_that_is_there_is_not_written_over(sim: Sim, folder: Folder) -> None:
    folder.write("camps.csv", "mine")
    result = sim("landscape", "whole.toml", "--csv", "camps.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--csv camps.csv: already exists; name another file\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--month", "-1"], "Invalid value for '--month'"),
        (["--month", "25"], "--month 25: the scenario ends before"),
        (["--worlds", "999999999"], "too many for one run"),
        (["--set", "rules.alignment.aid=-1"], "is outside the range"),
    ],
)
def test_what_makes_no_sense_is_reported(sim: Sim, words: list[str], message: str) -> None:
    result = sim("landscape", "whole.toml", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_long_table_is_cut_and_says_so(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    alignment = Alignment(
        ("aland",), ("borduria", "syldavia"), 0, 3, 0.25, 0.5, ("aland", "borduria")
    )
    show_landscape([alignment] * (MAX_ALIGNMENTS_SHOWN + 2), folder.load().scenario, month=2)
    output = capsys.readouterr().out
    assert output.count("against Borduria, Syldavia") == MAX_ALIGNMENTS_SHOWN
    assert "2 alignments are stable in some worlds as well; --csv lists them." in output
    assert "(separated from all treaty allies: Aland, Borduria)" in " ".join(output.split())


def test_help_names_its_options(sim: Sim) -> None:
    result = sim("landscape", "--help")
    assert result.exit_code == 0
    for option in ("--month", "--worlds", "--csv", "--set"):
        assert option in result.stdout


def test_the_projects_own_scenario_can_be_looked_at(sim: Sim) -> None:
    pact = Path(__file__).parents[4] / "scenarios" / "pact.toml"
    result = sim("landscape", str(pact), "--worlds", "20")
    assert "Russia, DPRK, China" in result.stdout
