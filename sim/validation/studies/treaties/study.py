"""The record of treaties as a part of the validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim.validation.check import Check, ValidationPart
from sim.validation.studies.treaties.checks import build_signing_checks
from sim.validation.studies.treaties.ends_checks import (
    build_ending_checks,
    build_rejection_checks,
)
from sim.validation.studies.treaties.read_record import read_pact_record
from sim.validation.studies.treaties.rule import read_shipped_rule


def run_treaties(scenarios: Path) -> ValidationPart:
    """x"""
    record, rule = read_pact_record(scenarios), read_shipped_rule(scenarios)
    checks=(*build_signing_checks(record, rule), *build_ending_checks(record, rule), *build_rejection_checks(record, rule))
    return ValidationPart(name="treaties", title="t", summary=(), checks=tuple(replace(c, code=f"R{i:02}") for i, c in enumerate(checks, 1)))
