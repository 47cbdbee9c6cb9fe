"""The rule as the scenario files have it, in closed form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.statistics.intervals import Interval
from sim.validation.studies.universe.estimates import RuleEstimates
from sim.validation.studies.universe.record import CLASSES, FACTS

ERA_FILES = {"to_1945": "history/parts/common.toml", "since_1946": "parts/rules.toml"}
"""The file with the anchors of each era, in the folder of scenarios."""
SLOPES_FILE = ERA_FILES["since_1946"]
SLOPES = {
    "own_quarrels": ("own_quarrel", 1.0),
    "joint_disputes": ("joint_dispute", 1.0),
    "nuclear_opponent": ("nuclear", -1.0),
    "other_war": ("busy", -1.0),
}
"""The coefficient of `rules.honour` for each fact, and its sign in the rule."""


def read_shipped_rule(scenarios: Path) -> RuleEstimates:
    """Return anchors, means and slopes that the scenario files have.

    Everything else the rule weighs (worth, reputation, payment, credibility, troops in place) is
    taken to be at its mean.

    Raises:
        ScenarioError: a file is missing or lacks one of these numbers.
    """
    anchors, means = {}, {}
    for era, name in ERA_FILES.items():
        file = scenarios / name
        content = read_toml(file)
        for commitment in CLASSES:
            key = f"rules.answers.{era}.{commitment}"
            anchors[era, commitment] = find_quantity(file, content, f"{key}.open_war")
            centres = (find_quantity(file, content, f"{key}.{fact}").value for fact in FACTS)
            means[era, commitment] = np.array(list(centres))
    file = scenarios / SLOPES_FILE
    content = read_toml(file)
    slopes = (
        sign * find_quantity(file, content, f"rules.honour.{name}").value
        for name, sign in (SLOPES[fact] for fact in FACTS)
    )
    return RuleEstimates(anchors, means, np.array(list(slopes)))


def read_toml(file: Path) -> dict[str, Any]:
    """Return the content of a file.

    Raises:
        ScenarioError: there is no such file, or it is not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError([Problem(file, None, "", "there is no such file")]) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError([Problem(file, None, "", f"cannot be read: {error}")]) from None


def find_quantity(file: Path, content: Mapping[str, Any], key: str) -> Interval:
    """Return value, low and high of the quantity with a dotted key.

    Raises:
        ScenarioError: the file has no such quantity.
    """
    found: Any = content
    try:
        for name in key.split("."):
            found = found[name]
        return Interval(*(float(found[part]) for part in Interval._fields))
    except (KeyError, TypeError, ValueError):
        what = "a table with value, low and high, as sim.validation.studies.universe.anchors prints"
        raise ScenarioError([Problem(file, None, key, "is missing", what)]) from None
