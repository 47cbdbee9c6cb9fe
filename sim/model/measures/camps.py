"""What is reported of the two camps into which a world parts."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, MeasureKind
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation, TreatySpec

MAX_CAMP_ACTORS = 12
"""With more, the landscape of every world would cost more than its history."""


def camp_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures of alignment at the end, in the order of the columns."""
    if not few_enough_actors(scenario):
        return
    yield Measure("camps_minima", "alignments", "camps: stable alignments", MeasureKind.AMOUNT)
    yield Measure(
        "camps_basin",
        "share of alignments",
        "camps: alignments from which the deepest is reached",
        MeasureKind.AMOUNT,
    )
    yield Measure(
        "camps_strain",
        "share of all pulls",
        "camps: pulls that the deepest goes against",
        MeasureKind.AMOUNT,
    )
    for code, treaty in scenario.treaties.items():
        if has_aid_obligation(treaty):
            label = f"{treaty.name}: its parties in one camp at the end"
            yield Measure(f"together_{code}", "share of worlds", label, MeasureKind.HAPPENED)


def few_enough_actors(scenario: Scenario) -> bool:
    """Whether there are few enough actors to look at every alignment in every world."""
    return len(scenario.actors) <= MAX_CAMP_ACTORS


def has_aid_obligation(treaty: TreatySpec) -> bool:
    """Whether its text promises to come to somebody's aid."""
    return bool({Obligation.DEFENCE, Obligation.OFFENCE} & set(treaty.obligations))
