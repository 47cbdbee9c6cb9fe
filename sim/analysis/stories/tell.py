"""The story of one world, and why an ally in it honoured its commitment or did not."""

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
from sim.analysis.stories.select_world import SelectedWorld, SelectionRule, select_world
from sim.analysis.stories.signature import ACTS, list_acts, split_act
from sim.errors import RequestError


def prepare_story(source: ScenarioSource, world: int | None, pick: str | None) -> WorldStory:
    """Simulate one world again: that of a number, or the one that a rule selects from the results.

    Raises:
        RequestError: neither or both are given, there is no such rule or world, or none fits.
    """
    selected = choose_world(source, world, pick)
    record = resimulate(source.scenario, selected.world)
    return WorldStory(source.name, record, selected.reason, story_measures(source.scenario))


def choose_world(source: ScenarioSource, world: int | None, pick: str | None) -> SelectedWorld:
    """Return the world of a number, or the one that a rule selects from the results.

    Raises:
        RequestError: neither or both are given, there is no such rule or world, or none fits.
    """
    if (world is None) == (pick is None):
        raise RequestError(
            "name one world: either --world N or --pick RULE\n"
            f"    allowed rules: {', '.join(SelectionRule)}"
        )
    selected = (
        SelectedWorld(world, "")
        if world is not None
        else select_world(source, _parse_rule(pick or ""))
    )
    require_world(source.scenario, selected.world)
    return selected


def explain_promise(story: WorldStory, promise: str, against: str) -> PromiseExplanation:
    """Return why a commitment, named `ally` or `ally@month`, was honoured or not, by input.

    A signature, or a notice, is named and explained likewise, against the measured rate.

    `against` names the reference: the `average` of such calls, or the historical `record`.

    Raises:
        RequestError: there is no such answer, or more than one; or no such reference.
    """
    choice = find_promise(story.record, promise, list_acts(story.record))
    scenario = story.record.scenario
    if choice.key.what in ACTS:
        return split_act(story.record, choice)
    match against:
        case "average":
            reference = average_reference(scenario, choice)
        case "record":
            reference = historical_reference(choice)
        case _:
            raise RequestError(
                f"against {against!r}: there is no such reference\n    allowed: average, record"
            )
    return split_chance(story.record, choice, *reference)


def _parse_rule(name: str) -> SelectionRule:
    if name not in set(SelectionRule):
        raise RequestError(
            f"pick {name!r}: there is no such rule\n    allowed: {', '.join(SelectionRule)}"
        )
    return SelectionRule(name)
