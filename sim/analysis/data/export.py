"""Results in the formats of other programs: a spreadsheet, a table of text, an archive.

The end of the file's name decides: `.xlsx` for any spreadsheet, `.csv` for one table, `.tar.gz` for
the EMA Workbench. A file is written when its content is complete, and never over another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.analysis.data.ema_export import build_ema_archive
from sim.analysis.data.frames import Frames
from sim.analysis.data.spreadsheet import build_workbook
from sim.errors import RequestError
from sim.experiment.storage.atomic import require_absent, write_file
from sim.scenario.files.messages import find_nearest_name

RUN_TABLES = ("metrics", "worlds", "months", "events", "assumptions")
SWEEP_TABLES = ("metrics", "design", "worlds", "months", "events")
"""The tables of a run and of a sweep, by the names of their frames."""
SEPARATORS = {",": ",", ";": ";", "tab": "\t", "\t": "\t", "|": "|"}
"""What may stand between the columns of a table of text, by how it is written."""
_ARCHIVE, _TEXT, _WORKBOOK = ".tar.gz", ".csv", ".xlsx"


@dataclass(frozen=True)
class ExportOptions:
    """What is exported, and how it is written.

    Attributes:
        tables: names of tables; by default the metrics, and in a spreadsheet the worlds or the
            design too.
        separator: what stands between the columns of a table of text; by default a comma.
        decimal: the decimal sign; by default a comma beside semicolons, as in a German, French or
            Russian spreadsheet, and else a point.
    """

    tables: Sequence[str] = ()
    separator: str = ""
    decimal: str = ""


def export_results(frames: Frames, file: Path, options: ExportOptions = ExportOptions()) -> None:
    """Write results to a new file, in the format that its name asks for.

    Raises:
        RequestError: the file exists or cannot be written, or the options do not fit its format.
        ResultsError: the results cannot be read, or lack a table.
    """
    kind = check_export(file, options)
    tables = _select_tables(frames, options.tables)
    if kind == _WORKBOOK:
        content = build_workbook(frames, tables or _default_sheets(frames))
    elif kind == _TEXT:
        content = _render_table(frames, tables or ["metrics"], options)
    else:
        content = build_ema_archive(frames)
    write_file(file, content)


def check_export(file: Path, options: ExportOptions) -> str:
    """Require a new file, and options that fit the format of its name, which is returned.

    Raises:
        RequestError: the file exists, its format is unknown, or an option is not for it.
    """
    require_absent(file, "name another file")
    kind = _find_format(file)
    _check_options(kind, options)
    return kind


def _find_format(file: Path) -> str:
    name = file.name.lower()
    for ending in (_WORKBOOK, _TEXT, _ARCHIVE):
        if name.endswith(ending):
            return ending
    raise RequestError(
        f"{file}: no format is known by this name\n"
        "    allowed: a name that ends in .xlsx (spreadsheet), .csv (one table) or .tar.gz (EMA "
        "Workbench)"
    )


def _check_options(kind: str, options: ExportOptions) -> None:
    if kind != _TEXT and (options.separator or options.decimal):
        raise RequestError(f"--sep and --decimal: are for a table of text; name a file {_TEXT}")
    if kind == _ARCHIVE and options.tables:
        raise RequestError(
            f"--table: an archive has a form of its own; name {_WORKBOOK} or {_TEXT}"
        )
    if options.separator and options.separator not in SEPARATORS:
        raise RequestError(f"--sep {options.separator}: is no separator\n    allowed: , ; tab |")
    if options.decimal not in {"", ".", ","}:
        raise RequestError(f"--decimal {options.decimal}: is no decimal sign\n    allowed: . or ,")
    if kind == _TEXT and len(options.tables) > 1:
        raise RequestError(f"--table: {_TEXT} holds one table; {_WORKBOOK} holds several")


def _select_tables(frames: Frames, names: Sequence[str]) -> list[str]:
    known = SWEEP_TABLES if frames.kind == "sweep" else RUN_TABLES
    for name in names:
        if name not in known:
            nearest = find_nearest_name(name, known)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            raise RequestError(
                f"--table {name}: a {frames.kind} has no such table\n"
                f"    allowed: {', '.join(known)}{hint}"
            )
    return list(dict.fromkeys(names))


def _default_sheets(frames: Frames) -> list[str]:
    return ["metrics", "design" if frames.kind == "sweep" else "worlds"]


def _render_table(frames: Frames, tables: Sequence[str], options: ExportOptions) -> bytes:
    """Return a table as text in UTF-8, marked as such for a spreadsheet unless commas separate."""
    separator = SEPARATORS[options.separator or ","]
    decimal = options.decimal or ("," if separator == ";" else ".")
    if separator == decimal == ",":
        raise RequestError(
            "--decimal ,: a comma cannot also stand between columns\n    allowed: --sep ';'"
        )
    text: str = getattr(frames, tables[0]).to_csv(
        index=False, sep=separator, decimal=decimal, lineterminator="\n"
    )
    return text.encode("utf-8" if separator == "," else "utf-8-sig")
