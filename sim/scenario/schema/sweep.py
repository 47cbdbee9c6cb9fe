"""The factors of a sweep, as a scenario file may define them."""

from __future__ import annotations

from datetime import date

from sim.scenario.schema.quantity import FrozenModel

FactorLevel = bool | int | float | str | date
"""A value that a factor takes."""


class SweepSpec(FrozenModel):
    """What `sim sweep` varies."""

    vary: dict[str, str | tuple[FactorLevel, ...]] = {}
    """Keys in quotes, such as "rules.honour.reputation", and the values that each takes: a list, or
    a range such as "0.2:0.8:4", four numbers from 0.2 to 0.8. All combinations are simulated."""
    sample: str = ""
    """How uncertain numbers are sampled in addition, such as "lhs:100" or "sobol:128"; or empty."""
    over: tuple[str, ...] = ()
    """Keys, or groups such as "rules.honour", that are sampled; all uncertain numbers if empty."""
