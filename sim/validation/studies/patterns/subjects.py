"""The actors and codes that patterns of one treaty are about; they are data, not code."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from sim.errors import Problem, ScenarioError
from sim.scenario.files.messages import find_nearest_name
from sim.validation.csv_tables import read_table_lines

_SUBJECTS_FILE = Path("reference") / "subjects.csv"


@dataclass(frozen=True)
class Subjects:
    """Codes of scenarios and of their parts; scenarios/reference/subjects.csv explains each.

    Camps are several codes, separated by spaces.
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
    """Return the subjects of a folder of scenarios.

    Raises:
        ScenarioError: the table is missing, or a role is missing, unknown or given twice.
    """
    file, codes = scenarios / _SUBJECTS_FILE, dict[str, str]()
    for line in read_table_lines(file, ("role", "code", "says")):
        role = line.cells["role"]
        if role not in _ROLES:
            what = f"{role!r} is not a known role"
            raise line.error_in("role", what, ", ".join(_ROLES), find_nearest_name(role, _ROLES))
        if role in codes:
            raise line.error_in("role", f"{role!r} is given twice")
        codes[role] = line.cells["code"]
    missing = [role for role in _ROLES if role not in codes]
    if missing:
        what = f"has no line for {', '.join(missing)}"
        raise ScenarioError([Problem(file, None, "", what)])
    return Subjects(**codes)
