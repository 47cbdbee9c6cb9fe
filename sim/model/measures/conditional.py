"""Measures of what follows once something has happened, and of what they are conditional on.

Wars are rare, and disputes are not: how often a dispute becomes a war says more than how often
there is a war. Each is defined in the worlds in which its condition holds (`Measure.given`).
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import (
    Measure,
    MeasureGroup,
    computed_from,
    event_measure,
    in_group,
)
from sim.model.measures.needs import Need, Rule
from sim.scenario.schema.rivalries import RivalrySpec
from sim.scenario.schema.scenario import Scenario


def conditional_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from in_group(MeasureGroup.OVERALL, [_spread_any()])
    for code, rivalry in scenario.rivalries.items():
        yield from in_group(MeasureGroup.DISPUTES, _rivalry(code, rivalry))
    for index, (code, actor) in enumerate(scenario.actors.items()):
        yield from in_group(MeasureGroup.COMMITMENTS, _actor(code, actor.name, index))


def _spread_any() -> Measure:
    return event_measure(
        "spread_any",
        "third-party intervention, where a new war breaks out",
        lambda worlds: worlds.any_spread,
        given="war_any",
        note="In a war that began after the opening day. Open war counts, lesser aid does not.",
        short="third-party intervention, where a new war breaks out",
    )


def _rivalry(code: str, spec: RivalrySpec) -> Iterator[Measure]:
    name, disputed = spec.name, f"disputed_{code}"
    of = computed_from(lambda worlds: worlds.state.rivalries[code])
    yield event_measure(
        disputed,
        f"{name}: a dispute begins",
        of(lambda rivalry: rivalry.disputes > 0),
        note="One under way on the opening day does not count.",
        short=f"dispute ({name})",
    )
    yield event_measure(
        f"force_disputed_{code}",
        f"{name}: force is used, where a dispute begins",
        of(lambda rivalry: rivalry.dispute_force),
        given=disputed,
        note="In any of the disputes of that world; in a war under way it does not count.",
        short=f"force used, where disputed ({name})",
    )
    yield event_measure(
        f"war_disputed_{code}",
        f"{name}: a new war breaks out, where a dispute begins",
        of(lambda rivalry: rivalry.war.broke_out),
        given=disputed,
        note="In any of the disputes of that world.",
        short=f"new war, where disputed ({name})",
    )
    yield event_measure(
        f"spread_{code}",
        f"{name}: third-party intervention, where a new war breaks out",
        of(lambda rivalry: rivalry.war.spread),
        given=f"war_{code}",
        note="Open war counts, lesser aid does not.",
        short=f"third-party intervention, where at war ({name})",
    )


def _actor(code: str, name: str, index: int) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.context)
    called, needs = f"called_{code}", (Need(Rule.CALL, partner=code),)
    yield event_measure(
        called,
        f"{name} calls for aid that is due",
        of(lambda context: context.called[index]),
        note="At least one ally owes it under a treaty in force.",
        short=f"{name} calls for aid that is due",
        needs=needs,
    )
    yield event_measure(
        f"abandoned_called_{code}",
        f"{name} is refused aid that is due, where it calls for any",
        of(lambda context: context.abandoned[index]),
        given=called,
        note="At least one ally refuses: see *abandonment*.",
        short=f"{name} abandoned, where it calls for aid that is due",
        needs=needs,
    )
