"""The choices of a crisis: challenge, resist, escalate, go to war; each as terms in log-odds.

Each choice starts from its rate in the historical record and departs from it as conditions change.
`baseline` arguments describe the choice under the alliances in force when the record was measured.
Base rates therefore hold where nothing has changed, and every departure from them has a cause.
Arguments are vectors (world,); results are terms, to be summed in order.
"""

from __future__ import annotations

from sim.model.arrays import Terms, Vector


def challenge_considerations(
    base_rate: Vector, rationality: Vector, value: Vector, baseline_value: Vector
) -> Terms:
    """Return the terms of challenging a rival this month.

    Args:
        base_rate: log-odds of a challenge per month in the historical record.
        rationality: log-odds per unit of utility.
        value: expected utility of the challenge.
        baseline_value: the same under the alliances of the record.
    """
    return {"record": base_rate, "prospects": rationality * (value - baseline_value)}


def contest_considerations(
    base_rate: Vector, rationality: Vector, stake: Vector, winning: Vector, baseline_winning: Vector
) -> Terms:
    """Return the terms of a contest: resisting a challenge, or escalating by a rung.

    The value of contesting is stake * (2 * winning - 1); the value of yielding is constant.

    Args:
        base_rate: log-odds of the contest in the historical record.
        rationality: log-odds per unit of utility.
        stake: value of the disputed stake.
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
    """Return the terms of escalating from the use of force to war this month.

    The historical record covers disputes between rivals of all kinds, so the baseline is an even
    contest without nuclear powers or allies.

    Args:
        base_rate: log-odds for one side per month in the historical record.
        rationality: log-odds per unit of utility.
        stake: value of the disputed stake.
        winning: expected chance to prevail.
        costs: expected cost of war beyond that of an even contest, in log-odds.
        resolve: effect of the allies expected to enter, in log-odds (Johnson and Wolford 2022).
    """
    return {
        "record": base_rate,
        "prospects": rationality * stake * (2 * winning - 1),
        "cost": -costs,
        "allies": resolve,
    }
