"""What rival theories weigh beside the record: strength, distance, regime, shifts of power.

Both tables are extracts of derived facts; `scenarios/record/README.md` says how they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.model.geography import share_arriving
from sim.statistics.arrays import FloatArray, Vector
from sim.validation.csv_tables import TableLine, read_table_lines
from sim.validation.studies.universe.record import Record

CIRCUMSTANCES_FILE = "record/circumstances.csv"
"""The table, in the folder of scenarios."""
HALF_DISTANCE = 3000.0
"""Kilometres over which strength falls by half, as `rules.choice.half_distance`."""
UNKNOWN_POLYARCHY = 0.5
"""Taken where no source says how democratic an ally was, as in the model."""
_KEYS = ("war", "ally", "partner", "opponent")
_SHARES = ("ally_share", "partner_share", "opponent_share")
_DISTANCES = ("partner_km", "opponent_km")
_SHIFTS = ("shift", "opponent_growth")
_COLUMNS = (*_KEYS, *_SHARES, "polyarchy", *_DISTANCES, *_SHIFTS)
_Key = tuple[str, ...]


@dataclass(frozen=True)
class Circumstances:
    """The circumstances of answers, each a vector (answer,).

    Attributes:
        strengths: strengths of ally, partner and opponent, as shares of their sum, (3, answer).
        polyarchy: electoral democracy of the ally, 0 to 1.
        ally_reach: share of the ally's strength that arrives at the partner.
        opponent_reach_ally: share of the opponent's strength that arrives at the ally.
        power_shift: change of the ally's strength relative to the partner's in ten years, in
            natural logarithms; 0 where unknown.
        opponent_growth: the same of the opponent's relative to the ally's.
    """

    strengths: FloatArray
    polyarchy: Vector
    ally_reach: Vector
    opponent_reach_ally: Vector
    power_shift: Vector
    opponent_growth: Vector


def read_circumstances(file: Path, record: Record) -> Circumstances:
    """Return the circumstances of every answer of the record, in its order.

    Raises:
        ScenarioError: the table is missing or malformed, or lacks an answer of the record.
    """
    lines = {
        tuple(line.cells[key] for key in _KEYS): line for line in read_table_lines(file, _COLUMNS)
    }
    keys = [(str(row.war), row.ally, row.partner, row.opponent) for row in record.rows]
    return build_circumstances(_in_order(file, lines, keys))


def _in_order(file: Path, lines: Mapping[_Key, TableLine], keys: Iterable[_Key]) -> list[TableLine]:
    wanted = list(keys)
    missing = [key for key in wanted if key not in lines]
    if missing:
        what = "has no line, which every answer of record/answers.csv needs"
        raise ScenarioError([Problem(file, None, " ".join(key), what) for key in missing[:5]])
    return [lines[key] for key in wanted]


def build_circumstances(lines: Sequence[TableLine]) -> Circumstances:
    """Return the circumstances that lines with these columns state."""
    strengths = np.array([[_read(line, name) for line in lines] for name in _SHARES])
    partner_km, opponent_km = (
        np.array([_read(line, name) for line in lines]) for name in _DISTANCES
    )
    shift, growth = (np.array([_read(line, name, 0.0) for line in lines]) for name in _SHIFTS)
    return Circumstances(
        strengths / strengths.sum(axis=0),
        np.array([_read(line, "polyarchy", UNKNOWN_POLYARCHY) for line in lines]),
        reach(partner_km),
        reach(opponent_km),
        shift,
        growth,
    )


def _read(line: TableLine, column: str, unknown: float | None = None) -> float:
    """Return a number; `unknown` where the cell is empty, unless it may not be."""
    number = line.number_in(column)
    if number is None and unknown is None:
        raise line.error_in(column, "is empty", "a number")
    return float(unknown if number is None else number)  # type: ignore[arg-type]


def reach(km: Vector) -> Vector:
    """Return the share of strength that arrives over distances in km, (answer,)."""
    return np.array([share_arriving(each, np.array(HALF_DISTANCE)) for each in km], dtype=float)
