"""The page of `sim stress`: one HTML file that fetches nothing."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from sim.analysis.stress.construction import list_rules
from sim.analysis.stress.difference_findings import summarise_comparison
from sim.analysis.stress.findings import format_share, summarise_matrix
from sim.analysis.stress.matrix import Cell, StressMatrix, compare_stress
from sim.analysis.stress.names import ENDINGS as ENDING_NAMES
from sim.analysis.stress.names import OUTCOMES, describe_crisis
from sim.experiment.storage.atomic import require_absent, write_file
from sim.report.page.page import PAGE_FOLDER, build_script, load_template
from sim.report.stress.heat_map import plot_stress
from sim.report.words import join_names

_FOLDER = Path(__file__).parent
_SHARES = ("third_party", "alone", "elsewhere")


def write_stress_page(
    file: Path, matrices: Sequence[StressMatrix], command: Sequence[str] = ()
) -> None:
    """Write the page of a stress test.

    Raises:
        RequestError: the file already exists, or it cannot be written.
    """
    require_absent(file, "name another file", "--html")
    write_file(file, render_stress_page(matrices, command).encode(), overwrite=True)


def render_stress_page(matrices: Sequence[StressMatrix], command: Sequence[str] = ()) -> str:
    """Return the page of a stress test as HTML: heat maps, findings and tables."""
    comparisons = [compare_stress(matrices[0], other) for other in matrices[1:]]
    differences = [text for each in comparisons for text in summarise_comparison(each)]
    script = build_script()
    return load_template(_FOLDER, "stress.html").render(
        title=join_names([matrix.scenario.title for matrix in matrices]),
        scenarios=[matrix.scenario for matrix in matrices],
        findings=[*differences, *summarise_matrix(matrices[0])],
        rules=list_rules(matrices[0], comparisons),
        figures=plot_stress(matrices),
        tables=[_build_table(matrix) for matrix in matrices],
        command=shlex.join(command) or "sim stress",
        script=Markup(script),
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        style=Markup((PAGE_FOLDER / "page.css").read_text("utf-8")),
    )


def _build_table(matrix: StressMatrix) -> tuple[str, list[str], list[tuple[str, list[str]]]]:
    """Return the title, the heading and the rows of the table of one matrix."""
    heading = [OUTCOMES[name] for name in _SHARES] + list(ENDING_NAMES.values())
    rows = [
        (
            describe_crisis(opening, matrix.scenario),
            [format_share(matrix.interval(cell)) for cell in _list_cells(str(opening))],
        )
        for opening in matrix.openings
    ]
    return matrix.scenario.title, heading, rows


def _list_cells(opening: str) -> Iterator[Cell]:
    yield from (Cell(opening, outcome) for outcome in _SHARES)
    yield from (Cell(opening, "ending", level=ending) for ending in ENDING_NAMES)
