"""Measures of disputes, wars, treaties and actors."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import (
    Measure,
    MeasureGroup,
    amount_measure,
    computed_from,
    event_measure,
    in_group,
)
from sim.model.measures.needs import Need, Rule, has_aid_obligation
from sim.model.measures.short_names import shorten_treaty
from sim.scenario.schema.rivalries import RivalrySpec
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import TreatySpec


def conflict_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from in_group(MeasureGroup.OVERALL, _overall())
    for code, treaty in scenario.treaties.items():
        if has_aid_obligation(treaty):
            short = shorten_treaty(scenario, code)
            yield from in_group(MeasureGroup.COMMITMENTS, _treaty(code, treaty, short))
    under_way = {war.rivalry for war in scenario.wars.values()}
    for code, rivalry in scenario.rivalries.items():
        yield from in_group(MeasureGroup.DISPUTES, _rivalry(code, rivalry))
        if code in under_way:
            yield from in_group(MeasureGroup.DISPUTES, _war_under_way(code, rivalry))
    for index, (code, actor) in enumerate(scenario.actors.items()):
        yield from in_group(MeasureGroup.COMMITMENTS, _actor(code, actor.name, index))


def _overall() -> Iterator[Measure]:
    yield event_measure(
        "war_any",
        "a new war breaks out somewhere",
        lambda worlds: worlds.any_new_war,
        short="new war anywhere",
        note="A war under way on the opening day does not count.",
    )
    yield event_measure(
        "war_wider",
        "third-party intervention in any war",
        lambda worlds: worlds.any_intervention,
        short="third-party intervention in any war",
        note="An actor is at open war in a war that is not between it and its own rival.",
    )
    yield amount_measure(
        "disputes",
        "disputes per world",
        "disputes begun",
        lambda worlds: worlds.disputes,
        short="disputes begun",
        note="Counted over all rivalries.",
    )
    yield event_measure(
        "nuclear_use",
        "a nuclear weapon is used (rests on an assumption)",
        lambda worlds: worlds.context.nuclear_use,
        short="nuclear weapon used (an assumption)",
        note="One assumed number alone decides it.",
    )


def _treaty(code: str, spec: TreatySpec, short: str) -> Iterator[Measure]:
    name, invoked = spec.name, f"invoked_{code}"
    of = computed_from(lambda worlds: worlds.state.treaties[code])
    call = (Need(Rule.CALL, treaty=code),)
    yield event_measure(
        f"in_force_{code}",
        f"{name}: in force at the end",
        lambda worlds: worlds.in_force(code),
        short=f"{short} in force at the end",
        needs=(Need(Rule.TREATY, treaty=code),),
    )
    yield event_measure(
        invoked,
        f"{name}: invoked",
        of(lambda treaty: treaty.invoked > 0),
        note="Aid under it was called for and due.",
        short=f"{short} invoked",
        needs=call,
    )
    yield event_measure(
        f"honoured_{code}",
        f"{name}: honoured at least once, where invoked",
        of(lambda treaty: treaty.honoured > 0),
        given=invoked,
        note="A call was answered with aid of any level.",
        short=f"{short} honoured, where invoked",
        needs=call,
    )
    yield event_measure(
        f"reneged_{code}",
        f"{name}: reneged on at least once, where invoked",
        of(lambda treaty: treaty.reneged > 0),
        given=invoked,
        note="A call was not answered. A treaty can be honoured and reneged on in the same world.",
        short=f"{short} reneged on, where invoked",
        needs=call,
    )
    yield amount_measure(
        f"level_{code}",
        "level, 0 none to 3 open war",
        f"{name}: furthest aid given, where invoked",
        of(lambda treaty: treaty.level),
        given=invoked,
        short=f"{short}: furthest aid, where invoked",
        needs=call,
    )


def _rivalry(code: str, spec: RivalrySpec) -> Iterator[Measure]:
    name = spec.name
    of = computed_from(lambda worlds: worlds.state.rivalries[code])
    yield amount_measure(
        f"disputes_{code}",
        "disputes per world",
        f"{name}: disputes begun",
        of(lambda rivalry: rivalry.disputes),
        short=f"disputes ({name})",
    )
    yield event_measure(
        f"force_{code}",
        f"{name}: force is used",
        of(lambda rivalry: rivalry.force_used),
        note="True from the start where a war is under way.",
        short=f"force used ({name})",
    )
    yield event_measure(
        f"war_{code}",
        f"{name}: a new war breaks out",
        of(lambda rivalry: rivalry.war.broke_out),
        short=f"new war ({name})",
    )


def _war_under_way(code: str, spec: RivalrySpec) -> Iterator[Measure]:
    name = spec.name
    of = computed_from(lambda worlds: worlds.state.rivalries[code].war)
    yield event_measure(
        f"peace_{code}",
        f"{name}: the war under way ends",
        of(lambda war: war.ended_month > 0),
        short=f"war ends ({name})",
    )
    yield event_measure(
        f"home_soil_{code}",
        f"{name}: the attacker's home soil is attacked",
        of(lambda war: war.home_soil_struck),
        note="The attacker is the side that began the war.",
        short=f"attacker's home soil attacked ({name})",
    )
    yield amount_measure(
        f"front_{code}",
        "-1 to 1",
        f"{name}: ground held by the attacker at the end",
        of(lambda war: war.front),
        short=f"ground held by the attacker ({name})",
    )


def _actor(code: str, name: str, index: int) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.context)
    yield event_measure(
        f"entered_{code}",
        f"{name} intervenes in a war between others",
        of(lambda context: context.entered[index]),
        note="Open war counts, lesser aid does not.",
        short=f"{name} intervenes in a war",
    )
    yield event_measure(
        f"entrapped_{code}",
        f"{name} is entrapped in a war by its commitment",
        of(lambda context: context.entrapped[index]),
        note="See *entrapment*.",
        short=f"{name} entrapped by its commitment",
        needs=(Need(Rule.CALL, ally=code),),
    )
    yield event_measure(
        f"abandoned_{code}",
        f"{name} calls for aid that is due and is refused",
        of(lambda context: context.abandoned[index]),
        note="At least one ally refuses: see *abandonment*.",
        short=f"{name} abandoned by an ally",
        needs=(Need(Rule.CALL, partner=code),),
    )
