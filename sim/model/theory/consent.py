"""The leanings of several parties whose joint decision is already drawn.

A war ends by agreement where both sides are ready to settle; an exercise takes place where every
member takes part. The rules give the chance of the joint outcome, and one draw decides it. This
module finds out, after the fact, what each party leaned to, so that the parties are independent of
each other and the joint outcome stays what it was: the converse of drawing the parties first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.model.arrays import Mask, Vector


def equal_chances(chance: Vector, parties: int) -> list[Vector]:
    """Return the chance of each of some independent, equally willing parties, (world,) each.

    Args:
        chance: the chance that all are willing, (world,), 0 to 1.
        parties: how many there are; at least one.
    """
    return [np.power(chance, 1 / parties)] * parties


def split_consent(joint: Mask, chances: Sequence[Vector], draws: Sequence[Vector]) -> list[Vector]:
    """Return each party's own draw, (world,): all are below their chances exactly where `joint`.

    Where `joint` occurs with the product of the chances, each result is uniform on [0, 1) and the
    results are independent, as if the parties had been drawn first.

    Args:
        joint: where all parties are willing, (world,), as already drawn.
        chances: of each party to be willing, (world,) each, 0 to 1.
        draws: one uniform number for each party, (world,) each, independent of `joint`.
    """
    rest = _products_from(chances)
    unanimous = np.ones(joint.shape, dtype=bool)
    results = []
    for at, (chance, draw) in enumerate(zip(chances, draws, strict=True)):
        open_ = chance * (1 - rest[at + 1])  # this one is willing, one of those after it is not
        given_dissent = np.divide(open_, 1 - rest[at], out=np.zeros_like(open_), where=rest[at] < 1)
        conditional = np.where(joint, 1.0, np.where(unanimous, given_dissent, chance))
        results.append(_unconditional(draw, conditional, chance))
        unanimous &= draw < conditional
    return results


def _products_from(chances: Sequence[Vector]) -> list[Vector]:
    """Return the product of the chances from each party on, (world,) each, and 1 at the end."""
    products = [np.ones(np.shape(chances[0]) if chances else ())]
    for chance in reversed(chances):
        products.insert(0, chance * products[0])
    return products


def _unconditional(draw: Vector, conditional: Vector, chance: Vector) -> Vector:
    """Return a draw that lies below `chance` exactly where `draw` lies below `conditional`."""
    willing = draw < conditional
    share = np.divide(draw, conditional, out=np.zeros_like(draw), where=willing)
    below = np.minimum(share * chance, np.nextafter(chance, 0))
    beyond = np.divide(draw - conditional, 1 - conditional, out=np.zeros_like(draw), where=~willing)
    above = np.clip(chance + beyond * (1 - chance), chance, np.nextafter(1, 0))
    return np.where(willing, below, above)
