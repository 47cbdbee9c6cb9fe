"""What a Parquet file says of itself: what it was simulated from, and what each column holds.

A table that is copied out of its folder can still be understood. Everything noted follows from what
was requested, so that the same request gives the same bytes: no time, no path, no processes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from sim.experiment.storage.column_notes import ColumnNotes
from sim.experiment.storage.run_key import RunKey
from sim.scenario.load import LoadedScenario

PREFIX = "sim."
COLUMNS_KEY = f"{PREFIX}columns"
"""Keys of the metadata of a file."""


@dataclass(frozen=True)
class TableNotes:
    """What is written into a Parquet file beside its rows.

    Attributes:
        about: what was simulated, by name: scenario, seed, engine, command.
        columns: unit and label of each column; others are not described.
    """

    about: Mapping[str, str] = field(default_factory=dict)
    columns: ColumnNotes = field(default_factory=dict)

    def annotate(self, schema: pa.Schema) -> pa.Schema:
        """Return a schema with these notes, and no others: unit and label with each field."""
        fields = [
            column.with_metadata(self.columns[column.name]._asdict())
            if column.name in self.columns
            else column.remove_metadata()
            for column in schema
        ]
        about = {f"{PREFIX}{name}": text for name, text in self.about.items()}
        return pa.schema(fields, about or None)

    def list_columns(self, names: Iterable[str]) -> dict[str, str]:
        """Return the notes of these columns once more, for the metadata of a file.

        It is JSON: only Arrow reads what stands with each field.
        """
        known = {name: self.columns[name]._asdict() for name in names if name in self.columns}
        return {COLUMNS_KEY: json.dumps(known, ensure_ascii=False)} if known else {}


def describe_request(key: RunKey, loaded: LoadedScenario, command: str) -> dict[str, str]:
    """Return what a table says of the request behind it, by name."""
    scenario = loaded.scenario
    return {
        "scenario": loaded.name,
        "title": scenario.title,
        "digest": key.digest,
        "engine": key.engine,
        "seed": str(scenario.seed),
        "worlds": str(scenario.worlds),
        "months": str(scenario.months),
        "start": scenario.start.isoformat(),
        "command": command,
    }
