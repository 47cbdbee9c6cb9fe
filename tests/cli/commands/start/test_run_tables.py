"""`sim run --tables`: what is stored, and what other commands then say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Sim

LEFT_OUT = "which --tables worlds left out\n    simulate it again with --tables all"


def test_only_the_tables_asked_for_are_stored(sim: Sim) -> None:
    run = sim("run", "whole.toml", "--tables", "worlds", "--quiet")
    assert run.exit_code == 0, run.stderr
    folder = Path(run.stdout.strip())
    assert {file.stem for file in folder.glob("*.parquet")} == {
        "worlds",
        "month_counts",
        "month_samples",
    }
    assert sim("run", "whole.toml", "--tables", "worlds", "--quiet").stdout == run.stdout
    assert sim("run", "whole.toml", "--quiet").stdout != run.stdout


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("tell {} --pick first-honoured", "events"),
        ("condition {} --on challenge", "events"),
        ("explore {} --to page.html", "months"),
        ("export {} months.csv --table months", "months"),
        ("plot {} --figure timeline", "events"),
    ],
)
def test_a_command_that_needs_a_table_says_so(command: str, table: str, sim: Sim) -> None:
    folder = sim("run", "whole.toml", "--tables", "worlds", "--quiet").stdout.strip()
    done = sim(*command.format(folder).split(), columns=400)
    assert done.exit_code == 2
    assert f"holds no table of {table}, {LEFT_OUT}" in done.stderr
    assert not list(Path().glob("*.html")) + list(Path().glob("*.csv"))


def test_runs_are_compared_by_their_worlds_alone(sim: Sim) -> None:
    folders = [
        sim("run", "whole.toml", "--tables", "worlds", "--quiet", *settings).stdout.strip()
        for settings in ((), ("--set", "treaties.pact.concluded=false"))
    ]
    assert sim("compare", *folders, "--no-choices").exit_code == 0


def test_an_unknown_choice_of_tables_is_refused_with_those_there_are(sim: Sim) -> None:
    refused = sim("run", "whole.toml", "--tables", "some", columns=200)
    assert refused.exit_code == 2
    assert "'worlds', 'months', 'all'" in refused.stderr
