"""What was found of assumptions, as rows for a table, with estimates as they are."""

from __future__ import annotations

from math import isinf

from sim.analysis.sensitivity.levers import Lever, LeverEffect, Levers
from sim.analysis.sensitivity.methods import Method
from sim.analysis.sensitivity.scenario_discovery import Discovery
from sim.analysis.sensitivity.sensitivity import FactorIndex, SensitivityResult

Row = dict[str, object]
"""A line by column."""


def sensitivity_rows(sensitivity: SensitivityResult) -> list[Row]:
    """Return a line for each factor, for a spreadsheet, with estimates as they are."""
    return [_index_row(sensitivity, index) for index in sensitivity.indices]


def lever_rows(result: Levers) -> list[Row]:
    """Return a line for each number and each measure that it moves, for a spreadsheet."""
    return [
        record
        for lever in result.levers
        for record in (
            [_lever_row(result, lever, effect) for effect in lever.effects]
            or [_lever_row(result, lever, None)]
        )
    ]


def discovery_rows(discovery: Discovery) -> list[Row]:
    """Return a line for each condition of each rule, for a spreadsheet."""
    return [
        {
            "measure": discovery.outcome.measure.name,
            "outcome": str(discovery.outcome),
            "rule": number,
            "key": condition.key,
            "meaning": condition.meaning,
            "above": None if isinf(condition.above) else condition.above,
            "up_to": None if isinf(condition.up_to) else condition.up_to,
            "unit": condition.number.unit,
            "worlds": rule.world_share,
            "density": rule.density.value,
            "density_low": rule.density.low,
            "density_high": rule.density.high,
            "coverage": rule.coverage.value,
            "coverage_low": rule.coverage.low,
            "coverage_high": rule.coverage.high,
            "share": discovery.share.value,
        }
        for number, rule in enumerate(discovery.rules, start=1)
        for condition in rule.conditions
    ]


def _index_row(sensitivity: SensitivityResult, index: FactorIndex) -> Row:
    sobol, own = sensitivity.method is Method.SOBOL, index.own_effect
    alone, in_all = ("first_order", "total") if sobol else ("mu", "mu_star")
    return {
        "measure": sensitivity.measure.name,
        "key": index.key,
        "meaning": index.meaning,
        "low": index.number.low,
        "high": index.number.high,
        "unit": index.number.unit,
        "method": sensitivity.method.value,
        alone: own.value,
        **({f"{alone}_low": own.low, f"{alone}_high": own.high} if sobol else {}),
        in_all: index.total_effect.value,
        f"{in_all}_low": index.total_effect.low,
        f"{in_all}_high": index.total_effect.high,
        **({} if sobol else {"sigma": index.effect_spread}),
        "in_lowest_third": index.at_ends[0],
        "in_highest_third": index.at_ends[1],
        "points": sensitivity.point_count,
        "worlds": sensitivity.worlds_per_point,
        "months": sensitivity.months,
        "seed": sensitivity.seed,
        "steady": sensitivity.reliability,
        "assumptions_share": sensitivity.variance_split.parameter_share.value,
        "assumptions_low": sensitivity.variance_split.parameter_share.low,
        "assumptions_high": sensitivity.variance_split.parameter_share.high,
    }


def _lever_row(result: Levers, lever: Lever, effect: LeverEffect | None) -> Row:
    number = lever.number
    record: Row = {
        "key": lever.key,
        "meaning": lever.meaning,
        "low": number.low,
        "high": number.high,
        "unit": number.unit,
        "grade": number.grade.value,
        "differing_worlds": lever.differing_worlds,
        "worlds": result.worlds,
    }
    if not effect:
        return record
    return record | {
        "measure": effect.measure.name,
        "sure": effect.sure,
        "at_low": effect.low,
        "at_high": effect.high,
        "difference": effect.difference.value,
        "difference_low": effect.difference.low,
        "difference_high": effect.difference.high,
        "size": effect.size,
    }
