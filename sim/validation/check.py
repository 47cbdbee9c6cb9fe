"""A check: one claim that the model can be held against, and how it fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

Verdict = Literal["met", "missed", "undecided", "left out"]
"""Left out: the model has no such piece, and `says` tells what is missing."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All verdicts, in the order in which they are counted out."""

TableRow = Mapping[str, str | float | int | bool | None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the table of validation.

    Attributes:
        code: short and stable, such as T4, P12 or H05.
        claim: what is claimed, in one sentence.
        target: what a source says it should be, in words, such as "0.22 to 0.75".
        value: what the model gives, in `unit`; None where it is not one number or was left out.
        low, high: the 95 % interval of the value; None where it is exact.
        unit: of value, low and high.
        sources: keys of the bibliography.
        tuned: whether the model was calibrated on it; if so, meeting it proves nothing.
        verdict: how it fared, by the procedure its part documents.
        says: what was measured and, where it was missed, a sentence of diagnosis.
    """

    code: str
    claim: str
    target: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    sources: tuple[str, ...] = ()
    tuned: bool = False
    verdict: Verdict
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class ValidationPart:
    """One part of the validation: its checks, and the tables behind them.

    Attributes:
        name: published, patterns, hindcast or casebook.
        title: as a heading.
        summary: what it comes to, in plain sentences whose numbers are computed.
        checks: its lines, in the order of their codes.
        tables: further tables, by the name of the file they are written to, without ending.
    """

    name: str
    title: str
    summary: tuple[str, ...]
    checks: tuple[Check, ...]
    tables: Mapping[str, Sequence[TableRow]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many of the checks fared how, for every verdict."""
        fared = Counter(check.verdict for check in self.checks)
        return {verdict: fared[verdict] for verdict in VERDICTS}
