"""The common form of all parts of the validation."""

from __future__ import annotations

from sim.validation.check import VERDICTS, Check, ValidationPart, Verdict


def check(code: str, verdict: Verdict) -> Check:
    return Check(code=code, claim="It is so.", target="so", value=1.0, verdict=verdict)


def test_a_part_counts_its_checks_by_verdict() -> None:
    checks = check("P1", "met"), check("P2", "missed"), check("P3", "met"), check("P4", "left out")
    part = ValidationPart(name="patterns", title="Patterns", summary=(), checks=checks)
    assert part.counts == {"met": 2, "missed": 1, "undecided": 0, "left out": 1}


def test_a_part_without_checks_counts_none() -> None:
    part = ValidationPart(name="patterns", title="Patterns", summary=(), checks=())
    assert part.counts == dict.fromkeys(VERDICTS, 0)
