"""One typical and one surprising world of a run, half a page each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.analysis.data.resolve import ScenarioSource
from sim.analysis.stories.select_world import SelectionRule, select_world
from sim.analysis.stories.short_story import ShortStory, short_stories
from sim.experiment.execution.workers import begin
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


def begin_tales(run: Run) -> Callable[[], list[Tale]]:
    """Begin to tell the two stories of a run; return what waits for them.

    There are none where its engine would simulate other worlds.
    """
    if not run.same_engine:
        return list
    results = run.results
    source = ScenarioSource(results.folder, results.name, run.scenario, results)
    worlds = [select_world(source, rule).world for rule in _RULES]
    begun = begin(short_stories, run.scenario, worlds)

    def tell() -> list[Tale]:
        announce("Telling two worlds")
        return [_describe(run, rule, story) for rule, story in zip(_RULES, begun(), strict=True)]

    return tell


def _describe(run: Run, rule: SelectionRule, story: ShortStory) -> Tale:
    command = f"sim tell {run.results.folder} --world {story.world}"
    return Tale(_RULES[rule], _REASONS[rule], story, command)
