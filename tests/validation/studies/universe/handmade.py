"""Small records made by hand, and a folder of scenarios with the numbers of the rule."""

from __future__ import annotations

import shutil
from pathlib import Path

from sim.validation.studies.universe.anchors import list_quantities, render_lines
from sim.validation.studies.universe.read_record import RECORD_FILE, read_record
from sim.validation.studies.universe.record import Record, RecordedAnswer
from tests.worlds import SCENARIOS

RECORD = read_record(SCENARIOS / RECORD_FILE)
PRINTED = tuple(list_quantities(RECORD))
"""What the record yields for the scenario files; a few seconds, so computed once."""


def answer(**changes: object) -> RecordedAnswer:
    """A minor neighbour to which nothing is promised, and which stands aside in 1870."""
    values: dict[str, object] = {
        "war": 58,
        "name": "Franco-Prussian War",
        "year": 1870,
        "ally": "BEL",
        "partner": "FRN",
        "opponent": "GMY",
        "obligation": "none",
        "parties": "",
        "tied_to_opponent": False,
        "major_power": False,
        "neighbour": True,
        "own_quarrels": 1,
        "joint_disputes": False,
        "nuclear_opponent": False,
        "other_war": False,
        "partner_began": True,
        "in_casebook": True,
        "published": "",
        "joined": False,
    }
    return RecordedAnswer(**(values | changes))  # type: ignore[arg-type]


def due(**changes: object) -> RecordedAnswer:
    """An ally to whose partner aid is due by a treaty of two."""
    return answer(**({"obligation": "due", "parties": "two"} | changes))


def record(*rows: RecordedAnswer) -> Record:
    return Record(rows)


def write_scenarios(folder: Path) -> Path:
    """Write the record and files that hold the numbers estimated from it, and nothing else."""
    target = folder / RECORD_FILE
    target.parent.mkdir(parents=True)
    shutil.copy(SCENARIOS / RECORD_FILE, target)
    for name in {quantity.file for quantity in PRINTED}:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render_lines(PRINTED, name), encoding="utf-8")
    return folder
