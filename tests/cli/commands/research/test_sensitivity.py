from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.analysis import variance_engine
from tests.cli.conftest import Sim

FEW = ("--samples", "8", "--worlds", "2")


@pytest.fixture
def plant(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> Sim:
    variance_engine.put(monkeypatch)
    return sim


def analyse(sim: Sim, name: str, *more: str) -> str:
    output = sim("sensitivity", "whole.toml", "--measure", name, *FEW, *more)
    assert output.exit_code == 0, output.stderr
    assert max(map(len, output.stdout.splitlines())) <= 80
    return " ".join(output.stdout.split())


def test_the_strongest_assumptions_are_reported_with_what_is_chance(plant: Sim) -> None:
    output = analyse(plant, "level", "--top", "2")
    assert "The strait: A level, any" in output
    assert "Assumptions 7" in output
    assert "250 draws of assumptions, each simulated with 4 random streams." in output
    assert output.index(variance_engine.STRONG) < output.index(variance_engine.WEAK)
    assert "32 points, each simulated in the same 2 worlds." in output
    assert "Two halves of the worlds agree on the points to 1.00" in output


def test_factors_can_be_named(plant: Sim) -> None:
    output = analyse(
        plant, "level", "--factors", variance_engine.IDLE, "--factors", variance_engine.WEAK
    )
    assert variance_engine.IDLE in output
    assert variance_engine.STRONG not in output


def test_morris_says_how_far(plant: Sim) -> None:
    output = analyse(plant, "level", "--method", "morris", "--factors", variance_engine.STRONG)
    assert "Moves by" in output
    assert "+3 3.0" in output or "+3 3" in output


def test_a_share_moves_in_per_cent(plant: Sim) -> None:
    assert "%" in analyse(plant, "high", "--method", "morris", "--factors", variance_engine.STRONG)


def test_what_never_moves_is_reported(plant: Sim) -> None:
    output = analyse(plant, "flat")
    assert "Nothing: it is the same in every world" in output
    assert "None of those varied: it is the same at all 56 points." in output


def test_what_decides_a_conditional_measure_is_reported_with_its_condition(plant: Sim) -> None:
    output = analyse(plant, "kept", "--samples", "128", "--worlds", "16", "--top", "2")
    assert f"{variance_engine.WEAK}: 0" in output
    assert "random streams; called in 524 of these 1,000 worlds" in output
    assert "It is defined only where called: in 50% of the worlds at the points." in output


def test_points_at_which_it_is_not_defined_are_counted(
    plant: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variance_engine, "CALLED", 0.0)
    keys = ("--factors", variance_engine.STRONG, "--factors", variance_engine.WEAK)
    output = analyse(plant, "kept", *keys, "--samples", "64", "--worlds", "8")
    assert "points in none, which count as average. Each point has" in output


def test_what_is_defined_nowhere_is_reported_with_the_worlds_needed(plant: Sim) -> None:
    output = analyse(plant, "scared")
    assert (
        "Too rare to tell: only 0 worlds differ from the others; at least about 6,700 worlds"
        in output
    )
    assert "It is defined only where never, which is so in no world of 56 points" in output


def test_a_number_that_is_not_distinguished_from_no_effect_has_no_row(plant: Sim) -> None:
    keys = ("--factors", variance_engine.STRONG, "--factors", variance_engine.IDLE)
    output = analyse(plant, "level", *keys, "--csv", "all.csv")
    assert f"No clear effect: {variance_engine.IDLE}." in (output)
    assert f"{variance_engine.IDLE}: " not in output
    assert variance_engine.IDLE in Path("all.csv").read_text(encoding="utf-8")


def test_shares_are_cut_off_where_none_can_lie_and_that_is_said(plant: Sim) -> None:
    output = analyse(plant, "level", "--samples", "64", "--top", "2")
    assert "to 100%" in output
    assert "Shares and intervals are bounded at 0 and 100%" in output


def test_where_nothing_is_distinguished_there_is_no_table(plant: Sim) -> None:
    few = ("--worlds", "6", "--samples", "4")
    output = analyse(plant, "high", "--factors", variance_engine.WEAK, *few)
    reason = "No clear effect"
    assert f"{reason}: {variance_engine.WEAK}." in output
    assert "In all" not in output


def test_what_is_rare_is_said_to_be(plant: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variance_engine, "HIGH", 4.4)
    assert "Too rare to tell: only " in analyse(plant, "high", "--factors", variance_engine.STRONG)


def test_draws_in_the_points_is_reported(plant: Sim) -> None:
    output = analyse(plant, "high", "--factors", variance_engine.STRONG, "--worlds", "4")
    assert "use more --worlds" in output


def test_the_table_is_written_on_request(plant: Sim) -> None:
    analyse(plant, "level", "--top", "2", "--csv", "moved.csv")
    with Path("moved.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["key"] for row in rows] == [variance_engine.STRONG, variance_engine.WEAK]
    assert {(row["months"], row["seed"]) for row in rows} == {("24", "7")}
    assert float(rows[0]["in_lowest_third"]) < float(rows[0]["in_highest_third"]), "it raises it"
    assert float(rows[0]["total_low"]) < float(rows[0]["total"]) < float(rows[0]["total_high"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--measure", "levle"], "did you mean 'level'"),
        (["--measure", "level", "--factors", "x"], "--factors x: is not an uncertain number"),
        (["--measure", "level", "--samples", "9"], "a power of two"),
        (["--measure", "level", "--worlds", "1"], "Invalid value for '--worlds'"),
        (["--measure", "level", "--samples", "1048576", "--worlds", "900"], "too many for one run"),
        (["--measure", "level", "--csv", "whole.toml"], "--csv whole.toml: already exists"),
        ([], "Missing option '--measure'"),
    ],
)
def test_what_makes_no_sense_is_reported(plant: Sim, words: list[str], message: str) -> None:
    output = plant("sensitivity", "whole.toml", *words)
    assert output.exit_code == 2
    assert message in output.stderr
    assert output.stdout == ""
