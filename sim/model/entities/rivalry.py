"""A rivalry, with the dispute or war that may be under way on it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.model.arrays import Vector
from sim.model.entities.disputes import DISPLAY, FORCE, NONE, THREAT, WAR, Disputes
from sim.model.entities.war import War
from sim.model.randomness.parameters import sample_parameter
from sim.model.randomness.streams import RandomStreams
from sim.model.theory.rates import monthly_chance
from sim.scenario.schema.rivalries import OpeningSpec
from sim.scenario.schema.scenario import Scenario

__all__ = ["DISPLAY", "FORCE", "NONE", "THREAT", "WAR", "Rivalry"]

_TINY = 1e-12


class Rivalry(Disputes):
    """Two actors that may have disputes, over a block of worlds.

    Sides are 0 and 1, in the order of `between`.

    Attributes:
        rivals: rows of the two actors.
        onset_chance: monthly probability of a challenge by each side in the historical record,
            (side, world).
        stake: value of the issue to each side, (side, world).
        reciprocation: share of challenges resisted in the historical record, (world,).
        opening: shares of challenges that open with a display and with force, (world,) each, where
            the record of the pair says so; the rest threaten.
        baseline_recent_dispute: chance in the record of a dispute in the last twelve months,
            (world,).
        rung: hostility level, (world,), 1 none to 5 war.
        challenger: side that challenged last, (world,).
        opened: month in which the last dispute opened, (world,).
        disputes: number of disputes so far, (world,).
        highest_rung: highest rung so far, (world,).
        dispute_force: where force was used in a dispute begun since the scenario opened, (world,).
        war: the war on this rivalry.
    """

    def __init__(
        self, code: str, scenario: Scenario, index: dict[str, int], streams: RandomStreams
    ) -> None:
        super().__init__(streams.count)
        spec, key = scenario.rivalries[code], f"rivalries.{code}"
        self.code, self.name = code, spec.name
        self.rivals = (index[spec.between[0]], index[spec.between[1]])
        onset = [
            sample_parameter(spec.onset[who], f"{key}.onset.{who}", streams) for who in spec.between
        ]
        self.onset_chance: Vector = monthly_chance(np.stack(onset))
        stakes = [
            sample_parameter(spec.stake[who], f"{key}.stake.{who}", streams) for who in spec.between
        ]
        self.stake: Vector = np.stack(stakes)
        self.reciprocation = sample_parameter(spec.reciprocation, f"{key}.reciprocation", streams)
        self.opening = _sample_opening(spec.opening, f"{key}.opening", streams)
        self.war = War(code, scenario, index, streams)
        self.rung[self.war.on] = WAR
        self.highest_rung[self.war.on] = WAR

    @cached_property
    def baseline_recent_dispute(self) -> Vector:
        """Chance in the record, (world,), that a dispute opened in the last twelve months."""
        none: Vector = (1 - self.onset_chance).prod(axis=0) ** 12
        return 1 - none


def _sample_opening(
    spec: OpeningSpec | None, key: str, streams: RandomStreams
) -> tuple[Vector, Vector] | None:
    """Return the shares that open with a display and with force, as parts of all three shares."""
    if spec is None:
        return None
    threat, display, force = (
        sample_parameter(getattr(spec, name), f"{key}.{name}", streams)
        for name in ("threat", "display", "force")
    )
    together = (threat + display + force).clip(_TINY)
    return display / together, force / together
