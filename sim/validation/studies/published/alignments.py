"""T8, T9, T11: into which two camps actors part, as Axelrod and Bennett (1993) published it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.arrays import Vector
from sim.model.theory.landscape import Landscape, build_landscape, camp_assignments
from sim.validation.studies.published.comparison import FigureComparison, PublishedResult
from sim.validation.studies.published.examples import read_example, read_example_column

_RULES = "landscape, sides (sim/model/theory/landscape.py)"
_NO_ALIGNMENT = "none"


class StableAlignment(NamedTuple):
    """A stable alignment: the first actor's camp, its energy, and from how many it is reached."""

    camp: frozenset[str]
    energy: float
    basin: int


def great_power_alignments() -> list[StableAlignment]:
    """Return the stable alignments of powers of which each is against each (realism)."""
    size = read_example_column("great_powers", "size")
    return _stable_alignments("great_powers", size, -np.ones((len(size), len(size))))


def unix_alignments() -> list[StableAlignment]:
    """Return the stable alignments of firms that are rivals where they are of one kind."""
    kind = np.array([line["kind"] for line in read_example("unix")])
    return _stable_alignments(
        "unix", read_example_column("unix", "size"), -(kind[:, None] == kind).astype(float)
    )


def europe_alignments(year: int) -> list[StableAlignment]:
    """Return the stable alignments of seventeen nations in 1936 to 1939, as reconstructed."""
    return _stable_alignments(
        "europe", read_example_column("europe", f"size_{year}"), _reconstruct_propensities(year)
    )


def great_powers_result() -> PublishedResult:
    """Return the landscape of the great powers."""
    found = great_power_alignments()
    return PublishedResult(
        code="T8",
        claim="Five powers of which each is against each have four stable alignments, and none "
        "of them is that of the war.",
        target="four camps, energies -936.13 to -890.40",
        engine_functions=_RULES,
        sources=("axelrod-bennett-1993",),
        comparisons=tuple(_compare_with_published("great_powers", found)),
    )


def unix_result() -> PublishedResult:
    """Return the landscape of the makers of Unix machines."""
    return PublishedResult(
        code="T9",
        claim="Nine makers of Unix machines have two stable alignments, one as likely as the "
        "other.",
        target="two camps, energy -3828.90 and basin 128 each",
        engine_functions=_RULES,
        sources=("axelrod-bennett-1993",),
        comparisons=tuple(_compare_with_published("unix", unix_alignments())),
    )


def europe_result() -> PublishedResult:
    """Return the landscapes of Europe before the war."""
    years = range(1936, 1940)
    return PublishedResult(
        code="T11",
        claim="Europe had two stable alignments in 1936 and 1937, and one from 1938, that of the "
        "war but for one nation.",
        target="the published camps of four years; energies and basins of 1936",
        engine_functions=_RULES,
        sources=("axelrod-bennett-1993", "own-landscape"),
        comparisons=tuple(
            each
            for year in years
            for each in _compare_with_published(f"europe_{year}", europe_alignments(year))
        ),
        note="A reconstruction: the authors did not print their propensities. These were coded by "
        "hand and two pairs adjusted until the camps came out, so that they do proves the "
        "arithmetic and not the coding. Energies and basins are the reconstruction's own; the "
        "paper has basins of 47,945 and 17,591.",
    )


def _compare_with_published(name: str, found: list[StableAlignment]) -> list[FigureComparison]:
    """Return the published minima beside those found, deepest first."""
    published = [line for line in read_example("minima") if line["landscape"] == name]
    tried = [FigureComparison(f"{name}: stable alignments", len(published), len(found))]
    for at, line in enumerate(published):
        here = found[at] if at < len(found) else None
        what = f"{name}: alignment {at + 1}"
        camp = ";".join(sorted(here.camp)) if here else _NO_ALIGNMENT
        tried.append(FigureComparison(f"{what}, one camp", line["camp"], camp))
        if line["energy"]:
            energy = here.energy if here else _NO_ALIGNMENT
            tried.append(FigureComparison(f"{what}, energy", float(line["energy"]), energy, 1e-9))
        if line["basin"]:
            basin = here.basin if here else _NO_ALIGNMENT
            tried.append(FigureComparison(f"{what}, basin", int(line["basin"]), basin))
    return tried


def _stable_alignments(name: str, size: Vector, propensity: Vector) -> list[StableAlignment]:
    """Return the stable alignments, deepest first and then by the names in the camp."""
    names = [line["actor"] for line in read_example(name)]
    found = build_landscape(propensity[:, :, None], size[:, None])
    stable = [
        _stable_alignment(names, found, int(number))
        for number in np.flatnonzero(found.stable[:, 0])
    ]
    return sorted(stable, key=lambda each: (each.energy, sorted(each.camp)))


def _stable_alignment(names: list[str], found: Landscape, number: int) -> StableAlignment:
    """Return a stable alignment, with the camp of the first actor."""
    camp = [
        name
        for name, other in zip(names, camp_assignments(len(names))[number], strict=True)
        if not other
    ]
    energy, basin = round(float(found.energy[number, 0]), 2), int(found.basin_size[number, 0])
    return StableAlignment(frozenset(camp), energy, basin)


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
    """Return 1 for two governments alike, -1 for two unlike, 0 where one is not coded."""
    kind = np.array([line[government_column] for line in read_example("europe")])
    coded = kind != "N"
    alike = np.where(kind[:, None] == kind, 1.0, -1.0) * (coded[:, None] & coded)
    alike[np.diag_indices(len(kind))] = 0
    return alike
