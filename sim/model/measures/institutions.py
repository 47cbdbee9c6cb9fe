"""Measures of programmes, councils, provokers, blocs, patrons and those who may arm others."""

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
from sim.scenario.schema.scenario import Scenario


def institution_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures, in the order of the columns."""
    yield from in_group(MeasureGroup.SANCTIONS, _sanction_measures(scenario))
    yield from in_group(MeasureGroup.BLOCS, _bloc_measures(scenario))
    for code, arming in scenario.armings.items():
        yield from in_group(MeasureGroup.EXCHANGES, _arming(code, arming.name))


def _sanction_measures(scenario: Scenario) -> Iterator[Measure]:
    actors = scenario.actors
    for index, (code, actor) in enumerate(actors.items()):
        if actor.programme:
            yield _programme(code, actor.name, index)
    for code, council in scenario.councils.items():
        yield from _council(code, council.name)
    for code in scenario.provokers:
        yield from _provoker(code, actors[code].name)


def _bloc_measures(scenario: Scenario) -> Iterator[Measure]:
    actors = scenario.actors
    for code, bloc in scenario.blocs.items():
        yield from _bloc(code, bloc.name)
    for code, patronage in scenario.patronages.items():
        yield from _patronage(code, actors[patronage.patron].name, actors[patronage.client].name)


def _programme(code: str, name: str, index: int) -> Measure:
    of = computed_from(lambda worlds: worlds.state.institutions.programmes[index])
    return amount_measure(
        f"programme_{code}",
        "0 to 1",
        f"{name}: weapons programme at the end",
        of(lambda programme: programme.level),
        note="1 is a secure arsenal that reaches all adversaries.",
        short=f"weapons programme ({name})",
    )


def _council(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.councils[code])
    yield amount_measure(
        f"drafts_{code}",
        "drafts per world",
        f"{name}: drafts tabled",
        of(lambda council: council.drafts),
        short=f"drafts ({name})",
    )
    yield amount_measure(
        f"vetoes_{code}",
        "vetoes per world",
        f"{name}: drafts vetoed",
        of(lambda council: council.vetoes),
        short=f"vetoes ({name})",
    )
    yield amount_measure(
        f"adopted_{code}",
        "measures per world",
        f"{name}: measures adopted",
        of(lambda council: council.adopted),
        short=f"measures adopted ({name})",
    )
    yield amount_measure(
        f"enforcement_{code}",
        "0 to 1",
        f"{name}: enforcement at the end",
        of(lambda council: council.enforcement),
        note="How well its sanctions are enforced.",
        short=f"enforcement ({name})",
    )
    yield event_measure(
        f"workaround_{code}",
        f"{name}: a body outside it takes over",
        of(lambda council: council.workaround),
        short=f"another body takes over ({name})",
    )


def _provoker(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.provokers[code])
    yield amount_measure(
        f"provocations_{code}",
        "per world",
        f"{name}: provocations of all classes",
        of(lambda provoker: provoker.total_provocations),
        short=f"provocations ({name})",
    )
    yield amount_measure(
        f"ballistic_{code}",
        "per world",
        f"{name}: tests of ballistic missiles",
        of(lambda provoker: provoker.totals["ballistic"]),
        short=f"ballistic missile tests ({name})",
    )
    yield amount_measure(
        f"icbm_{code}",
        "per world",
        f"{name}: tests of intercontinental missiles",
        of(lambda provoker: provoker.totals["icbm"]),
        short=f"intercontinental missile tests ({name})",
    )
    yield amount_measure(
        f"satellite_{code}",
        "per world",
        f"{name}: satellite launches",
        of(lambda provoker: provoker.totals["satellite"]),
        short=f"satellite launches ({name})",
    )
    yield event_measure(
        f"nuclear_test_{code}",
        f"{name}: a nuclear test",
        of(lambda provoker: provoker.totals["nuclear"] > 0),
        note="There is at least one.",
        short=f"nuclear test ({name})",
    )
    yield amount_measure(
        f"tension_{code}",
        "1 the baseline",
        f"{name}: tension it causes, at the end",
        of(lambda provoker: provoker.relative_tension),
        note="Its provocations cause it.",
        short=f"tension it causes ({name})",
    )


def _bloc(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.blocs[code])
    yield amount_measure(
        f"exercises_{code}",
        "months",
        f"{name}: months with exercises",
        of(lambda bloc: bloc.exercises),
        short=f"months with exercises ({name})",
    )
    yield amount_measure(
        f"coordination_{code}",
        "0 to 1",
        f"{name}: coordination at the end",
        of(lambda bloc: bloc.coordination),
        short=f"coordination ({name})",
    )


def _patronage(code: str, patron: str, client: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.patronages[code])
    yield amount_measure(
        f"restrained_{code}",
        "months",
        f"{patron} restrains {client}",
        of(lambda patronage: patronage.restrained),
        note="The number of months.",
    )
    yield amount_measure(
        f"dependence_{code}",
        "0 to 1",
        f"{client} depends on {patron} at the end",
        of(lambda patronage: patronage.dependence),
        short=f"{client} depends on {patron}",
    )
    yield event_measure(
        f"backlash_{code}",
        f"{client} turns from {patron} after restraint",
        of(lambda patronage: patronage.backlashes > 0),
        short=f"{client} turns from {patron}",
    )


def _arming(code: str, name: str) -> Iterator[Measure]:
    of = computed_from(lambda worlds: worlds.state.institutions.armings[code])
    yield event_measure(
        f"arms_threatened_{code}",
        f"{name}: threatened",
        of(lambda arming: arming.threatened),
        note="The actor threatens to arm a rival's enemy.",
    )
    yield event_measure(
        f"arms_sent_{code}",
        f"{name}: carried out",
        of(lambda arming: arming.sent),
        note="The actor arms a rival's enemy.",
    )
