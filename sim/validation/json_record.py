"""The parts of a validation as JSON: what comes with the package, and with results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from sim._version import __version__
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.output import render_json
from sim.validation.check import ValidationPart
from sim.validation.run import Validation

_SIGNIFICANT_FIGURES = 6
"""Figures of a number that are kept, so that processors agree on them."""


def build_record(validation: Validation, *, quick: bool, seed: int | None) -> dict[str, Any]:
    """Return the parts as plain data, with what they were made of; their tables are left out."""
    provenance = {
        "version": __version__,
        "engine": engine_fingerprint(),
        "seed": seed,
        "worlds": validation.worlds,
        "quick": quick,
    }
    return {"parts": [part_to_dict(part) for part in validation.parts], "made": provenance}


def part_to_dict(part: ValidationPart) -> dict[str, Any]:
    """Return a part as plain data."""
    checks = [
        {name: _round_value(value) for name, value in asdict(check).items()}
        for check in part.checks
    ]
    return {
        "name": part.name,
        "title": part.title,
        "summary": list(part.summary),
        "counts": dict(part.counts),
        "checks": checks,
    }


def render_record(record: Mapping[str, Any]) -> str:
    """Return the record as a file has it."""
    return render_json(record, indent=1)


def _round_value(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_SIGNIFICANT_FIGURES}g}") if isfinite(value) else None
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
