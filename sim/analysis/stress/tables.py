"""The tables of a stress test, and the results folder they are written to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sim._version import __version__
from sim.analysis.stress.construction import find_rule
from sim.analysis.stress.matrix import Cell, StressComparison, StressMatrix, compare_stress
from sim.analysis.stress.names import describe_cell
from sim.experiment.storage.atomic import atomic_folder, require_absent
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.manifest import COMPLETE, RESULTS_FORMAT
from sim.output import render_json

if TYPE_CHECKING:
    import pandas as pd

StressRow = dict[str, object]


def matrix_rows(name: str, matrix: StressMatrix) -> Iterator[StressRow]:
    """Yield one row for each cell of a matrix; `name` is that of its scenario."""
    for cell in matrix.cells():
        value, low, high = matrix.interval(cell)
        yield {
            "scenario": name,
            **_describe(matrix, cell),
            "value": value,
            "low": low,
            "high": high,
            "worlds": matrix.worlds,
        }


def difference_rows(with_: str, without: str, comparison: StressComparison) -> Iterator[StressRow]:
    """Yield one row for each cell of two matrices: the first minus the second, in paired worlds."""
    for cell in comparison.cells():
        difference, low, high = comparison.difference(cell)
        yield {
            "with": with_,
            "without": without,
            **_describe(comparison.with_, cell),
            "difference": difference,
            "low": low,
            "high": high,
            "worlds": comparison.with_.worlds,
            "by_construction": find_rule(comparison, cell),
        }


def matrix_frame(names: Sequence[str], matrices: Sequence[StressMatrix]) -> pd.DataFrame:
    """Return the rows of all matrices."""
    import pandas as pd  # noqa: PLC0415  slow to load

    pairs = zip(names, matrices, strict=True)
    return pd.DataFrame([row for name, matrix in pairs for row in matrix_rows(name, matrix)])


def difference_frame(names: Sequence[str], matrices: Sequence[StressMatrix]) -> pd.DataFrame:
    """Return the rows of the first matrix minus each of the others; empty where there is one."""
    import pandas as pd  # noqa: PLC0415  slow to load

    first = matrices[0]
    return pd.DataFrame(
        [
            row
            for name, matrix in zip(names[1:], matrices[1:], strict=True)
            for row in difference_rows(names[0], name, compare_stress(first, matrix))
        ]
    )


def require_new_folder(folder: Path) -> None:
    """Require that a results folder can be made there.

    Raises:
        RequestError: something exists at the path.
    """
    require_absent(folder, "name another folder", "--to")


def write_stress(
    folder: Path,
    names: Sequence[str],
    matrices: Sequence[StressMatrix],
    command: Sequence[str] = (),
) -> None:
    """Write the tables, as CSV and Parquet, and the manifest into a new folder.

    Raises:
        RequestError: the folder already exists.
        ResultsError: it cannot be written.
    """
    require_new_folder(folder)
    tables = {"stress": matrix_frame(names, matrices)}
    if len(matrices) > 1:
        tables["differences"] = difference_frame(names, matrices)
    with atomic_folder(folder) as draft:
        for name, frame in tables.items():
            frame.to_csv(draft / f"{name}.csv", index=False)
            frame.to_parquet(draft / f"{name}.parquet", index=False)
        manifest = render_json(_build_manifest(names, matrices, command))
        (draft / "manifest.json").write_text(manifest, encoding="utf-8")


def _describe(matrix: StressMatrix, cell: Cell) -> StressRow:
    opening = matrix.opening(cell.opening)
    happened = matrix.values(cell).dtype == bool
    return {
        "opening": cell.opening,
        "rivalry": opening.rivalry,
        "attacker": opening.attacker,
        "attacked": opening.attacked,
        "kind": opening.kind.value,
        **{name: getattr(cell, name) for name in ("outcome", "actor", "side", "level")},
        "label": describe_cell(cell, opening, matrix.scenario),
        "unit": "share of worlds" if happened else "mean",
    }


def _build_manifest(
    names: Sequence[str], matrices: Sequence[StressMatrix], command: Sequence[str]
) -> dict[str, object]:
    """Return what was simulated, from what and with what."""
    first = matrices[0]
    return {
        "format": RESULTS_FORMAT,
        "kind": "stress",
        "status": COMPLETE,
        "engine": engine_fingerprint(),
        "version": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": list(command),
        "worlds": first.worlds,
        "months": first.months,
        "seeds": {name: matrix.scenario.seed for name, matrix in zip(names, matrices, strict=True)},
        "openings": list(map(str, first.openings)),
        "scenarios": {
            name: json.loads(matrix.scenario.model_dump_json())
            for name, matrix in zip(names, matrices, strict=True)
        },
    }
