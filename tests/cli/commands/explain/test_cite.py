from __future__ import annotations

import json
from pathlib import Path

from sim.scenario.provenance.software import format_software
from tests.cli.conftest import Sim


def test_text_names_software_scenario_and_sources(sim: Sim) -> None:
    result = sim("cite", "whole.toml")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "The software"
    assert " ".join(format_software().split()) in " ".join(result.stdout.split())
    assert "  Judgements rest on" in lines
    assert any(line.startswith("  digest ") for line in lines)
    assert all(len(line) <= 80 for line in lines if not line.startswith("  sim run "))


def test_what_was_not_looked_up_is_named(sim: Sim) -> None:
    sources = Path("sources.toml")
    text = sources.read_text(encoding="utf-8").replace('seen = "own"', 'seen = "recalled"')
    sources.write_text(text, encoding="utf-8")
    assert "To be looked up before they are quoted: " in sim("cite", "whole.toml").stdout


def test_bibtex_and_json_are_for_programs(sim: Sim) -> None:
    assert sim("cite", "whole.toml", "--format", "bibtex").stdout.startswith("@software{")
    record = json.loads(sim("cite", "whole.toml", "--format", "json").stdout)
    assert record["command"].startswith("sim run whole")
    assert {"key", "grade", "uses", "title", "seen"} <= record["sources"][0].keys()


def test_it_is_written_to_a_new_file(sim: Sim) -> None:
    assert sim("cite", "whole.toml", "--format", "bibtex", "--out", "x.bib").exit_code == 0
    assert Path("x.bib").read_text(encoding="utf-8").startswith("@software{")


def test_nothing_of_that_name_is_one_message(sim: Sim) -> None:
    result = sim("cite", "nowhere.toml")
    assert result.exit_code == 2
    assert "nowhere.toml" in result.stderr
