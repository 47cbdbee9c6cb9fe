"""One typical and one surprising world of a run, half a page each."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.data.resolve import open_source
from sim.analysis.stories.select_world import SelectionRule, select_world
from sim.analysis.stories.short_story import ShortStory, short_stories
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
    announce("Telling two worlds")
    source = open_source(run.results.folder)
    worlds = [select_world(source, rule).world for rule in _RULES]
    stories = short_stories(run.scenario, worlds)
    return [_describe(run, rule, story) for rule, story in zip(_RULES, stories, strict=True)]


def _describe(run: Run, rule: SelectionRule, story: ShortStory) -> Tale:
    command = f"sim tell {run.results.folder} --world {story.world}"
    return Tale(_RULES[rule], _REASONS[rule], story, command)
