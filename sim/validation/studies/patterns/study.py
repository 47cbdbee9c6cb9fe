"""The part of the validation that tests patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from pathlib import Path

from sim.experiment.blocks import OnProgress
from sim.statistics.arrays import FloatArray, Mask
from sim.statistics.bootstrap import Estimate
from sim.validation.check import Check, TableRow, ValidationPart, Verdict
from sim.validation.csv_tables import TableLine, read_table_lines
from sim.validation.studies.patterns.ensembles import (
    FULL_SIZE,
    QUICK_SIZE,
    Ensembles,
    simulate_ensembles,
)
from sim.validation.studies.patterns.notes import pattern_notes
from sim.validation.studies.patterns.registry import measurements_by_code
from sim.validation.studies.quarrels import comparison

_PATTERNS_FILE = Path("reference") / "patterns.csv"
_PATTERN_COLUMNS = (
    "code", "claim", "low", "high", "direction", "unit", "sources", "starred", "tuned", "measured",
    "diagnosis",
)  # fmt: skip
_MIN_SHARE_DIRECTION, _MIN_SHARE_RANGE = 0.9, 0.5
"""The shares of replicates in which a direction and a range must hold."""


@dataclass(frozen=True)
class PatternClaim:
    """One claim about ensembles, a line of the table of patterns.

    Attributes:
        code: P and a number; letters distinguish claims of one pattern.
        claim: the claim, in one sentence.
        low: lower end of the range; infinite where it is open, nan without a range.
        high: upper end of the range; infinite where it is open, nan without a range.
        direction: whether only a direction is claimed.
        unit: the unit of the figure.
        sources: keys of the bibliography.
        starred: whether nothing may be tuned to it.
        tuned: whether the model was calibrated on it.
        measured: what is measured, or why it is not.
        diagnosis: why the model misses it.
    """

    code: str
    claim: str
    low: float
    high: float
    direction: bool
    unit: str
    sources: tuple[str, ...]
    starred: bool
    tuned: bool
    measured: str
    diagnosis: str

    @property
    def target(self) -> str:
        """The range in words."""
        if isnan(self.low):
            return "no range is given"
        if self.direction:
            return "below 1" if self.high == 1 else "above 1"
        return f"above {self.low:g}" if self.high == inf else f"{self.low:g} to {self.high:g}"

    def contains(self, figures: FloatArray) -> Mask:
        """Return where figures lie in the range."""
        inside: Mask = (figures >= self.low) & (figures <= self.high)
        return inside

    def verdict(self, estimate: Estimate) -> Verdict:
        """Return the verdict.

        Met if the figure over all worlds is in the range, and so are most replicates; for a
        direction, nine tenths of them. Undecided if it is not met and the 95% interval overlaps
        the range, or if nothing could be counted. Otherwise missed.
        """
        if not isfinite(estimate.value):
            return "undecided"
        inside = self.low <= estimate.value <= self.high
        if inside and self._is_robust(estimate):
            return "met"
        overlaps = estimate.low <= self.high and estimate.high >= self.low
        return "undecided" if overlaps else "missed"

    def _is_robust(self, estimate: Estimate) -> bool:
        required = _MIN_SHARE_DIRECTION if self.direction else _MIN_SHARE_RANGE
        return (
            not len(estimate.replicates) or estimate.share_of_replicates(self.contains) >= required
        )


def read_patterns(scenarios: Path) -> list[PatternClaim]:
    """Return the claims of the table, in its order.

    Raises:
        ScenarioError: the table is missing or invalid.
    """
    return [
        _parse_claim(line)
        for line in read_table_lines(scenarios / _PATTERNS_FILE, _PATTERN_COLUMNS)
    ]


def run_patterns(
    scenarios: Path, *, quick: bool = False, on_progress: OnProgress = lambda _: None
) -> ValidationPart:
    """Simulate the worlds and test every pattern.

    Args:
        scenarios: the folder of scenarios.
        quick: simulate fewer worlds.
        on_progress: called with the number of worlds simulated so far.
    """
    return check_patterns(
        read_patterns(scenarios),
        simulate_ensembles(scenarios, QUICK_SIZE if quick else FULL_SIZE, on_progress),
    )


def check_patterns(claims: list[PatternClaim], ensembles: Ensembles) -> ValidationPart:
    """Test every pattern on simulated worlds."""
    measurements, notes = measurements_by_code(), pattern_notes(ensembles)
    checks = tuple(
        _check_claim(
            claim,
            measurements[claim.code](ensembles) if claim.code in measurements else None,
            notes.get(claim.code, ""),
        )
        for claim in claims
    )
    return ValidationPart(
        name="patterns",
        title="Patterns",
        summary=tuple(_summary_sentences(claims, checks)),
        checks=checks,
        tables={
            "patterns": [_check_row(check) for check in checks],
            "quarrels": comparison.comparison_rows(ensembles.baseline, ensembles.disputes),
        },
    )


def _check_claim(claim: PatternClaim, estimate: Estimate | None, note: str) -> Check:
    verdict = claim.verdict(estimate) if estimate else "left out"
    says = [claim.measured, note, claim.diagnosis if verdict in ("missed", "undecided") else ""]
    return Check(
        code=claim.code,
        claim=claim.claim + ".",
        target=claim.target,
        value=_none_if_not_finite(estimate.value) if estimate else None,
        low=_none_if_not_finite(estimate.low) if estimate else None,
        high=_none_if_not_finite(estimate.high) if estimate else None,
        unit=claim.unit,
        sources=claim.sources,
        tuned=claim.tuned,
        verdict=verdict,
        says=" ".join(f"{text[0].upper()}{text[1:]}." for text in says if text),
    )


def _summary_sentences(claims: Sequence[PatternClaim], checks: Sequence[Check]) -> Iterator[str]:
    starred = {claim.code for claim in claims if claim.starred}
    counted = [check for check in checks if check.verdict != "left out"]
    blind = [check for check in counted if check.code in starred]
    tuned = [check for check in counted if check.tuned]
    yield (
        f"Of {len(counted)} measurable figures, {_count_met(counted)} are met; of the "
        f"{len(blind)} among them to which nothing may be tuned, {_count_met(blind)}. The model "
        f"was calibrated on {len(tuned)}, of which {_count_met(tuned)} are met; these are no "
        "evidence."
    )
    for verdict, label in (("missed", "Missed"), ("undecided", "Undecided"), _LEFT_OUT_LABEL):
        codes = [check.code for check in checks if check.verdict == verdict]
        if codes:
            yield f"{label}: {', '.join(codes)}."


_LEFT_OUT_LABEL = ("left out", "Left out, because the model has no such mechanism")


def _count_met(checks: Sequence[Check]) -> int:
    return sum(check.verdict == "met" for check in checks)


def _check_row(check: Check) -> TableRow:
    return {
        "code": check.code,
        "claim": check.claim,
        "target": check.target,
        "value": check.value,
        "low": check.low,
        "high": check.high,
        "unit": check.unit,
        "tuned": check.tuned,
        "verdict": check.verdict,
        "says": check.says,
    }


def _parse_claim(line: TableLine) -> PatternClaim:
    low, high, cells = line.number_in("low"), line.number_in("high"), line.cells
    if low is not None and high is not None and low > high:
        raise line.error_in("low", "is above high", f"up to {high:g}")
    without_range = low is None and high is None
    return PatternClaim(
        code=cells["code"],
        claim=cells["claim"],
        low=nan if without_range else -inf if low is None else low,
        high=nan if without_range else inf if high is None else high,
        direction=line.is_marked("direction"),
        unit=cells["unit"],
        sources=tuple(cells["sources"].split()),
        starred=line.is_marked("starred"),
        tuned=line.is_marked("tuned"),
        measured=cells["measured"],
        diagnosis=cells["diagnosis"],
    )


def _none_if_not_finite(number: float) -> float | None:
    return number if isfinite(number) else None
