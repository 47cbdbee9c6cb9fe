"""A published result: its figures beside the model's, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sim.validation.check import Check, TableRow

_FigureValue = float | str
"""A figure, or words such as the names of a camp."""


@dataclass(frozen=True)
class FigureComparison:
    """One published figure beside the model's.

    Attributes:
        label: what the figure is of.
        published: as a source has it.
        computed: as the model's functions give it.
        tolerance: how far figures may differ: half of the last digit printed, as a rule. Words may
            not differ at all.
    """

    label: str
    published: _FigureValue
    computed: _FigureValue
    tolerance: float = 0.0

    @property
    def deviation(self) -> float:
        """How far the two are apart; words that differ are infinitely far."""
        if isinstance(self.published, str) or isinstance(self.computed, str):
            return 0.0 if self.published == self.computed else float("inf")
        apart = abs(self.computed - self.published)
        return apart if isfinite(apart) else float("inf")

    @property
    def agrees(self) -> bool:
        """Whether they are the same, as far as the source was printed."""
        return self.deviation <= self.tolerance


@dataclass(frozen=True, kw_only=True)
class PublishedResult:
    """One published result, tried on the model.

    Attributes:
        code: its number in the list of results, such as T4.
        claim: what it says, in one sentence.
        target: its main figures, in words.
        engine_functions: the engine's functions that give it.
        sources: keys of the bibliography.
        comparisons: its figures.
        note: what to be careful about.
    """

    code: str
    claim: str
    target: str
    engine_functions: str
    sources: tuple[str, ...]
    comparisons: tuple[FigureComparison, ...]
    note: str = ""

    @property
    def check(self) -> Check:
        """The line of the table of validation."""
        agree = sum(each.agrees for each in self.comparisons)
        return Check(
            code=self.code,
            claim=self.claim,
            target=self.target,
            value=agree,
            unit=f"of {len(self.comparisons)} figures agree",
            sources=self.sources,
            verdict="met" if agree == len(self.comparisons) else "missed",
            says=" ".join(
                filter(
                    None,
                    (f"Tests {self.engine_functions}.", self._describe_disagreements, self.note),
                )
            ),
        )

    @property
    def rows(self) -> list[TableRow]:
        """The table behind the line: a row for each figure."""
        return [
            {
                "code": self.code,
                "what": each.label,
                "published": each.published,
                "model": each.computed,
                "within": each.tolerance,
                "agrees": each.agrees,
                "sources": "; ".join(self.sources),
            }
            for each in self.comparisons
        ]

    @property
    def _describe_disagreements(self) -> str:
        missed = [each for each in self.comparisons if not each.agrees]
        return "".join(
            f"{each.label}: published {_format_figure(each.published)}, here {_format_figure(each.computed)}. "
            for each in missed
        ).strip()


def left_out_check(
    code: str, claim: str, target: str, sources: tuple[str, ...], reason: str
) -> Check:
    """Return the line of a result that the model has no piece for."""
    return Check(
        code=code,
        claim=claim,
        target=target,
        value=None,
        sources=sources,
        verdict="left out",
        says=reason,
    )


def _format_figure(figure: _FigureValue) -> str:
    return figure if isinstance(figure, str) else f"{figure:.7g}"
