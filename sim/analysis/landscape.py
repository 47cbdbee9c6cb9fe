"""The two camps into which the actors divide, over the worlds of a scenario."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import RequestError
from sim.experiment.blocks import DEFAULT_BLOCK_SIZE, Block, OnProgress, split_worlds
from sim.experiment.storage.atomic import write_file
from sim.model.measures.needs import has_aid_obligation
from sim.model.measures.propensity import binding_between, propensities
from sim.model.state import State
from sim.model.theory.landscape import build_landscape, camp_assignments, camp_strain
from sim.output import render_csv
from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import Mask, Vector

if TYPE_CHECKING:
    from sim.model.model import AllianceModel

_MAX_SURVEYED_ACTORS = 17
"""The largest number of actors for which every alignment can be examined."""
_MAX_ALIGNMENTS_AT_ONCE = 2**22
"""The largest number of alignments in memory at once, over all worlds of a block."""


@dataclass(frozen=True)
class Alignment:
    """Two camps that are stable in some of the worlds.

    Attributes:
        camp: codes of the actors on the side of the scenario's first actor.
        other_camp: codes of all others; it may be empty.
        deepest: number of worlds in which no other alignment has lower energy.
        stable: number of worlds in which no actor gains by changing sides alone.
        basin: share of all alignments that lead to it, mean where it is stable.
        strain: share of all propensities that it contradicts, mean where it is stable.
        misplaced: codes of actors opposed to all their defence partners in most such worlds.
    """

    camp: tuple[str, ...]
    other_camp: tuple[str, ...]
    deepest: int
    stable: int
    basin: float
    strain: float
    misplaced: tuple[str, ...]


def survey_alignments(
    scenario: Scenario, month: int = 0, on_progress: OnProgress = lambda _: None
) -> list[Alignment]:
    """Return every alignment that is stable in some world after `month` months, deepest first.

    Month 0 is the opening day. `on_progress` is called with the number of worlds surveyed so far.

    Raises:
        RequestError: the scenario ends before `month`, or has too many actors.
    """
    _check_request(scenario, month)
    totals: dict[int, Vector] = {}
    for block in split_worlds(scenario.worlds, _block_size(len(scenario.actors))):
        for number, sums in _survey_block(scenario, month, block).items():
            totals[number] = totals.get(number, 0) + sums
        on_progress(block.last + 1)
    alignments = [_summarise_alignment(scenario, number, sums) for number, sums in totals.items()]
    return sorted(
        alignments,
        key=lambda alignment: (
            -alignment.deepest,
            -alignment.stable,
            -alignment.basin,
            alignment.camp,
        ),
    )


def write_alignments(file: Path, alignments: list[Alignment], worlds: int, month: int) -> None:
    """Write the alignments as a CSV table; codes are separated by spaces.

    Raises:
        RequestError: the file cannot be written, or already exists.
    """
    columns = ["worlds", "month", *(field.name for field in fields(Alignment))]
    rows = [(worlds, month, *map(_csv_cell, astuple(alignment))) for alignment in alignments]
    table = render_csv([dict(zip(columns, row, strict=True)) for row in rows], columns)
    write_file(file, table.encode(), option="--csv")


def _csv_cell(value: object) -> object:
    return " ".join(value) if isinstance(value, tuple) else value


def _check_request(scenario: Scenario, month: int) -> None:
    if month > scenario.months:
        raise RequestError(
            f"--month {month}: the scenario ends before\n"
            f"    allowed: 0, the opening day, to {scenario.months}\n"
            f"    extend the scenario with --set months={month}"
        )
    if len(scenario.actors) > _MAX_SURVEYED_ACTORS:
        raise RequestError(
            f"{len(scenario.actors)} actors have too many alignments to examine each\n"
            f"    allowed: up to {_MAX_SURVEYED_ACTORS} actors"
        )


def _block_size(actors: int) -> int:
    return max(1, min(DEFAULT_BLOCK_SIZE, _MAX_ALIGNMENTS_AT_ONCE >> actors))


def _survey_block(scenario: Scenario, month: int, block: Block) -> dict[int, Vector]:
    """Return the sums of each alignment stable in a block, by number: see `_alignment_sums`."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    sums: dict[int, Vector] = {}

    def observe(now: int, model: AllianceModel) -> None:
        if now == month:
            sums.update(_alignment_sums(model.context.state))

    simulate(scenario, block.first, block.size, months=month, observe=observe)
    return sums


def _alignment_sums(state: State) -> dict[int, Vector]:
    """Return worlds deepest, worlds stable, sums of basin and strain, then worlds misplaced."""
    propensity, size, partners = propensities(state), state.capability, _defence_partners(state)
    landscape, side = build_landscape(propensity, size), camp_assignments(len(state.codes))
    sums = {}
    for number in np.flatnonzero(landscape.stable.any(axis=1)).tolist():
        stable = landscape.stable[number]
        by_world = (
            landscape.deepest == number,
            stable,
            stable * landscape.basin_size[number] / len(side),
            stable * camp_strain(propensity, size, side[number][:, None]),
            *(stable & _misplaced(partners, side[number])),
        )
        sums[number] = np.array([values.sum() for values in by_world], dtype=np.float64)
    return sums


def _defence_partners(state: State) -> Mask:
    """Return which pairs a defence commitment binds, in either direction, (actor, other, world)."""
    partners = np.zeros((len(state.codes), len(state.codes), state.count), dtype=bool)
    for treaty in state.treaties.values():
        if has_aid_obligation(treaty.spec):
            for party in treaty.parties:
                for other in set(treaty.parties) - {party}:
                    partners[party, other] |= binding_between(state, treaty, party, other) > 0
    return partners


def _misplaced(partners: Mask, side: Mask) -> Mask:
    """Return which actors have defence partners and oppose all of them, (actor, world)."""
    together = (side[:, None] == side[None])[:, :, None]
    return partners.any(axis=1) & ~(partners & together).any(axis=1)


def _summarise_alignment(scenario: Scenario, number: int, sums: Vector) -> Alignment:
    deepest, stable, basin, strain, *misplaced = sums.tolist()
    side = camp_assignments(len(scenario.actors))[number]
    sides = list(zip(scenario.actors, side, strict=True))
    return Alignment(
        camp=tuple(code for code, other_side in sides if not other_side),
        other_camp=tuple(code for code, other_side in sides if other_side),
        deepest=int(deepest),
        stable=int(stable),
        basin=basin / stable,
        strain=strain / stable,
        misplaced=tuple(
            code
            for code, worlds in zip(scenario.actors, misplaced, strict=True)
            if worlds > stable / 2
        ),
    )
