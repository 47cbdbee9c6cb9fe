"""The names of the files of a results folder."""

from __future__ import annotations

METRICS = "metrics.csv"
TABLES = ("worlds", "months", "events")
DESIGN = "design.parquet"
FILES = (*(f"{name}.parquet" for name in TABLES), METRICS)
"""What the folder of a run holds beside its manifest."""
SWEEP_FILES = (DESIGN, "worlds.parquet", METRICS)
"""What the folder of a sweep holds at least."""
