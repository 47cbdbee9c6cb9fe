"""One world in two versions: which outcomes differ, and where the histories diverge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.analysis.comparison.construction import find_constructed
from sim.analysis.stories.divergence import compare_histories
from sim.analysis.stories.divergence_report import DivergenceReport, divergence_sentences
from sim.analysis.stories.replay import WorldRecord
from sim.model.measures.registry import list_measures
from sim.output import format_count
from sim.play.debrief.standing import describe_value


@dataclass(frozen=True)
class OutcomePair:
    """An outcome in both versions of a world.

    Attributes:
        name: the outcome, with its unit.
        phrase: the outcome within a sentence.
        own: its value in the game.
        other: its value in the other version.
        differs: whether they differ.
        constructed: whether they would do so by construction.
    """

    name: str
    phrase: str
    own: str
    other: str
    differs: bool
    constructed: bool


@dataclass(frozen=True)
class WorldPair:
    """One world in two versions.

    Attributes:
        names: what the versions are called.
        outcomes: the headline measures of both.
        divergence: the first decision that differs, in sentences.
        months: number of months in which their events differ.
    """

    names: tuple[str, str]
    outcomes: tuple[OutcomePair, ...]
    divergence: tuple[str, ...]
    months: int

    @property
    def short(self) -> str:
        """What distinguishes the other version, for the head of a table."""
        words = self.names[1].removeprefix(self.names[0]).strip()
        return words[:1].upper() + words[1:]

    @property
    def differing(self) -> list[OutcomePair]:
        """The outcomes that differ, and not by construction."""
        return [each for each in self.outcomes if each.differs and not each.constructed]

    @property
    def finding(self) -> str:
        """How many outcomes differ, in a sentence, or that none does."""
        compared = [each for each in self.outcomes if not each.constructed]
        of = format_count(len(compared), "outcome")
        if not self.months:
            return "Nothing differs: the two worlds are the same, event for event."
        months = format_count(self.months, "month")
        if not self.differing:
            return f"None of {of} differs, though events of {months} do."
        short = self.short[:1].lower() + self.short[1:]
        named = "; ".join(
            f"{each.phrase} ({each.own}; {short} {each.other})" for each in self.differing
        )
        verb = "differs" if len(self.differing) == 1 else "differ"
        return f"{len(self.differing)} of {of} {verb}: {named}."


def pair_worlds(own: WorldRecord, other: WorldRecord, names: tuple[str, str]) -> WorldPair:
    """Return two versions of a world side by side, the game's own first."""
    divergence = compare_histories(own, other)
    report = DivergenceReport(names, (own, other), [], divergence)
    return WorldPair(
        names,
        tuple(_pair_outcomes(own, other)),
        tuple(divergence_sentences(report)),
        len(divergence.divergent_months),
    )


def _pair_outcomes(own: WorldRecord, other: WorldRecord) -> Iterator[OutcomePair]:
    known = {measure.name: measure for measure in list_measures(own.scenario)}
    measures = [known[name] for name in own.scenario.headlines if name in known]
    constructed = find_constructed(measures, own.scenario, other.scenario)
    for measure in measures:
        values = tuple(describe_value(measure, record.measure_values) for record in (own, other))
        yield OutcomePair(
            measure.short_with_unit,
            measure.phrase,
            values[0],
            values[1],
            values[0] != values[1],
            measure.name in constructed,
        )
