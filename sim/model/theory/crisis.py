"""The choices of a crisis: challenge, resist, climb, go to war; each as terms of log-odds.

Each choice starts from how often it was made in the record and moves from there with what has
changed: `reference` arguments hold what the choice looked like under the alliances that stood when
the record was measured. So base rates are met where nothing has changed, and every departure
from them has a reason. Arguments are vectors (world,); results are terms, to be added up in order.
"""

from __future__ import annotations

from sim.model.arrays import Terms, Vector


def challenge_considerations(
    base_rate: Vector, rationality: Vector, value: Vector, baseline_value: Vector
) -> Terms:
    """Return what speaks for and against challenging a rival this month.

    Args:
        base_rate: log-odds of a challenge in a month of the record.
        rationality: log-odds per unit of utility.
        value: expected utility of the challenge, looking ahead.
        baseline_value: the same under the alliances of the record.
    """
    return {"record": base_rate, "prospects": rationality * (value - baseline_value)}


def contest_considerations(
    base_rate: Vector, rationality: Vector, stake: Vector, winning: Vector, baseline_winning: Vector
) -> Terms:
    """Return what speaks for and against a contest: standing up to a challenge, climbing a rung.

    Contesting is worth stake * (2 * winning - 1); what letting pass is worth does not change.

    Args:
        base_rate: log-odds of the contest in the record.
        rationality: log-odds per unit of utility.
        stake: what the quarrel is worth.
        winning: chance to prevail.
        baseline_winning: the same under the alliances of the record.
    """
    prospects = rationality * stake * 2 * (winning - baseline_winning)
    return {"record": base_rate, "prospects": prospects}


def war_considerations(
    base_rate: Vector,
    rationality: Vector,
    stake: Vector,
    winning: Vector,
    costs: Vector,
    resolve: Vector,
) -> Terms:
    """Return what speaks for and against climbing from the use of force to war this month.

    The record is of disputes between all sorts of rivals, so its reference is an even contest
    without nuclear powers or allies.

    Args:
        base_rate: log-odds of it for one side in a month of the record.
        rationality: log-odds per unit of utility.
        stake: what the quarrel is worth.
        winning: chance to prevail, looking ahead.
        costs: what war would cost beyond an even contest, in log-odds.
        resolve: what the allies one counts on add, in log-odds (Johnson and Wolford 2022).
    """
    return {
        "record": base_rate,
        "prospects": rationality * stake * (2 * winning - 1),
        "cost": -costs,
        "allies": resolve,
    }
