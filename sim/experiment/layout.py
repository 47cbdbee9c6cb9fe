"""The names of the files of a results folder."""

from __future__ import annotations

METRICS_FILE = "metrics.csv"
TABLES = ("worlds", "months", "events")
DESIGN_FILE = "design.parquet"
RUN_FILES = (*(f"{name}.parquet" for name in TABLES), METRICS_FILE)
"""The files of a run, beside its manifest."""
SWEEP_FILES = (DESIGN_FILE, "worlds.parquet", METRICS_FILE)
"""The files that every sweep has, beside its manifest."""
