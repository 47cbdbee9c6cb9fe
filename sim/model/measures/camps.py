"""Measures of the two camps into which a world divides."""

from __future__ import annotations

from collections.abc import Iterator

from sim.model.measures.measure import Measure, amount_measure, event_measure
from sim.model.measures.needs import has_aid_obligation
from sim.model.measures.short_names import shorten_treaty
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import TreatySpec

MAX_CAMP_ACTORS = 12
"""With more, the landscape of a world would cost more than its history."""


def camp_measures(scenario: Scenario) -> Iterator[Measure]:
    """Yield the measures of alignment at the end, in the order of the columns."""
    if len(scenario.actors) > MAX_CAMP_ACTORS:
        return
    yield amount_measure(
        "camps_minima",
        "alignments",
        "camps: stable alignments",
        lambda worlds: worlds.camps.stable_alignments,
        note="No actor gains by changing sides alone.",
        short="stable alignments",
    )
    yield amount_measure(
        "camps_basin",
        "share of alignments",
        "camps: alignments from which the deepest is reached",
        lambda worlds: worlds.camps.basin_share,
        note="The deepest is the alignment of lowest energy.",
        short="alignments that lead to the deepest",
    )
    yield amount_measure(
        "camps_strain",
        "share of all pulls",
        "camps: pulls that the deepest goes against",
        lambda worlds: worlds.camps.strain,
        short="pulls against the deepest alignment",
    )
    for code, treaty in scenario.treaties.items():
        if has_aid_obligation(treaty):
            yield _parties_together(code, treaty, shorten_treaty(scenario, code))


def _parties_together(code: str, treaty: TreatySpec, short: str) -> Measure:
    return event_measure(
        f"together_{code}",
        f"{treaty.name}: its parties in one camp at the end",
        lambda worlds: worlds.camps.unite_members(
            worlds.state.treaties[code], max(worlds.state.month, 1)
        ),
        short=f"{short}: parties in one camp",
    )
