"""The institutions of a scenario, and the means of its actors."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.model.entities.arming import Arming
from sim.model.entities.arsenal import Arsenal
from sim.model.entities.bloc import Bloc
from sim.model.entities.council import Council
from sim.model.entities.effects import Effects
from sim.model.entities.exchange import Exchange
from sim.model.entities.industry import Industry
from sim.model.entities.patronage import Patronage
from sim.model.entities.programme import Programme
from sim.model.entities.provoker import Provoker
from sim.model.randomness.streams import RandomStreams
from sim.scenario.schema.scenario import Scenario


@dataclass
class Institutions:
    """The institutions and means of a block of worlds.

    Attributes:
        arsenals, industries, programmes: by the row of the actor.
        exchanges, councils, provokers, blocs, patronages, armings: by their codes.
        talks_until: month until which the rivals hold talks, by the code of the rivalry.
        effects: what they bring about between actors.
    """

    arsenals: dict[int, Arsenal]
    industries: dict[int, Industry]
    programmes: dict[int, Programme]
    exchanges: dict[str, Exchange]
    councils: dict[str, Council]
    provokers: dict[str, Provoker]
    blocs: dict[str, Bloc]
    patronages: dict[str, Patronage]
    armings: dict[str, Arming]
    effects: Effects = field(init=False)
    talks_until: dict[str, int] = field(default_factory=dict)


def build_institutions(
    scenario: Scenario, index: dict[str, int], streams: RandomStreams
) -> Institutions:
    """Return the institutions of a scenario on the opening day."""
    actors = scenario.actors.items()
    institutions = Institutions(
        arsenals={
            index[code]: Arsenal(spec.munitions, f"actors.{code}.munitions", streams)
            for code, spec in actors
            if spec.munitions
        },
        industries={
            index[code]: Industry(spec.output_ceiling, f"actors.{code}.output_ceiling", streams)
            for code, spec in actors
            if spec.output_ceiling
        },
        programmes={
            index[code]: Programme(spec.programme, f"actors.{code}.programme", streams)
            for code, spec in actors
            if spec.programme
        },
        exchanges={c: Exchange(c, s, index, streams) for c, s in scenario.exchanges.items()},
        councils={c: Council(c, s, index, streams) for c, s in scenario.councils.items()},
        provokers={c: Provoker(c, s, index, streams) for c, s in scenario.provokers.items()},
        blocs={c: Bloc(c, s, index, streams) for c, s in scenario.blocs.items()},
        patronages={c: Patronage(c, s, index, streams) for c, s in scenario.patronages.items()},
        armings={c: Arming(c, s, index, streams) for c, s in scenario.armings.items()},
    )
    institutions.effects = Effects(institutions, len(index), streams.count)
    return institutions
