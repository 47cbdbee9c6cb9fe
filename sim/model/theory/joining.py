"""Entering a war without having promised to."""

from __future__ import annotations

from sim.model.assumptions import Assumed
from sim.model.theory.quantal import log_odds
from sim.model.vectors import Terms, Vector


def join_considerations(record: Vector, rules: Assumed, share: Vector) -> Terms:
    """Return what speaks for and against entering this month.

    Args:
        record: monthly chance in the record for such an actor.
        rules: `contagion` and `threshold`.
        share: share of the world's capability already at war there.

    Source: threshold cascades, Granovetter (1978) and Watts (2002).
    """
    return {"record": log_odds(record), "contagion": rules.contagion * (share - rules.threshold)}
