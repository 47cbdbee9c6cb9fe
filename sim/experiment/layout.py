"""The names of the files of a results folder, and which tables of a run are stored."""

from __future__ import annotations

from enum import StrEnum

METRICS_FILE = "metrics.csv"
TABLES = ("worlds", "months", "events")
COUNT_TABLES = ("month_counts", "month_samples")
"""What is stored in place of the months of very many worlds: see `sim.model.recording`."""
DESIGN_FILE = "design.parquet"
RUN_FILES = (*(f"{name}.parquet" for name in TABLES), METRICS_FILE)
"""The files of a run with all tables, beside its manifest."""
BASIC_FILES = ("worlds.parquet", METRICS_FILE)
"""The files that every run has."""
SWEEP_FILES = (DESIGN_FILE, "worlds.parquet", METRICS_FILE)
"""The files that every sweep has, beside its manifest."""


class StoredTables(StrEnum):
    """Which tables of a run are stored; the worlds and their metrics always are."""

    WORLDS = "worlds"
    """Worlds, and of the months only how many worlds have each value."""
    MONTHS = "months"
    """Worlds and months, without events."""
    ALL = "all"
    """Worlds, months and events."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables."""
        return {"worlds": ("worlds", *COUNT_TABLES), "months": TABLES[:2], "all": TABLES}[self]

    @property
    def key_texts(self) -> tuple[str, ...]:
        """What the key of a run says of its tables; nothing where all are stored."""
        return () if self is StoredTables.ALL else (f"tables {self}",)


def parse_stored(names: object) -> StoredTables:
    """Return which tables a manifest says are stored; earlier versions stored all."""
    return StoredTables(str(names)) if names else StoredTables.ALL
