"""A check: one claim that the model is tested against, with its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

Verdict = Literal["met", "missed", "undecided", "left out"]
"""Left out: the model has no such mechanism, and `says` names what is missing."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All verdicts, in the order in which they are counted."""


def verdict_above(low: float, high: float, bound: float = 0.0) -> Verdict:
    """Return met where a whole interval lies above a bound, missed where it lies below."""
    if low > bound:
        return "met"
    return "missed" if high < bound else "undecided"


def verdict_on_target(reached: bool) -> Verdict:
    """Return the verdict on a target that was set beforehand: the figure itself decides."""
    return "met" if reached else "missed"


TableRow = Mapping[str, str | float | int | bool | None]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One line of the table of checks.

    Attributes:
        code: a short, stable code such as T4, P12 or H05.
        claim: the claim, in one sentence.
        target: the value by the sources, in words, such as "0.22 to 0.75".
        value: the model's value, in `unit`; None where it is not one number or was left out.
        low: lower end of the 95% interval; None where the value is exact.
        high: upper end of the 95% interval; None where the value is exact.
        unit: the unit of value, low and high.
        sources: keys of the bibliography.
        tuned: whether the model was calibrated on it; if so, meeting it is no evidence.
        verdict: the verdict, by the procedure that the part documents.
        says: what was measured and, for a missed check, a sentence of diagnosis.
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
class ShownTable:
    """A small table that is printed below the summary of a part.

    Attributes:
        title: what it shows, and how to read its cells.
        heading: the headings of its columns.
        rows: its cells as text, a row of as many cells as headings.
    """

    title: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ValidationPart:
    """One part of the validation: its checks, and the tables behind them.

    Attributes:
        name: published, patterns, hindcast, casebook, universe, treaties or theories.
        title: its heading.
        summary: its results, in sentences whose numbers are computed.
        checks: its checks, in the order of their codes.
        tables: further tables, by the name of their file without extension.
        shown: small tables that are printed with the summary.
    """

    name: str
    title: str
    summary: tuple[str, ...]
    checks: tuple[Check, ...]
    tables: Mapping[str, Sequence[TableRow]] = field(default_factory=dict)
    shown: tuple[ShownTable, ...] = ()

    @property
    def counts(self) -> dict[Verdict, int]:
        """The number of checks with each verdict."""
        counts = Counter(check.verdict for check in self.checks)
        return {verdict: counts[verdict] for verdict in VERDICTS}
