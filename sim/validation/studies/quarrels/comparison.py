"""Who begins, by pair: what is simulated beside the record."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.stats import beta

from sim.statistics.arrays import FloatArray
from sim.statistics.intervals import Interval
from sim.validation.check import TableRow
from sim.validation.studies.patterns.episodes import find_disputes
from sim.validation.studies.patterns.estimation import stack_columns
from sim.validation.studies.patterns.simulated import SimulatedEnsemble
from sim.validation.studies.quarrels.record import DisputeRecord

_FEWEST_DISPUTES = 5
"""Disputes of a pair in the record below which it is not compared."""


@dataclass(frozen=True)
class RecordedSide:
    """What the record says of the side of a rivalry that is named first.

    Attributes:
        rivalry: code of the rivalry.
        actor: code of the actor.
        disputes: disputes of the pair in both periods.
        share: share of them that it began, with Jeffreys's interval of 95% (Brown, Cai and
            DasGupta 2001), which reaches 0 or 1 where one side began none.
    """

    rivalry: str
    actor: str
    disputes: int
    share: Interval


def recorded_sides(ensemble: SimulatedEnsemble, record: DisputeRecord) -> list[RecordedSide]:
    """Return the rivalries with enough disputes in the record, in the scenario's order."""
    sides = [
        _recorded_side(code, spec.between, record)
        for code, spec in ensemble.scenario.rivalries.items()
        if tuple(sorted(spec.between)) in record.pairs
    ]
    return [side for side in sides if side.disputes >= _FEWEST_DISPUTES]


def _recorded_side(code: str, between: tuple[str, ...], record: DisputeRecord) -> RecordedSide:
    row, actor = record.find_pair(between), between[0]
    begun = record.begun[row].sum(axis=0)
    own, total = begun[record.pairs[row].index(actor)], begun.sum()
    low, high = beta.ppf((0.025, 0.975), own + 0.5, total - own + 0.5)
    ends = (float(low) if own else 0.0, float(high) if own < total else 1.0)
    return RecordedSide(code, actor, int(total), Interval(float(own / total), *ends))


def count_begun(ensemble: SimulatedEnsemble, sides: list[RecordedSide]) -> FloatArray:
    """Return disputes that each side began, and all of its pair, (world, 2 x side)."""
    disputes = find_disputes(ensemble)
    columns = []
    for side in sides:
        of_pair = disputes[disputes["subject"] == side.rivalry]
        columns += [of_pair[of_pair["challenger"] == side.actor], of_pair]
    return stack_columns(*(ensemble.count_by_world(rows) for rows in columns))


def share_within_record(sums: FloatArray, sides: list[RecordedSide]) -> float:
    """Return the share of pairs whose simulated share lies in the record's interval.

    Args:
        sums: as `count_begun`, summed over worlds.
        sides: the sides compared.
    """
    if not sides:
        return float("nan")
    inside = [
        bool(total > 0 and side.share.low <= own / total <= side.share.high)
        for side, (own, total) in zip(sides, sums.reshape(-1, 2), strict=True)
    ]
    return sum(inside) / len(inside)


def comparison_rows(ensemble: SimulatedEnsemble, record: DisputeRecord) -> list[TableRow]:
    """Return a row per pair: how often, who begins, what is resisted and what reaches force.

    Shares of the record are those of both periods together; disputes a year, the highest rung and
    replies are those of the later period.
    """
    disputes = find_disputes(ensemble)
    return [
        _comparison_row(ensemble, record, side, disputes[disputes["subject"] == side.rivalry])
        for side in recorded_sides(ensemble, record)
    ]


def _comparison_row(
    ensemble: SimulatedEnsemble, record: DisputeRecord, side: RecordedSide, disputes: pd.DataFrame
) -> TableRow:
    row = record.find_pair(ensemble.scenario.rivalries[side.rivalry].between)
    later = record.begun[row, 1].sum()
    own = (disputes["challenger"] == side.actor).mean() if len(disputes) else None
    return {
        "pair": side.rivalry,
        "actor": side.actor,
        "disputes": side.disputes,
        "recorded": side.share.value,
        "low": side.share.low,
        "high": side.share.high,
        "simulated": own,
        "recorded_yearly": later / record.years[row, 1],
        "simulated_yearly": len(disputes) / (ensemble.world_count * ensemble.years),
        "recorded_force": record.highest[row, 1, -1] / later if later else None,
        "simulated_force": disputes["forceful"].mean() if len(disputes) else None,
        "recorded_resisted": record.reciprocated[row, 1] / later if later else None,
        "simulated_resisted": disputes["resisted"].mean() if len(disputes) else None,
    }
