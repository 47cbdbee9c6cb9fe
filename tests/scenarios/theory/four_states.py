"""The four invented states in the hands of tests, and the script that measures them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from sim.model.arrays import Vector
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval
from tests.docs.pages import TOP
from tests.model.opening_chances import Eve
from tests.worlds import SCENARIOS, changed

FOLDER = SCENARIOS / "theory"
NAMES = sorted(file.stem for file in FOLDER.glob("*.toml"))
SURE = {"mechanisms__misjudgement": False}
"""Rivals that know how willing allies are: what a pact does holds then in every world."""


def load(name: str, **changes: Any) -> Scenario:
    """Return one of the scenarios, with what is named set."""
    return changed(load_scenario(FOLDER / f"{name}.toml").scenario, **changes)


def eve(name: str, worlds: int = 300, **changes: Any) -> Eve:
    """Return the opening chances of a scenario in which nobody misjudges an ally."""
    return Eve(load(name, **SURE | changes), worlds, theatre="frontier")


def odds(name: str, move: str, who: str, **changes: Any) -> Vector:
    """Return the log-odds of a move of a rival on the opening day, (world,)."""
    chances: Vector = getattr(eve(name, **changes), move)(who, "frontier")
    return chances


def script(name: str) -> Any:
    """Return a script of the folder .ci as a module."""
    folder = str(TOP / ".ci")
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module(name)


def size(measured: str, scenarios: tuple[str, ...], outcome: str) -> Interval:
    """Return the size of an effect on expected rates, with its 95% interval."""
    interval: Interval = (
        script("theory_effects").Effect(measured, scenarios, outcome).estimate().interval
    )
    return interval
