"""A published result: its figures beside the model's, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sim.validation.check import Check, Row

Said = float | str
"""A figure, or words such as the names of a camp."""


@dataclass(frozen=True)
class Tried:
    """One published figure beside the model's.

    Attributes:
        what: what the figure is of.
        published: as a source has it.
        model: as the model's functions give it.
        within: how far figures may differ: half of the last digit printed, as a rule. Words may
            not differ at all.
    """

    what: str
    published: Said
    model: Said
    within: float = 0.0

    @property
    def off(self) -> float:
        """How far the two are apart; words that differ are infinitely far."""
        if isinstance(self.published, str) or isinstance(self.model, str):
            return 0.0 if self.published == self.model else float("inf")
        apart = abs(self.model - self.published)
        return apart if isfinite(apart) else float("inf")

    @property
    def agrees(self) -> bool:
        """Whether they are the same, as far as the source was printed."""
        return self.off <= self.within


@dataclass(frozen=True, kw_only=True)
class Result:
    """One published result, tried on the model.

    Attributes:
        code: its number in the list of results, such as T4.
        claim: what it says, in one sentence.
        target: its main figures, in words.
        rules: the engine's functions that give it.
        sources: keys of the bibliography.
        tried: its figures.
        note: what to be careful about.
    """

    code: str
    claim: str
    target: str
    rules: str
    sources: tuple[str, ...]
    tried: tuple[Tried, ...]
    note: str = ""

    @property
    def check(self) -> Check:
        """The line of the table of validation."""
        agree = sum(each.agrees for each in self.tried)
        return Check(
            code=self.code,
            claim=self.claim,
            target=self.target,
            value=agree,
            unit=f"of {len(self.tried)} figures agree",
            sources=self.sources,
            verdict="met" if agree == len(self.tried) else "missed",
            says=" ".join(filter(None, (f"Tests {self.rules}.", self._apart, self.note))),
        )

    @property
    def rows(self) -> list[Row]:
        """The table behind the line: a row for each figure."""
        return [
            {
                "code": self.code,
                "what": each.what,
                "published": each.published,
                "model": each.model,
                "within": each.within,
                "agrees": each.agrees,
                "sources": "; ".join(self.sources),
            }
            for each in self.tried
        ]

    @property
    def _apart(self) -> str:
        missed = [each for each in self.tried if not each.agrees]
        return "".join(
            f"{each.what}: published {_said(each.published)}, here {_said(each.model)}. "
            for each in missed
        ).strip()


def left_out(code: str, claim: str, target: str, sources: tuple[str, ...], why: str) -> Check:
    """Return the line of a result that the model has no piece for."""
    return Check(
        code=code,
        claim=claim,
        target=target,
        value=None,
        sources=sources,
        verdict="left out",
        says=why,
    )


def _said(figure: Said) -> str:
    return figure if isinstance(figure, str) else f"{figure:.7g}"
