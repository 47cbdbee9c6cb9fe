"""Simulates openings side by side, and reads from the last month what came of each.

All openings of a block share the parameters and random draws of the same worlds: the worlds of the
second opening follow those of the first, and a shock occurs only in the worlds of its opening. So
the worlds of an opening are, to the last bit, those of a scenario with that shock.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.stress.openings import CrisisOpening
from sim.model.arrays import Levels, Mask, Vector
from sim.model.model import AllianceModel
from sim.model.randomness.controlled import ControlledStreams
from sim.model.recording.chronicle import SilentChronicle
from sim.model.state import State
from sim.scenario.schema.scenario import Scenario

NO_WAR, AT_WAR, SETTLED, ATTACKER_WON, ATTACKED_WON = range(5)
"""How a crisis stands at the end."""


@dataclass(frozen=True)
class CrisisWorlds:
    """What came of one opening; side 0 is the attacked side, side 1 the attacker.

    Attributes:
        level: furthest aid of each actor to each side, (side, actor, world), 0 none to 3 open war;
            0 where it did not exceed what it gave on the opening day.
        aid_due: where an actor was called for aid that it had promised, (actor, world).
        aid_refused: where it gave none, (actor, world).
        abandoned: where an actor was refused aid that was due to it, (actor, world).
        entrapped: where a commitment dragged an actor into the war, (actor, world).
        elsewhere: where a war broke out on another rivalry, (world,).
        ending: how it stands at the end, (world,), one of `NO_WAR` to `ATTACKED_WON`.
        ground: territory that the attacker has gained, (world,), -1 to 1.
    """

    level: Levels
    aid_due: Mask
    aid_refused: Mask
    abandoned: Mask
    entrapped: Mask
    elsewhere: Mask
    ending: Levels
    ground: Vector

    @property
    def third_parties(self) -> Mask:
        """Which actors came to be at open war beside the two, (actor, world)."""
        entered: Mask = (self.level == 3).any(axis=0)
        return entered


def simulate_crises(
    scenario: Scenario, openings: tuple[CrisisOpening, ...], first: int, count: int, months: int
) -> list[CrisisWorlds]:
    """Return what came of each opening in worlds `first` to `first + count - 1`."""
    numbers = np.tile(np.arange(first, first + count), len(openings))
    streams = ControlledStreams(scenario.seed, numbers, numbers)
    model = AllianceModel(scenario, 0, len(numbers), streams)
    parts = [slice(place * count, (place + 1) * count) for place in range(len(openings))]
    try:
        state = model.context.state
        model.context.chronicle = SilentChronicle(state)
        for opening, part in zip(openings, parts, strict=True):
            _impose(state, opening, part)
        before = {code: rivalry.war.level.copy() for code, rivalry in state.rivalries.items()}
        for _ in range(months):
            model.step()
        return [
            _read_crisis(state, opening, part, before[opening.rivalry][:, :, part])
            for opening, part in zip(openings, parts, strict=True)
        ]
    finally:
        model.release()


def _impose(state: State, opening: CrisisOpening, part: slice) -> None:
    """Impose the shock of an opening on the worlds of its part of the block."""
    if shock := opening.shock(state.scenario):
        where = state.no_world.copy()
        where[part] = True
        state.imposed_shocks.append((str(opening), shock, where))


def _read_crisis(state: State, opening: CrisisOpening, part: slice, before: Levels) -> CrisisWorlds:
    rivalry = state.rivalries[opening.rivalry]
    war, attacker = rivalry.war, rivalry.rivals.index(state.codes.index(opening.attacker))
    furthest = war.furthest_level[:, :, part].copy()
    furthest[furthest <= before] = 0
    furthest[:, list(rivalry.rivals)] = 0
    gained = np.where(war.attacker == attacker, war.front, -war.front)[part]
    return CrisisWorlds(
        level=furthest[[1 - attacker, attacker]],
        aid_due=war.aid_due[:, part].copy(),
        aid_refused=war.aid_refused[:, part].copy(),
        abandoned=war.abandoned[:, part].copy(),
        entrapped=war.entrapped[:, part].copy(),
        elsewhere=_find_wars_elsewhere(state, opening)[part],
        ending=_find_ending(war.on[part], war.ended_month[part] > 0, gained),
        ground=gained,
    )


def _find_wars_elsewhere(state: State, opening: CrisisOpening) -> Mask:
    others = (war for code, war in state.rivalries.items() if code != opening.rivalry)
    anywhere: Mask = np.logical_or.reduce(
        [state.no_world, *(rivalry.war.broke_out for rivalry in others)]
    )
    return anywhere


def _find_ending(on: Mask, ended: Mask, gained: Vector) -> Levels:
    conditions = [on, ~ended, gained >= 1, gained <= -1]
    endings = [AT_WAR, NO_WAR, ATTACKER_WON, ATTACKED_WON]
    return np.select(conditions, endings, SETTLED).astype(np.int8)
