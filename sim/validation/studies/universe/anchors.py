"""Anchors, means and slopes as lines of the scenario files, with range, source, grade and note.

`python -m sim.validation.studies.universe.anchors` prints them: those of `to_1945` stand in
`scenarios/history/parts/common.toml`, all others in `scenarios/parts/rules.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.statistics.intervals import Interval
from sim.validation.studies.universe.estimates import count_cells, estimate_rule
from sim.validation.studies.universe.published_rates import HONOUR_COUNTS, JOINING_RATES
from sim.validation.studies.universe.ranges import slope_intervals
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record
from sim.validation.studies.universe.record import (
    CLASSES,
    DUE_CLASSES,
    ERAS,
    FACTS,
    Cell,
    Record,
)
from sim.validation.studies.universe.shipped import ERA_FILES, SLOPES, SLOPES_FILE

_RECORD_SOURCE = "ally-universe"
_MEAN_UNIT = "mean of the record"
_SLOPE_UNITS = dict.fromkeys(FACTS, "log-odds") | {"own_quarrels": "log-odds per kind of quarrel"}


@dataclass(frozen=True)
class PrintedQuantity:
    """A number as it stands in a scenario file.

    Attributes:
        file: the file, in the folder of scenarios.
        key: its dotted key.
        interval: value, low and high, rounded to two digits.
        unit: its unit.
        sources: keys of the bibliography.
        note: how it was obtained.
    """

    file: str
    key: str
    interval: Interval
    unit: str
    sources: tuple[str, ...]
    note: str

    @property
    def line(self) -> str:
        """The line of TOML."""
        numbers = ", ".join(
            f"{name} = {value:g}" for name, value in self.interval._asdict().items()
        )
        return (
            f"{self.key.rpartition('.')[2]} = {{ {numbers}, "
            f'unit = "{self.unit}", source = {_list_sources(self.sources)}, grade = "estimated", '
            f'note = "{self.note}" }}'
        )


def _list_sources(keys: tuple[str, ...]) -> str:
    quoted = [f'"{key}"' for key in keys]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def list_quantities(record: Record) -> Iterator[PrintedQuantity]:
    """Yield every number of the rule that the record yields, in the order of the files."""
    estimates, counts = estimate_rule(record), count_cells(record)
    for era in ERAS:
        for commitment in CLASSES:
            cell = era, commitment
            yield _anchor(cell, estimates.anchors[cell], counts[cell])
            for fact, mean in zip(FACTS, estimates.means[cell].tolist(), strict=True):
                yield _mean(cell, fact, mean, _answers_behind_mean(cell, counts))
    for fact, interval in slope_intervals(record).items():
        yield _slope(fact, interval)


def _answers_behind_mean(cell: Cell, counts: Mapping[Cell, tuple[int, int]]) -> int:
    """Return how many answers a mean is of: those to whom aid was due share theirs."""
    classes = DUE_CLASSES if cell[1] in DUE_CLASSES else cell[1:]
    return sum(counts[cell[0], commitment][1] for commitment in classes)


def _anchor(cell: Cell, anchor: Interval, count: tuple[int, int]) -> PrintedQuantity:
    sources: tuple[str, ...] = (_RECORD_SOURCE,)
    note = f"{count[0]} of {count[1]} in the record joined within twelve months."
    if honoured := HONOUR_COUNTS.get(cell):
        sources += ("berkemeier-fuhrmann-2018",)
        note += f" Berkemeier and Fuhrmann: {honoured.honoured} of {honoured.cases} honoured."
        note += " Mean by inverse variance; the range spans both."
    elif rate := JOINING_RATES.get(cell):
        sources += ("gml-mid",)
        note += (
            f" In disputes that became wars {rate.chance:.2g} a side. Half and half in log-odds;"
        )
        note += " the range spans both."
    key = f"rules.answers.{'.'.join(cell)}.open_war"
    return PrintedQuantity(ERA_FILES[cell[0]], key, _rounded(anchor), "log-odds", sources, note)


def _mean(cell: Cell, fact: str, mean: float, answers: int) -> PrintedQuantity:
    key = f"rules.answers.{'.'.join(cell)}.{fact}"
    point = _rounded(Interval(mean, mean, mean))
    note = f"Mean of {answers} answers: the point at which the anchor holds, not an estimate."
    return PrintedQuantity(ERA_FILES[cell[0]], key, point, _MEAN_UNIT, (_RECORD_SOURCE,), note)


def _slope(fact: str, slope: Interval) -> PrintedQuantity:
    name, sign = SLOPES[fact]
    low, high = sorted((sign * slope.low, sign * slope.high))
    interval = Interval(sign * slope.value, max(low, 0.0), high)
    note = (
        "Penalised logit of joining on the record beside the promise and the era; interval by war."
    )
    if low < 0:
        note += " Cut off at 0, below which it has no meaning here."
    key = f"rules.honour.{name}"
    return PrintedQuantity(
        SLOPES_FILE, key, _rounded(interval), _SLOPE_UNITS[fact], (_RECORD_SOURCE,), note
    )


def _rounded(interval: Interval) -> Interval:
    return Interval(*(round(value, 2) + 0.0 for value in interval))


def render_lines(quantities: Iterable[PrintedQuantity], file: str) -> str:
    """Return the lines of one of the files, table by table."""
    lines: list[str] = []
    table = ""
    for quantity in quantities:
        if quantity.file != file:
            continue
        own, _, _ = quantity.key.rpartition(".")
        if own != table:
            lines += ["", f"[{own}]"] if lines else [f"[{own}]"]
            table = own
        lines.append(quantity.line)
    return "\n".join(lines) + "\n"


def main(scenarios: Path = Path("scenarios")) -> None:
    """Print the lines of both files."""
    quantities = list(list_quantities(read_record(scenarios / RECORD_FILE)))
    for file in dict.fromkeys(quantity.file for quantity in quantities):
        sys.stdout.write(f"# {file}\n\n{render_lines(quantities, file)}\n")


if __name__ == "__main__":
    main()
