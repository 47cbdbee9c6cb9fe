"""One world of a run or a scenario to be told, and why an ally in it kept or broke its word."""

from __future__ import annotations

from sim.analysis.data.resolve import ScenarioSource, require_world
from sim.analysis.stories.promise import (
    PromiseExplanation,
    average_reference,
    find_promise,
    historical_reference,
    split_chance,
)
from sim.analysis.stories.render_story import WorldStory, story_measures
from sim.analysis.stories.replay import resimulate
from sim.analysis.stories.select_world import SelectedWorld, SelectionRule
from sim.analysis.stories.select_world import select_world as picked
from sim.errors import RequestError


def prepare_story(source: ScenarioSource, world: int | None, pick: str | None) -> WorldStory:
    """Live one world again: that of a number, or the one that a rule picks out of the results.

    Raises:
        RequestError: neither or both are given, there is no such rule or world, or none fits.
    """
    if (world is None) == (pick is None):
        raise RequestError(
            "say which world: --world N, or --pick RULE, one of the two\n"
            f"    allowed rules: {', '.join(SelectionRule)}"
        )
    chosen = (
        SelectedWorld(world, "") if world is not None else picked(source, _parse_rule(pick or ""))
    )
    require_world(source.scenario, chosen.world)
    life = resimulate(source.scenario, chosen.world)
    return WorldStory(source.name, life, chosen.reason, story_measures(source.scenario))


def explain_promise(story: WorldStory, promise: str, against: str) -> PromiseExplanation:
    """Return what kept or broke a promise, `ally` or `ally@month`, input by input.

    `against` says what it is held against: the `average` case of such calls, or the `record`'s.

    Raises:
        RequestError: there is no such promise, or more than one; or no such reference.
    """
    choice, scenario = find_promise(story.record, promise), story.record.scenario
    match against:
        case "average":
            reference = average_reference(scenario, choice)
        case "record":
            reference = historical_reference(choice)
        case _:
            raise RequestError(f"against {against!r}: allowed are average and record")
    return split_chance(story.record, choice, *reference)


def _parse_rule(name: str) -> SelectionRule:
    if name not in set(SelectionRule):
        raise RequestError(
            f"pick {name!r}: there is no such rule\n    allowed: {', '.join(SelectionRule)}"
        )
    return SelectionRule(name)
