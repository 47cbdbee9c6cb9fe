"""The record as shipped, and answers made by hand from its first line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.validation.studies.universe.read_record import RECORD_FILE, read_record
from sim.validation.studies.universe.record import RecordedAnswer
from tests.worlds import SCENARIOS

RECORD = read_record(SCENARIOS / RECORD_FILE)


def due(**changes: Any) -> RecordedAnswer:
    """An ally to whose partner aid is due by a treaty of two."""
    values: dict[str, Any] = {"obligation": "due", "parties": "two"}
    return replace(RECORD.rows[0], **(values | changes))
