"""One typical and one surprising world of a run, half a page each."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.data.resolve import ScenarioSource, open_source
from sim.analysis.stories.select_world import SelectionRule, select_world
from sim.analysis.stories.short_story import ShortStory, short_story
from sim.report.run_view import Run
from sim.steps import announce

_RULES = {
    SelectionRule.TYPICAL: "A typical world",
    SelectionRule.SURPRISING: "A surprising world",
}
_REASONS = {
    SelectionRule.TYPICAL: "nearest to the medians of all headline measures",
    SelectionRule.SURPRISING: "with the least likely combination of headline outcomes",
}


@dataclass(frozen=True)
class Tale:
    """A story with its heading.

    Attributes:
        heading: which world it is.
        reason: why this world was chosen.
        story: the story.
        command: the command that tells it at length.
    """

    heading: str
    reason: str
    story: ShortStory
    command: str


def tell_tales(run: Run) -> list[Tale]:
    """Return the two stories of a run; none where its engine would simulate other worlds."""
    if not run.same_engine:
        return []
    source = open_source(run.results.folder)
    return [_tell(run, source, rule) for rule in _RULES]


def _tell(run: Run, source: ScenarioSource, rule: SelectionRule) -> Tale:
    announce("Telling two worlds", of=len(_RULES))
    world = select_world(source, rule).world
    story = short_story(run.scenario, world)
    command = f"sim tell {run.results.folder} --world {world}"
    return Tale(_RULES[rule], _REASONS[rule], story, command)
