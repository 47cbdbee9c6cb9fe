"""The part of validation that looks for patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from pathlib import Path

from sim.validation.check import Check, Part, Row, Verdict
from sim.validation.studies.patterns.csv_tables import Line, read_lines
from sim.validation.studies.patterns.ensembles import FULL, QUICK, Ensembles, Told, ensembles
from sim.validation.studies.patterns.estimation import Estimate
from sim.validation.studies.patterns.notes import notes
from sim.validation.studies.patterns.registry import measures
from sim.validation.studies.patterns.simulated import Mask, Numbers

FILE = Path("reference") / "patterns.csv"
COLUMNS = (
    "code", "claim", "low", "high", "direction", "unit", "sources", "starred", "tuned", "measured",
    "diagnosis",
)  # fmt: skip
ENOUGH, MOST = 0.9, 0.5
"""In what share of draws a direction has to hold, and a range."""


@dataclass(frozen=True)
class Pattern:
    """One claim about ensembles, as FILE has it.

    Attributes:
        code: P and a number; letters part claims of one pattern.
        low, high: the range; infinite where there is no edge, not a number where it has none.
        direction: whether only the side is claimed on which the figure lies.
        starred: whether nothing may be tuned on it.
        measured: what is measured, or what is missing.
        diagnosis: why the model misses it, where it does.
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

    def holds(self, figure: Numbers) -> Mask:
        """Return where figures lie in the range."""
        inside: Mask = (figure >= self.low) & (figure <= self.high)
        return inside

    def verdict(self, found: Estimate) -> Verdict:
        """Return how it fares.

        Met where the figure over all worlds lies in the range, and most of the draws do, too; for
        a direction, nine tenths of them. Undecided where it is not met and the 95 % interval
        reaches into the range, or nothing could be counted. Else missed.
        """
        if not isfinite(found.value):
            return "undecided"
        inside = self.low <= found.value <= self.high
        if inside and self._surely(found):
            return "met"
        reaches = found.low <= self.high and found.high >= self.low
        return "undecided" if reaches else "missed"

    def _surely(self, found: Estimate) -> bool:
        enough = ENOUGH if self.direction else MOST
        return not len(found.drawn) or found.share(self.holds) >= enough


def read_patterns(scenarios: Path) -> list[Pattern]:
    """Read what is claimed, in the order of the file.

    Raises:
        ScenarioError: the table is missing, or something in it is wrong.
    """
    return [_pattern(line) for line in read_lines(scenarios / FILE, COLUMNS)]


def patterns(scenarios: Path, *, quick: bool = False, told: Told = lambda _: None) -> Part:
    """Live the worlds and look for every pattern; `told` hears how many worlds were lived."""
    return look_for(read_patterns(scenarios), ensembles(scenarios, QUICK if quick else FULL, told))


def look_for(claims: list[Pattern], lived: Ensembles) -> Part:
    """Look for every pattern in worlds that were lived."""
    how, more = measures(), notes(lived)
    checks = tuple(
        _check(each, how[each.code](lived) if each.code in how else None, more.get(each.code, ""))
        for each in claims
    )
    return Part(
        name="patterns",
        title="Patterns",
        summary=tuple(_summary(claims, checks)),
        checks=checks,
        tables={"patterns": [_row(each) for each in checks]},
    )


def _check(claim: Pattern, found: Estimate | None, note: str) -> Check:
    verdict = claim.verdict(found) if found else "left out"
    says = [claim.measured, note, claim.diagnosis if verdict in ("missed", "undecided") else ""]
    return Check(
        code=claim.code,
        claim=claim.claim + ".",
        target=claim.target,
        value=_known(found.value) if found else None,
        low=_known(found.low) if found else None,
        high=_known(found.high) if found else None,
        unit=claim.unit,
        sources=claim.sources,
        tuned=claim.tuned,
        verdict=verdict,
        says=" ".join(f"{word[0].upper()}{word[1:]}." for word in says if word),
    )


def _summary(claims: Sequence[Pattern], checks: Sequence[Check]) -> Iterator[str]:
    starred = {claim.code for claim in claims if claim.starred}
    counted = [check for check in checks if check.verdict != "left out"]
    blind = [check for check in counted if check.code in starred]
    tuned = [check for check in counted if check.tuned]
    yield (
        f"Of {len(counted)} figures that can be measured {_met(counted)} are met; of the "
        f"{len(blind)} among them on which nothing may be tuned, {_met(blind)}. The model was "
        f"calibrated on {len(tuned)}, of which {_met(tuned)} are met, and that proves nothing."
    )
    for verdict, said in (("missed", "Missed"), ("undecided", "Undecided"), _LEFT_OUT):
        codes = [check.code for check in checks if check.verdict == verdict]
        if codes:
            yield f"{said}: {', '.join(codes)}."


_LEFT_OUT = ("left out", "Left out, since the model has no such piece")


def _met(checks: Sequence[Check]) -> int:
    return sum(check.verdict == "met" for check in checks)


def _row(check: Check) -> Row:
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


def _pattern(line: Line) -> Pattern:
    low, high, cells = line.figure("low"), line.figure("high"), line.cells
    if low is not None and high is not None and low > high:
        raise line.wrong("low", "lies above high", f"up to {high:g}")
    nowhere = low is None and high is None
    return Pattern(
        code=cells["code"],
        claim=cells["claim"],
        low=nan if nowhere else -inf if low is None else low,
        high=nan if nowhere else inf if high is None else high,
        direction=line.marked("direction"),
        unit=cells["unit"],
        sources=tuple(cells["sources"].split()),
        starred=line.marked("starred"),
        tuned=line.marked("tuned"),
        measured=cells["measured"],
        diagnosis=cells["diagnosis"],
    )


def _known(number: float) -> float | None:
    return number if isfinite(number) else None
