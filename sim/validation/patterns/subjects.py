"""Whom the patterns of one treaty are about: data, since nothing here knows an actor by name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path("reference") / "subjects.csv"


@dataclass(frozen=True)
class Subjects:
    """Codes of scenarios and of what is in them; FILE says what each is."""

    baseline: str
    scenario: str
    pair: str
    challenger: str
    provoker: str
    bloc: str
    council: str
    buyer: str
    other_member: str
    exchange: str
    patron: str
    camp: str
    other_camp: str


def read_subjects(scenarios: Path) -> Subjects:
    """Read them from the folder of scenarios."""
    with (scenarios / FILE).open(encoding="utf-8", newline="") as lines:
        return Subjects(**{row["role"]: row["code"] for row in csv.DictReader(lines)})
