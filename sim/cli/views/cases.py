"""Says where conditional measures have too few cases, and how many worlds would be needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.cli.wording import join_first_names
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import Measure, MeasureKind
from sim.output import format_count
from sim.statistics.ratio import MIN_CASES, cases_for_half_width, worlds_for_cases

_CASES_OF_A_SHARE = cases_for_half_width(0.1)
"""Cases with which any share is known to 10 percentage points."""
_MAX_SENTENCES, _MAX_NAMES = 2, 6


@dataclass(frozen=True)
class FewCases:
    """A conditional measure that too few worlds define: `cases` of `worlds`."""

    measure: Measure
    cases: int
    worlds: int

    @property
    def is_share(self) -> bool:
        """Whether it is a share of worlds."""
        return self.measure.kind is MeasureKind.HAPPENED

    @property
    def worlds_needed(self) -> int:
        """About how many worlds, at least, would be enough."""
        needed = _CASES_OF_A_SHARE if self.is_share else MIN_CASES
        return worlds_for_cases(self.cases, self.worlds, needed)


def find_few_cases(
    measures: Iterable[Measure], metrics: Mapping[str, Metric], worlds: int
) -> list[FewCases]:
    """Return the conditional measures that fewer than 20 of so many worlds define."""
    conditional = (measure for measure in measures if measure.given)
    found = (FewCases(each, metrics[each.name].worlds, worlds) for each in conditional)
    return [few for few in found if few.cases < MIN_CASES]


def describe_few_cases(found: Sequence[FewCases]) -> Iterator[str]:
    """Yield a sentence for each of a few such measures; one for all where they are many."""
    if len(found) <= _MAX_SENTENCES:
        yield from map(_describe, found)
    else:
        names = [f"{few.measure.phrase} ({few.worlds_needed:,})" for few in found]
        yield (
            f"Too few cases for {len(found)} conditional outcomes, with the worlds that each would "
            f"need: {join_first_names(names, _MAX_NAMES)}."
        )


def _describe(few: FewCases) -> str:
    purpose = "to know it to 10 percentage points" if few.is_share else f"for {MIN_CASES} cases"
    least = "About" if few.cases else "At least about"
    return (
        f"Too few cases: {few.measure.phrase}, has {few.cases or 'none'} in "
        f"{format_count(few.worlds, 'world')}. {least} {few.worlds_needed:,} worlds would be "
        f"needed {purpose}."
    )
