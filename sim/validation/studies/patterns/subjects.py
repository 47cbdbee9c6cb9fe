"""Whom the patterns of one treaty are about: data, since nothing here knows an actor by name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.validation.studies.patterns.csv_tables import read_table_lines

_SUBJECTS_FILE = Path("reference") / "subjects.csv"


@dataclass(frozen=True)
class Subjects:
    """Codes of scenarios and of what is in them; FILE says what each is.

    Camps are several codes, parted by spaces.
    """

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


_ROLES = [field.name for field in fields(Subjects)]


def read_subjects(scenarios: Path) -> Subjects:
    """Read them from the folder of scenarios.

    Raises:
        ScenarioError: the table is missing, or a role is missing, unknown or there twice.
    """
    file, codes = scenarios / _SUBJECTS_FILE, dict[str, str]()
    for line in read_table_lines(file, ("role", "code", "says")):
        role = line.cells["role"]
        if role not in _ROLES:
            what = f"{role!r} is not a role that is known here"
            raise line.error_in("role", what, ", ".join(_ROLES), find_nearest_name(role, _ROLES))
        if role in codes:
            raise line.error_in("role", f"{role!r} is there twice")
        codes[role] = line.cells["code"]
    missing = [role for role in _ROLES if role not in codes]
    if missing:
        what = f"has no line for {', '.join(missing)}"
        raise ScenarioError([Problem(file, None, "", what)])
    return Subjects(**codes)
