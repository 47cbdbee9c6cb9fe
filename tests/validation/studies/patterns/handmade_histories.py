"""Histories planted by hand, so that what is measured of them is known beforehand.

The scenario is the quarrel of `tests/worlds.py`: a rival and a member who share a border; a patron
sworn to the member, a backer to the rival, and a friend to the patron.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.scenario.schema.scenario import Scenario
from sim.statistics.arrays import FloatArray
from sim.validation.studies.patterns.simulated import SimulatedEnsemble, events_to_frame
from tests.worlds import quarrel

Event = tuple[int, int, str, str, str, str, int]
"""World, month, event, actor, towards, subject, level."""
_COLUMNS = ("world", "month", "event", "actor", "towards", "subject", "level")


def planted(
    *happened: Event,
    worlds: int = 1,
    years: int = 2,
    scenario: Scenario | None = None,
    months: Mapping[str, FloatArray] | None = None,
) -> SimulatedEnsemble:
    """Return worlds in which this happened, in this order, and nothing else."""
    scenario = scenario or quarrel(months=12 * years)
    in_order = sorted(happened, key=lambda event: event[:2])
    rows = list(zip(*in_order, strict=True)) or [()] * len(_COLUMNS)
    events: dict[str, Any] = {
        name: np.array(values, dtype=object if isinstance((*values, "")[0], str) else np.int64)
        for name, values in zip(_COLUMNS, rows, strict=True)
    }
    return SimulatedEnsemble(scenario, worlds, events_to_frame(events), months or {})


def challenge(
    month: int,
    *then: str,
    world: int = 0,
    by: str = "rival",
    on: str = "member",
    rung: int = 4,
    subject: str = "feud",
) -> list[Event]:
    """Return a challenge and what followed in the months after: what, and who of the two did it.

    "resist" and "let_pass" fall into the same month; "climb", "yield", "dies_down" and "war" each
    into the next, by the challenger unless `:target` says otherwise.
    """
    happened: list[Event] = [(world, month, "challenge", by, on, subject, rung)]
    for step in then:
        what, _, who = step.partition(":")
        mine = what not in ("resist", "let_pass") and who != "target"
        month += what not in ("resist", "let_pass")
        rung += what in ("climb", "war")
        pair = (by, on) if mine else (on, by)
        happened.append((world, month, what, *pair, subject, rung))
    return happened
