"""All measures of a scenario."""

from __future__ import annotations

from dataclasses import replace

from sim.model.measures.camps import camp_measures
from sim.model.measures.conditional import conditional_measures
from sim.model.measures.conflict import conflict_measures
from sim.model.measures.exchanges import exchange_measures
from sim.model.measures.institutions import institution_measures
from sim.model.measures.measure import Measure, MeasureGroup, MeasureKind, in_group
from sim.model.measures.treaty_acts import treaty_act_measures
from sim.scenario.schema.scenario import Scenario

__all__ = ["Measure", "MeasureKind", "list_measures"]


def list_measures(scenario: Scenario) -> tuple[Measure, ...]:
    """Return the measures of a scenario, in the order of the columns.

    They depend on who and what the scenario names, not on whether a treaty was concluded, so that
    a scenario and its counterfactual have the same columns.
    """
    headlines = set(scenario.headlines)
    measures = (
        *conflict_measures(scenario),
        *conditional_measures(scenario),
        *in_group(MeasureGroup.EXCHANGES, exchange_measures(scenario)),
        *institution_measures(scenario),
        *in_group(MeasureGroup.COMMITMENTS, treaty_act_measures(scenario)),
        *in_group(MeasureGroup.CAMPS, camp_measures(scenario)),
    )
    return tuple(
        replace(measure, headline=True) if measure.name in headlines else measure
        for measure in measures
    )
