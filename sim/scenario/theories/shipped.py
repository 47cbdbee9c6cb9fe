"""The theories that are shipped: where each stands, by the place it decides and its name.

A place is a decision on which theories differ. Modules are named as text, since they belong to the
model, which lies above: a theory is imported when a scenario names it.
"""

from __future__ import annotations

SHIPPED: dict[str, dict[str, str]] = {
    "honour": {
        "pure_interest": "sim.model.theory.honouring.pure_interest:PureInterest",
    },
    "challenge": {},
    "joining": {},
    "settlement": {},
    "alignment": {},
}
"""Module and class of every shipped theory, by place and name."""
