"""The story of one world, why an ally in it honoured, why an actor signed or left; two histories.

The chance of a signature or a notice is decomposed against the measured rate: what shifts it, in
log-odds of a year, is added consideration by consideration, in every order.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from sim.analysis.comparison.inputs import compare_inputs
from sim.analysis.data.resolve import ScenarioSource, require_world
from sim.analysis.stories.divergence import compare_histories
from sim.analysis.stories.divergence_report import DivergenceReport
from sim.analysis.stories.promise import (
    PromiseExplanation,
    average_reference,
    find_promise,
    historical_reference,
    split_chance,
)
from sim.analysis.stories.render_story import WorldStory, story_measures
from sim.analysis.stories.replay import Choice, WorldRecord, resimulate
from sim.analysis.stories.select_world import SelectedWorld, SelectionRule, select_world
from sim.errors import RequestError
from sim.statistics.arrays import Vector
from sim.statistics.shapley import all_subsets, shapley_values

ACTS = ("conclude", "leave")
"""The decisions by which treaties are signed and left."""
_FIXED = ("record", "own_share")
"""The terms of the reference: the measured rate, and the party's share in it."""
_REFERENCE = {
    "conclude": "the measured rate of such pacts between such pairs",
    "leave": "the measured rate at which such treaties are left, all else equal to zero",
}


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


def list_acts(record: WorldRecord) -> list[Choice]:
    """Return the decisions of a world by which a treaty was signed or left, in order."""
    return [choice for choice in record.choices if choice.key.what in ACTS and choice.level > 0]


def split_act(record: WorldRecord, choice: Choice) -> PromiseExplanation:
    """Return the chance in its month of an act on a treaty, decomposed against the record."""
    fixed = sum(choice.terms.get(name, 0.0) for name in _FIXED if name != "own_share")
    moving = [name for name in choice.terms if name not in _FIXED]
    terms = np.array([choice.terms[name] for name in moving])
    yearly = fixed + np.where(all_subsets(len(moving)), terms, 0.0).sum(axis=1)
    chances = _monthly(yearly, choice.chances[0])
    shares = dict(zip(moving, shapley_values(chances).tolist(), strict=True))
    reference, chance = float(chances[0]), float(chances[-1])
    return PromiseExplanation(
        record, choice, _REFERENCE[choice.key.what], reference, chance, shares
    )


def _monthly(yearly: Vector, actual: float) -> Vector:
    """Return chances a month for log-odds of a year, of which the last had the `actual` chance.

    The two determine the part of a year for which the chance holds: a month, or a party's share.
    """
    stays = np.log1p(-np.minimum(expit(yearly), 1 - 1e-12))
    chances: Vector = -np.expm1(np.log1p(-actual) * stays / stays[-1])
    return chances


def _parse_rule(name: str) -> SelectionRule:
    if name not in set(SelectionRule):
        raise RequestError(
            f"pick {name!r}: there is no such rule\n    allowed: {', '.join(SelectionRule)}"
        )
    return SelectionRule(name)


def require_same_draws(first: ScenarioSource, second: ScenarioSource, world: int) -> None:
    """Require that both scenarios have the world, with the same random draws in the same months.

    Raises:
        RequestError: seed, start or number of months differ, or one has no such world.
    """
    for setting in ("seed", "start", "months"):
        ours, theirs = (getattr(side.scenario, setting) for side in (first, second))
        if ours != theirs:
            raise RequestError(
                f"{first.path} and {second.path}: {setting} is {ours} in the first and {theirs} in "
                f"the second\n    histories are compared decision by decision; both need the same "
                f"{setting}"
            )
    for side in (first, second):
        require_world(side.scenario, world)


def compare_world(
    first: ScenarioSource, second: ScenarioSource, world: int, *, every: bool = False
) -> DivergenceReport:
    """Simulate one world of both scenarios and return where its histories diverge.

    With `every`, all months in which they differ are shown.
    """
    histories = resimulate(first.scenario, world), resimulate(second.scenario, world)
    inputs = compare_inputs((first.scenario, second.scenario))
    divergence = compare_histories(*histories)
    return DivergenceReport(_name_sides(first, second), histories, inputs, divergence, every)


def _name_sides(first: ScenarioSource, second: ScenarioSource) -> tuple[str, str]:
    if first.name != second.name:
        return first.name, second.name
    return (
        (first.path.name, second.path.name) if first.path.name != second.path.name else ("A", "B")
    )
