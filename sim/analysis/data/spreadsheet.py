"""Results as a workbook that any spreadsheet opens, whatever its decimal sign.

The first sheet says what was simulated; `metrics` has a line per measure with its label first; the
last sheet says what each column holds. The same folder gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.analysis.data.frames import Frames
from sim.errors import ResultsError
from sim.experiment.storage.manifest import Manifest
from sim.steps import announce

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
"""The rows of a sheet, the names of the columns included; no spreadsheet opens more."""
_MEASURE_COLUMNS = ("label", "group", "headline", "value", "low", "high", "unit", "worlds")
_CELLS_PER_STEP = 20_000
_WIDTHS = {"label": 60.0, "group": 28.0, "unit": 24.0, "measure": 34.0}
_ABOUT_WIDTHS = (18.0, 100.0)


def build_workbook(frames: Frames, tables: Sequence[str]) -> bytes:
    """Return a workbook of these tables, each on a sheet of its name.

    Raises:
        ResultsError: a table cannot be read, or has more rows than a sheet.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  only here

    sheets = {name: _prepare_sheet(frames, name) for name in tables}
    steps = sum(1 + len(frame) * len(frame.columns) // _CELLS_PER_STEP for frame in sheets.values())
    content = BytesIO()
    options = {"constant_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False}
    with Workbook(content, options) as book:
        book.set_properties(
            {"title": _title(frames.manifest), "created": _created(frames.manifest)}
        )
        header = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write_pairs(book.add_worksheet("about"), header, _describe_run(frames.manifest))
        for name, frame in sheets.items():
            _write_frame(book, name, frame, header, steps)
        _write_frame(book, "columns", _describe_columns(frames), header)
    return content.getvalue()


def _prepare_sheet(frames: Frames, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(frames, name)
    if len(frame) >= MAX_ROWS:
        raise ResultsError(
            f"{frames.folder}: {name} has {len(frame):,} rows, and a spreadsheet holds "
            f"{MAX_ROWS - 1:,}\n    write that table to a file .csv instead"
        )
    if name != "metrics":
        return frame
    first = [column for column in _MEASURE_COLUMNS if column in frame]
    rest = [column for column in frame if column not in first and column != "point"]
    return frame[[*(["point"] if "point" in frame else []), *first, *rest]]


def _write_frame(
    book: Workbook, name: str, frame: pd.DataFrame, header: Format, steps: int = 1
) -> None:
    """Write a table: names of the columns, which stay in sight, then a row for each of its rows."""
    sheet = book.add_worksheet(name)
    for place, column in enumerate(frame):
        sheet.set_column(place, place, _WIDTHS.get(str(column), 12.0))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    sheet.write_row(0, 0, [str(column) for column in frame], header)
    share = book.add_format({"num_format": "0.0%"}) if name == "metrics" else None
    rows_per_step = max(1, _CELLS_PER_STEP // max(len(frame.columns), 1))
    for row, values in enumerate(_iterate_rows(frame), start=1):
        if row % rows_per_step == 1:
            announce("Writing the spreadsheet", of=steps)
        for place, value in enumerate(values):
            _write_cell(sheet, row, place, value, share if _is_share(frame, row, place) else None)


def _is_share(frame: pd.DataFrame, row: int, place: int) -> bool:
    """Whether a cell of the table of metrics is a share of worlds, shown in per cent."""
    if "value" not in frame or frame.columns[place] not in {"value", "low", "high"}:
        return False
    return bool(frame["unit"].iloc[row - 1] == "share of worlds")


def _iterate_rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    columns = [frame[column].to_numpy(dtype=object) for column in frame]
    return zip(*columns, strict=True)


def _write_cell(sheet: Worksheet, row: int, place: int, value: Any, form: Format | None) -> None:
    if isinstance(value, bool | np.bool_):
        sheet.write_boolean(row, place, bool(value), form)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, form)
    elif value is not None and np.isfinite(value):
        sheet.write_number(row, place, float(value), form)


def _write_pairs(sheet: Worksheet, header: Format, pairs: dict[str, object]) -> None:
    for place, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(place, place, width)
    for row, (name, value) in enumerate(pairs.items()):
        sheet.write_string(row, 0, name, header)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, str(value))


def _describe_run(manifest: Manifest) -> dict[str, object]:
    """Return what was simulated, line by line."""
    scenario, numbers = manifest["scenario"], manifest["numbers"]
    points = {"Points": manifest["points"]} if "points" in manifest else {}
    return points | {
        "Title": _title(manifest),
        "Question": scenario.get("question", ""),
        "Scenario": manifest["name"],
        "Worlds": manifest["worlds"],
        "Months": manifest["months"],
        "First day": scenario["start"],
        "Seed": manifest["seed"],
        "Command": " ".join(manifest.get("command", ())),
        "Changed": "; ".join(f"{c['key']} = {c['value']}" for c in manifest.get("changes", ())),
        "Inputs": ", ".join(f"{numbers[grade]} {grade}" for grade in ("measured", "estimated"))
        + f", {numbers['judgement']} judged",
        "Digest": manifest["question"],
        "Engine": manifest["engine"],
        "Version": f"alliance-sim {manifest['versions']['sim']}",
        "Note": "Conditional frequencies, not forecasts. Intervals reflect simulation error only.",
    }


def _describe_columns(frames: Frames) -> pd.DataFrame:
    """Return what the columns of the table of worlds hold."""
    measures = frames.measures
    columns = ["name", "label", "unit", "group", "given"]
    return measures[[column for column in columns if column in measures]]


def _title(manifest: Manifest) -> str:
    return str(manifest.get("label") or manifest["scenario"]["title"])


def _created(manifest: Manifest) -> datetime:
    """Return when the results were created, which is the same whenever they are exported."""
    return datetime.fromisoformat(manifest["created"]).replace(tzinfo=None)
