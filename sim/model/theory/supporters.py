"""New supporters of an autocrat, and what becomes of promises made before.

A leader rests on groups that keep it in power. Where these change in an autocracy, commitments made
before are broken more often; a new leader with the old supporters, and any change in a democracy,
had no measured effect. Sources: Leeds, Mattes and Vogel (2009); CHISOLS (Mattes, Leeds and Carroll
2016); own logits. Figures are in `docs/model/treaties.md`.
"""

from __future__ import annotations

from sim.model.arrays import Mask, Vector


def is_recent(changed: Vector, month: int, months: int) -> Mask:
    """Return where supporters changed within the last `months` months, (world,).

    Args:
        changed: month of the last change, (world,); minus infinity where there was none.
        month: this month.
        months: the window.
    """
    recent: Mask = changed > month - months
    return recent
