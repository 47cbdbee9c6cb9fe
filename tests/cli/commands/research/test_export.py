from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Sim


def test_a_scenario_is_simulated_and_exported(sim: Sim) -> None:
    sim("run", "whole.toml", "--worlds", "5", "--months", "1", "--quiet")
    folder = str(next(Path("results").iterdir()))
    result = sim("export", folder, "x.csv", "--sep", ";", "--table", "worlds")
    assert (result.exit_code, result.stdout) == (0, "x.csv\n")
    assert Path("x.csv").read_text("utf-8-sig").startswith("world;war;")
    assert sim("export", folder, "x.xlsx").exit_code == 0
    assert Path("x.xlsx").read_bytes()[:2] == b"PK"


def test_options_are_checked_before_anything_is_simulated(sim: Sim) -> None:
    result = sim("export", "whole.toml", "x.xlsx", "--sep", ";")
    assert result.exit_code == 2
    assert "are for a table of text" in result.stderr
    assert not Path("results").exists()
