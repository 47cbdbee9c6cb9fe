"""Numbers on the command line, as people write them."""

from __future__ import annotations

import pytest

from sim.cli.whole_number import read_whole_number
from tests.cli.conftest import Sim


@pytest.mark.parametrize(
    "text", ["10000", "10_000", "10,000", "10 000", "10\u2019000", "1e4", "1E+4", " 10000 "]
)
def test_ten_thousand_may_be_written_in_any_usual_form(text: str) -> None:
    assert read_whole_number(text) == 10_000


@pytest.mark.parametrize("text", ["", "ten", "1.5", "1,0", "1e-3", "1.23e1", "0x10", "9" * 40])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert read_whole_number(text) is None


def test_a_run_takes_it(sim: Sim) -> None:
    done = sim("run", "whole.toml", "--worlds", "1e1")
    assert done.exit_code == 0
    assert "10 simulated worlds" in done.output


@pytest.mark.parametrize(
    ("worlds", "answer"),
    [
        ("many", "'many' is not a whole number, such as 1000"),
        ("0", "0 is not allowed; allowed: 1 or more"),
    ],
)
def test_anything_else_is_told_what_to_write(sim: Sim, worlds: str, answer: str) -> None:
    done = sim("run", "whole.toml", "--worlds", worlds, columns=200)
    assert done.exit_code == 2
    assert answer in done.output


def test_a_limit_at_both_ends_is_named(sim: Sim) -> None:
    done = sim("run", "whole.toml", "--months", "601", columns=200)
    assert "601 is not allowed; allowed: 1 to 600" in done.output
