"""T8, T9, T11: the two camps into which actors align (Axelrod and Bennett 1993)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.landscape import Landscape, build_landscape, camp_assignments
from sim.validation.studies.published.comparison import PublishedResult, ResultSpec
from sim.validation.studies.published.examples import read_example, read_example_column

_MISSING = "none"


class StableAlignment(NamedTuple):
    """A stable alignment: the first actor's camp, the energy, and the size of its basin."""

    camp: frozenset[str]
    energy: float
    basin: int


def great_power_alignments() -> list[StableAlignment]:
    """Return the stable alignments of powers that are all opposed to one another (realism)."""
    size = read_example_column("great_powers", "size")
    return _stable_alignments("great_powers", size, -np.ones((len(size), len(size))))


def unix_alignments() -> list[StableAlignment]:
    """Return the stable alignments of firms that are rivals where they are of one kind."""
    kind = np.array([row["kind"] for row in read_example("unix")])
    return _stable_alignments(
        "unix", read_example_column("unix", "size"), -(kind[:, None] == kind).astype(float)
    )


def europe_alignments(year: int) -> list[StableAlignment]:
    """Return the stable alignments of seventeen nations in 1936 to 1939, as reconstructed."""
    return _stable_alignments(
        "europe", read_example_column("europe", f"size_{year}"), _reconstruct_propensities(year)
    )


def alignments_result(spec: ResultSpec) -> PublishedResult:
    """Return the stable alignments of the landscapes of a result."""
    names = dict.fromkeys(figure.given["landscape"] for figure in spec.figures)
    alignments = {name: _alignments_of(name) for name in names}

    def figure(landscape: str, quantity: str, rank: int = 0) -> float | str:
        stable = alignments[landscape]
        if quantity == "count":
            return len(stable)
        return _alignment_figure(stable[rank - 1], quantity) if rank <= len(stable) else _MISSING

    return spec.compare(figure)


def _alignments_of(landscape: str) -> list[StableAlignment]:
    year = landscape.rpartition("_")[2]
    if year.isdigit():
        return europe_alignments(int(year))
    return unix_alignments() if landscape == "unix" else great_power_alignments()


def _alignment_figure(alignment: StableAlignment, quantity: str) -> float | str:
    if quantity == "camp":
        return ";".join(sorted(alignment.camp))
    return alignment.energy if quantity == "energy" else alignment.basin


def _stable_alignments(name: str, size: Vector, propensity: Vector) -> list[StableAlignment]:
    """Return the stable alignments, deepest first and then by the names in the camp."""
    names = [row["actor"] for row in read_example(name)]
    landscape = build_landscape(propensity[:, :, None], size[:, None])
    stable = [
        _stable_alignment(names, landscape, int(number))
        for number in np.flatnonzero(landscape.stable[:, 0])
    ]
    return sorted(stable, key=lambda alignment: (alignment.energy, sorted(alignment.camp)))


def _stable_alignment(names: list[str], landscape: Landscape, number: int) -> StableAlignment:
    """Return a stable alignment, with the camp of the first actor."""
    camp = [
        name
        for name, other in zip(names, camp_assignments(len(names))[number], strict=True)
        if not other
    ]
    energy = round(float(landscape.energy[number, 0]), 2)
    return StableAlignment(frozenset(camp), energy, int(landscape.basin_size[number, 0]))


def _reconstruct_propensities(year: int) -> Vector:
    """Return the propensities; the term for like governments follows those of the year."""
    nations = read_example("europe")
    pairs = np.array([[float(row[other["actor"]]) for other in nations] for row in nations])
    if year < 1938:
        return pairs
    return (
        pairs
        + _government_similarity("government_1938")
        - _government_similarity("government_1936")
    )


def _government_similarity(government_column: str) -> Vector:
    """Return 1 for two governments of one kind, -1 for two kinds, 0 where one is not coded."""
    kind = np.array([row[government_column] for row in read_example("europe")])
    coded = kind != "N"
    alike = np.where(kind[:, None] == kind, 1.0, -1.0) * (coded[:, None] & coded)
    alike[np.diag_indices(len(kind))] = 0
    return alike
