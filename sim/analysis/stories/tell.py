"""One world of a run or a scenario to be told, and why an ally in it kept or broke its word."""

from __future__ import annotations

from sim.analysis.stories.promise import Why, average_case, find_promise, record_case, why
from sim.analysis.stories.render_story import Told, shown
from sim.analysis.stories.replay import relive
from sim.analysis.stories.select_world import Pick, Picked
from sim.analysis.stories.select_world import pick as picked
from sim.analysis.stories.source import Source, check_world
from sim.errors import RequestError


def tale(found: Source, world: int | None, pick: str | None) -> Told:
    """Live one world again: that of a number, or the one that a rule picks out of the results.

    Raises:
        RequestError: neither or both are given, there is no such rule or world, or none fits.
    """
    if (world is None) == (pick is None):
        raise RequestError(
            "say which world: --world N, or --pick RULE, one of the two\n"
            f"    allowed rules: {', '.join(Pick)}"
        )
    chosen = Picked(world, "") if world is not None else picked(found, _rule(pick or ""))
    check_world(found.scenario, chosen.world)
    life = relive(found.scenario, chosen.world)
    return Told(found.name, life, chosen.why, shown(found.scenario))


def case(told: Told, event: str, against: str) -> Why:
    """Return what kept or broke a promise, `ally` or `ally@month`, input by input.

    `against` says what it is held against: the `average` case of such calls, or the `record`'s.

    Raises:
        RequestError: there is no such promise, or more than one; or no such reference.
    """
    choice, scenario = find_promise(told.life, event), told.life.scenario
    match against:
        case "average":
            reference = average_case(scenario, choice)
        case "record":
            reference = record_case(choice)
        case _:
            raise RequestError(f"against {against!r}: allowed are average and record")
    return why(told.life, choice, *reference)


def _rule(name: str) -> Pick:
    if name not in set(Pick):
        raise RequestError(f"pick {name!r}: there is no such rule\n    allowed: {', '.join(Pick)}")
    return Pick(name)
