"""Records of treaties made by hand, whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sim.validation.studies.treaties.read_record import read_pact_record
from sim.validation.studies.treaties.record import PactRecord
from sim.validation.studies.treaties.rows import AtRisk, SignedPact
from tests.worlds import SCENARIOS

RECORD = read_pact_record(SCENARIOS)
"""The record as it is shipped."""


def pact(year: int, cell: str = "near", **changes: Any) -> SignedPact:
    """Return a defence pact of two old states without anything else in common."""
    plain = SignedPact(
        year=year,
        a="BEL",
        b="NTH",
        pact_class="defence",
        cell=cell,
        young=False,
        common_enemy=False,
        lesser_pact=False,
        same_side=False,
        shared_ally=False,
        rival_signed=False,
        un_distance=0.1,
        lower_polyarchy=0.9,
    )
    return replace(plain, **changes)


def at_risk(cell: str, lo: int, hi: int, pair_years: int, **changes: Any) -> AtRisk:
    """Return pairs that could sign a defence pact, without a common enemy."""
    plain = AtRisk(
        pact_class="defence",
        cell=cell,
        lo=lo,
        hi=hi,
        pair_years=pair_years,
        un_distance=None,
        common_enemy=0.0,
    )
    return replace(plain, **changes)


def record(*signed: SignedPact, rows: tuple[AtRisk, ...], **changes: Any) -> PactRecord:
    """Return a record of some pacts and of pairs at risk; all else is as shipped."""
    return replace(RECORD, signed=signed, at_risk=rows, **changes)


EVEN = tuple(
    at_risk(cell, lo, hi, 1000 * (hi - lo + 1))
    for cell in ("near_major", "near", "major", "other", "rivals")
    for lo, hi in ((1956, 1990), (1991, 2000), (2001, 2016))
)
"""A thousand pairs of each cell in every year."""
