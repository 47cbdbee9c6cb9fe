"""The table of levers that came with the package, computed beforehand for one scenario.

It is the page that `sim levers --to` writes: in a checkout docs/levers.md, in an installed package
beside the scenarios.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.files.lookup import find_installed_folder

_SCENARIO = "pact.toml"
"""The scenario of the table."""
_INSTALLED_PAGE = Path("reference") / "levers.md"
_PAGE_IN_CHECKOUT = Path("docs") / "levers.md"
_COLUMNS = 8


@dataclass(frozen=True)
class KnownLever:
    """A number of the table, and what it moves most, as text.

    Attributes:
        key: the key of the number.
        range: its value and range.
        measure: the measure that it moves most, with its unit.
        low: the measure at the low end of the range, over all worlds.
        high: the measure at the high end.
        size: the difference in standard deviations of the measure between worlds.
        interval: the interval of the difference, in the unit of the measure.
        moves: how many measures it moves.
    """

    key: str
    range: str
    measure: str
    low: str
    high: str
    size: str
    interval: str
    moves: str

    @property
    def moved(self) -> int:
        """How many measures it moves, as a number."""
        return int(self.moves)

    @property
    def effect(self) -> str:
        """The measure that it moves most, from one end of the range to the other."""
        return f"{self.measure}, {self.low} to {self.high}"


@dataclass(frozen=True)
class KnownLevers:
    """The table: numbers in order of size, and how they were compared."""

    title: str
    levers: tuple[KnownLever, ...]
    notes: tuple[str, ...]


def find_known_page(scenario: Path) -> Path | None:
    """Return the page with the table, if it is that of a scenario file and there is one."""
    installed = find_installed_folder()
    if scenario.resolve() != (installed / _SCENARIO).resolve():
        return None
    pages = (installed / _INSTALLED_PAGE, installed.parent / _PAGE_IN_CHECKOUT)
    return next((page for page in pages if page.is_file()), None)


def read_known_levers(page: Path) -> KnownLevers:
    """Return the table of a page that `sim levers` wrote."""
    head, _, rest = page.read_text(encoding="utf-8").partition("\n## ")
    parts = (part.strip() for part in head.split("\n\n"))
    title, *notes = [part for part in parts if part and not part.startswith("<!--")]
    table = rest.partition("\n## ")[0]
    return KnownLevers(title.removeprefix("# "), tuple(_read_rows(table)), tuple(notes))


def _read_rows(table: str) -> Iterator[KnownLever]:
    for line in table.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == _COLUMNS and cells[0].startswith("`"):
            yield KnownLever(cells[0].strip("`"), *cells[1:])
