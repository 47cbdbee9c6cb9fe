"""A scenario of one actor has no ties, no wars and nobody to come, and has a page all the same."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.run import run_scenario
from sim.report.page.page import render_page
from sim.report.run_view import open_runs
from sim.scenario.load import load_scenario
from tests.report.page.html import Page
from tests.worlds import SCENARIOS

WHENCE = 'unit = "any", source = "judgement", grade = "judgement"'
NUMBER = f"{{{{ value = {{0}}, low = {{0}}, high = {{0}}, {WHENCE} }}}}"
ALONE = f"""
extends = "{(SCENARIOS / "parts" / "rules.toml").as_posix()}"
bibliography = "{(SCENARIOS / "parts" / "sources.toml").as_posix()}"
title = "Alone"
description = "One actor."
question = "What is there to fear?"
start = 2024-06-19
worlds = 4
months = 2
seed = 1
affinity_range = {NUMBER.format(6.0)}

[actors.aland]
name = "Aland"
capital = {{ name = "X", latitude = 10.0, longitude = 10.0, source = "judgement" }}
capability = {NUMBER.format(0.5)}
ideal_point = {NUMBER.format(0.5)}
polyarchy = {NUMBER.format(0.5)}
nuclear_warheads = {NUMBER.format(0)}
"""


def test_pictures_without_anything_in_them_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "alone.toml").write_text(ALONE, encoding="utf-8")
    folder = run_scenario(load_scenario(tmp_path / "alone.toml"), tmp_path).results.folder
    page = render_page(open_runs([folder]))
    assert "Alone" in Page(page).text
    assert 'id="figure-network' not in page
