"""Says where a conditional measure has too few cases, and how many worlds would be needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
from sim.statistics.ratio import MIN_CASES, cases_for_half_width, worlds_for_cases

_CASES_OF_A_SHARE = cases_for_half_width(0.1)
"""Cases with which any share is known to 10 percentage points."""


def describe_few_cases(
    measures: Iterable[Measure], metrics: Mapping[str, Metric], worlds: int
) -> Iterator[str]:
    """Yield a sentence for each measure that is defined in fewer than 20 worlds of so many."""
    for measure in measures:
        cases = metrics[measure.name].worlds
        if measure.given and cases < MIN_CASES:
            yield _describe(measure, cases, worlds)


def _describe(measure: Measure, cases: int, worlds: int) -> str:
    share = measure.kind is MeasureKind.HAPPENED
    needed = worlds_for_cases(cases, worlds, _CASES_OF_A_SHARE if share else MIN_CASES)
    purpose = "to know it to 10 percentage points" if share else f"for {MIN_CASES} cases"
    least = "About" if cases else "At least about"
    return (
        f"Too few cases: {measure.phrase}, has {cases or 'none'} in "
        f"{format_count(worlds, 'world')}. {least} {needed:,} worlds would be needed {purpose}."
    )
