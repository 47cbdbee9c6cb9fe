"""A published result: its figures beside the model's, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from sim.output import format_figure
from sim.validation.check import Check, TableRow

FigureValue = float | str
"""A figure, or text such as the names of a camp."""


@dataclass(frozen=True)
class FigureComparison:
    """One published figure beside the model's.

    Attributes:
        label: what the figure is.
        published: the figure in the source.
        computed: the figure that the model's functions give.
        tolerance: how far the two may differ: half of the last digit printed, as a rule. Text may
            not differ at all.
    """

    label: str
    published: FigureValue
    computed: FigureValue
    tolerance: float = 0.0

    @property
    def deviation(self) -> float:
        """How far the two differ; infinite for texts that differ."""
        if isinstance(self.published, str) or isinstance(self.computed, str):
            return 0.0 if self.published == self.computed else float("inf")
        difference = abs(self.computed - self.published)
        return difference if isfinite(difference) else float("inf")

    @property
    def agrees(self) -> bool:
        """Whether they are the same, to the precision of the source."""
        return self.deviation <= self.tolerance


@dataclass(frozen=True, kw_only=True)
class FigureSpec:
    """One published figure, and what the procedure needs to compute it.

    Attributes:
        label: what the figure is.
        published: the figure in the source.
        within: the tolerance; None for that of the result.
        given: arguments of the procedure, by name.
    """

    label: str
    published: FigureValue
    within: float | None = None
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ResultSpec:
    """A published result as `data/results.toml` describes it.

    Attributes:
        code: its number in the list of results, such as T4.
        claim: the result, in one sentence.
        target: its main figures, in words.
        sources: keys of the bibliography.
        engine_functions: the model's functions that compute the figures.
        note: limits of the comparison.
        within: how far figures may differ.
        figures: its figures.
        left_out: why it is not tested; empty if it is.
    """

    code: str
    claim: str
    target: str
    sources: tuple[str, ...]
    engine_functions: str = ""
    note: str = ""
    within: float = 0.0
    figures: tuple[FigureSpec, ...] = ()
    left_out: str = ""

    def compare(self, compute: Callable[..., FigureValue], **mentioned: float) -> PublishedResult:
        """Return the result with every figure as `compute` gives it.

        Args:
            compute: called with what each figure is given.
            mentioned: figures that the note mentions, by name.
        """
        comparisons = tuple(
            FigureComparison(
                figure.label, figure.published, compute(**figure.given), self._tolerance(figure)
            )
            for figure in self.figures
        )
        return PublishedResult(self, comparisons, self.note.format(**mentioned))

    @property
    def left_out_check(self) -> Check:
        """The line in the table of checks of a result that is not tested."""
        return Check(
            code=self.code,
            claim=self.claim,
            target=self.target,
            value=None,
            sources=self.sources,
            verdict="left out",
            says=self.left_out,
        )

    def _tolerance(self, figure: FigureSpec) -> float:
        if isinstance(figure.published, str):
            return 0.0
        return self.within if figure.within is None else figure.within


@dataclass(frozen=True)
class PublishedResult:
    """One published result, tested on the model.

    Attributes:
        spec: its description.
        comparisons: its figures, published and computed.
        note: limits of the comparison, with computed figures filled in.
    """

    spec: ResultSpec
    comparisons: tuple[FigureComparison, ...]
    note: str = ""

    @property
    def check(self) -> Check:
        """Its line in the table of checks."""
        agree = sum(comparison.agrees for comparison in self.comparisons)
        remarks = (f"Tests {self.spec.engine_functions}.", self._disagreements, self.note)
        return Check(
            code=self.spec.code,
            claim=self.spec.claim,
            target=self.spec.target,
            value=agree,
            unit=f"of {len(self.comparisons)} figures agree",
            sources=self.spec.sources,
            verdict="met" if agree == len(self.comparisons) else "missed",
            says=" ".join(filter(None, remarks)),
        )

    @property
    def rows(self) -> list[TableRow]:
        """The table behind the line: a row for each figure."""
        return [
            {
                "code": self.spec.code,
                "what": comparison.label,
                "published": comparison.published,
                "model": comparison.computed,
                "within": comparison.tolerance,
                "agrees": comparison.agrees,
                "sources": "; ".join(self.spec.sources),
            }
            for comparison in self.comparisons
        ]

    @property
    def _disagreements(self) -> str:
        return " ".join(
            f"{comparison.label}: published {_format_figure(comparison.published)}, "
            f"computed {_format_figure(comparison.computed)}."
            for comparison in self.comparisons
            if not comparison.agrees
        )


def _format_figure(figure: FigureValue) -> str:
    return figure if isinstance(figure, str) else format_figure(figure, ".7g", "no number")
