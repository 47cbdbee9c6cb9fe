"""Into which two camps the actors part, over the worlds of a scenario."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import RequestError
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, Block, split_worlds
from sim.model.arrays import Mask, Vector
from sim.model.measures.camps import has_aid_obligation
from sim.model.measures.propensity import current_binding, propensities
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments, camp_strain
from sim.scenario.schema.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.model import AllianceModel

_MAX_SURVEYED_ACTORS = 17
"""With more, there are too many alignments to look at each."""
_MAX_ALIGNMENTS_AT_ONCE = 2**22
"""Alignments held at once, over all worlds of a block."""


@dataclass(frozen=True)
class Alignment:
    """Two camps that are stable in some of the worlds.

    Attributes:
        camp: codes of the actors on the side of the scenario's first actor.
        other_camp: codes of all others; it may be empty.
        deepest: number of worlds in which no other alignment has lower energy.
        stable: number of worlds in which nobody gains by changing sides alone.
        basin: share of all alignments from which it is reached, mean where it is stable.
        strain: share of all pulls it goes against, mean where it is stable.
        misplaced: codes of those who stand against every ally sworn to aid, in most such worlds.
    """

    camp: tuple[str, ...]
    other_camp: tuple[str, ...]
    deepest: int
    stable: int
    basin: float
    strain: float
    misplaced: tuple[str, ...]


def survey_alignments(
    scenario: Scenario, month: int = 0, on_progress: Callable[[int], None] = lambda _: None
) -> list[Alignment]:
    """Return every alignment that is stable in some world after `month` months, deepest first.

    Month 0 is the opening day. `on_progress` hears how many worlds have been looked at.

    Raises:
        RequestError: the scenario ends before `month`, or has too many actors.
    """
    _check_request(scenario, month)
    found: dict[int, Vector] = {}
    for block in split_worlds(scenario.worlds, _block_size(len(scenario.actors))):
        for number, seen in _survey_block(scenario, month, block).items():
            found[number] = found.get(number, 0) + seen
        on_progress(block.last + 1)
    alignments = [_summarise_alignment(scenario, number, seen) for number, seen in found.items()]
    return sorted(alignments, key=lambda one: (-one.deepest, -one.stable, -one.basin, one.camp))


def write_alignments(file: Path, alignments: list[Alignment], worlds: int, month: int) -> None:
    """Write the alignments as a table that any spreadsheet opens; codes are parted by spaces.

    Raises:
        RequestError: the file cannot be written, or is there already.
    """
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow(["worlds", "month", *(field.name for field in fields(Alignment))])
            for alignment in alignments:
                table.writerow([worlds, month, *map(_csv_cell, astuple(alignment))])
    except OSError as error:
        raise RequestError(f"--csv {file}: cannot be written: {error.strerror}") from None


def require_new_file(file: Path) -> None:
    """See to it that nothing is written over.

    Raises:
        RequestError: the file is there already.
    """
    if file.exists():
        raise RequestError(f"--csv {file}: is there already; name another file")


def _csv_cell(value: object) -> object:
    return " ".join(value) if isinstance(value, tuple) else value


def _check_request(scenario: Scenario, month: int) -> None:
    if month > scenario.months:
        raise RequestError(
            f"--month {month}: the scenario ends before\n"
            f"    allowed: 0, the opening day, to {scenario.months}; --set months={month} lives on"
        )
    if len(scenario.actors) > _MAX_SURVEYED_ACTORS:
        raise RequestError(
            f"{len(scenario.actors)} actors have too many alignments to look at each\n"
            f"    allowed: up to {_MAX_SURVEYED_ACTORS} actors"
        )


def _block_size(actors: int) -> int:
    return max(1, min(DEFAULT_BLOCK_SIZE, _MAX_ALIGNMENTS_AT_ONCE >> actors))


def _survey_block(scenario: Scenario, month: int, block: Block) -> dict[int, Vector]:
    """Return what is seen of each alignment stable in a block, by its number: see `_alignment_sums`."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    sums: dict[int, Vector] = {}

    def observe(now: int, model: AllianceModel) -> None:
        if now == month:
            sums.update(_alignment_sums(model.context.state))

    simulate(scenario, block.first, block.size, months=month, observe=observe)
    return sums


def _alignment_sums(state: State) -> dict[int, Vector]:
    """Return worlds deepest, worlds stable, sums of basin and strain, then worlds misplaced."""
    propensity, size, sworn = propensities(state), state.capability, _defence_partners(state)
    found, side = build_landscape(propensity, size), camp_assignments(len(state.codes))
    seen = {}
    for number in np.flatnonzero(found.stable.any(axis=1)).tolist():
        stable = found.stable[number]
        figures = (
            found.deepest == number,
            stable,
            stable * found.basin_size[number] / len(side),
            stable * camp_strain(propensity, size, side[number][:, None]),
            *(stable & _misplaced(sworn, side[number])),
        )
        seen[number] = np.array([figure.sum() for figure in figures], dtype=np.float64)
    return seen


def _defence_partners(state: State) -> Mask:
    """Return which two are bound by a promise of aid, to one or both, (actor, other, world)."""
    sworn = np.zeros((len(state.codes), len(state.codes), state.count), dtype=bool)
    for treaty in state.treaties.values():
        if has_aid_obligation(treaty.spec):
            for one in treaty.parties:
                for other in set(treaty.parties) - {one}:
                    sworn[one, other] |= current_binding(state, treaty) > 0
    return sworn


def _misplaced(partners: Mask, side: Mask) -> Mask:
    """Return who stands against all those it is sworn to, (actor, world), if there are any."""
    together = (side[:, None] == side[None])[:, :, None]
    return partners.any(axis=1) & ~(partners & together).any(axis=1)


def _summarise_alignment(scenario: Scenario, number: int, sums: Vector) -> Alignment:
    deepest, stable, basin, strained, *misplaced = sums.tolist()
    parted = list(zip(scenario.actors, camp_assignments(len(scenario.actors))[number], strict=True))
    return Alignment(
        camp=tuple(code for code, across in parted if not across),
        other_camp=tuple(code for code, across in parted if across),
        deepest=int(deepest),
        stable=int(stable),
        basin=basin / stable,
        strain=strained / stable,
        misplaced=tuple(
            code
            for code, worlds in zip(scenario.actors, misplaced, strict=True)
            if worlds > stable / 2
        ),
    )
