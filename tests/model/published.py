"""The landscapes that Axelrod and Bennett published, and what is needed to draw them again.

Source: Axelrod and Bennett (1993), British Journal of Political Science 23(2): 211-233. The makers
of Unix machines are from the companion study of alliances over standards by Axelrod, Mitchell,
Thomas, Bennett and Bruderer (1995), Management Science 41(9): 1493-1508; that citation is recalled.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.model.theory.landscape import Landscape, landscape, sides
from sim.model.vectors import Vector

DATA = Path(__file__).parents[1] / "data" / "axelrod_bennett_1993_reconstruction.csv"

POWERS = {"UK": 7.45, "France": 5.32, "USSR": 15.01, "Germany": 11.49, "Italy": 4.03}
"""Five great powers by share of world capabilities in 1936, in per cent."""

SPECIALISTS = {"Sun": 28.9, "Prime": 1.0, "Apollo": 21.2, "Intergraph": 4.4, "SGI": 4.4}
GENERALISTS = {"AT&T": 28.5, "IBM": 3.8, "DEC": 20.0, "HP": 11.5}
"""Nine makers of computers by size; those of one kind are rivals, others are indifferent."""


class Minimum(NamedTuple):
    """A stable alignment: one camp, its energy, and from how many alignments it is reached."""

    camp: frozenset[str]
    energy: float
    basin: int


def minima(names: list[str], found: Landscape) -> list[Minimum]:
    """Return the stable alignments of the first world, deepest first, with the first's camp."""
    return sorted(
        (
            Minimum(
                frozenset(name for name, other in zip(names, side, strict=True) if not other),
                round(float(found.energy[number, 0]), 2),
                int(found.basin[number, 0]),
            )
            for number, side in enumerate(sides(len(names)))
            if found.stable[number, 0]
        ),
        key=lambda minimum: minimum.energy,
    )


def great_powers() -> list[Minimum]:
    """Return the stable alignments of five powers of which each is against each (realism)."""
    return _minima(POWERS, -np.ones((5, 5)))


def unix() -> list[Minimum]:
    """Return the stable alignments of the makers of Unix machines."""
    sizes = SPECIALISTS | GENERALISTS
    special = np.array([name in SPECIALISTS for name in sizes])
    return _minima(sizes, -(special[:, None] == special).astype(float))


def europe(year: int) -> list[Minimum]:
    """Return the stable alignments of seventeen nations in 1936 to 1939, as reconstructed."""
    nations = _nations()
    sizes = {name: float(row[f"size_{year}"]) for name, row in nations.items()}
    return _minima(sizes, _propensity(year))


def _minima(sizes: dict[str, float], propensity: Vector) -> list[Minimum]:
    found = landscape(propensity[:, :, None], np.array(list(sizes.values()))[:, None])
    return minima(list(sizes), found)


@cache
def _nations() -> dict[str, dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["nation"]: row for row in rows}


def _propensity(year: int) -> Vector:
    """Return the propensities; from 1938 on Romania is no democracy any more."""
    nations = _nations()
    propensity = np.array([[float(row[other]) for other in nations] for row in nations.values()])
    if year >= 1938:
        romania = list(nations).index("Romania")
        counted = {"D": 1, "F": -1, "C": -1, "N": 0}
        term = np.array([counted[row["government"]] for row in nations.values()])
        term[romania] = 0
        propensity[romania] -= term
        propensity[:, romania] -= term
    return propensity
