"""P13, P14 and P19: who joins wars, how many stay between two, and whom allies drag in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.model.entities.war import OPEN_WAR
from sim.validation.studies.patterns.alliances import allies, neighbours
from sim.validation.studies.patterns.estimation import columns, ratio
from sim.validation.studies.patterns.simulated import YEAR, Lived, Numbers

CLASSES = ("ally", "ally and neighbour", "neighbour", "major power", "other")
"""What an actor is to a war of others when it begins. An ally is one of the target; the second
class is part of the first, and the last three have no ally among the two."""

DECADE = 10 * YEAR


def wars(lived: Lived) -> pd.DataFrame:
    """Return a row per war begun: `world`, `month`, `subject`, `attacker`, `target`."""
    begun = lived.of("war")[["world", "month", "subject", "actor", "towards"]]
    begun = begun.rename(columns={"actor": "attacker", "towards": "target"})
    return begun.astype(dict.fromkeys(("subject", "attacker", "target"), str))


def entries(lived: Lived) -> pd.DataFrame:
    """Return a row per entry into a war begun since the opening day.

    Columns: `world`, `subject`, `actor`, `entered` and `month` the war began in, `partner` whose
    side it took, `attacker` and `target`.
    """
    came = lived.of("sends", "joins")
    came = came[came["level"] == OPEN_WAR].rename(
        columns={"month": "entered", "towards": "partner"}
    )
    came = came.astype(dict.fromkeys(("subject", "actor", "partner"), str))
    came = came.drop(columns=["event", "level"])
    came, begun = came.sort_values("entered"), wars(lived).sort_values("month")
    by = ["world", "subject"]
    found = pd.merge_asof(came, begun, left_on="entered", right_on="month", by=by)
    return found.dropna(subset=["month"])


def joined(lived: Lived) -> Numbers:
    """Return entries and chances to enter of every class, (world, 2 x class)."""
    begun, came = wars(lived), entries(lived)
    entered = set(_keys(came, came["actor"]))
    counts = np.zeros((lived.count, 2 * len(CLASSES)))
    for war in begun.itertuples():
        for actor, kinds in _onlookers(lived, war.attacker, war.target):
            key = (war.world, war.subject, war.month, actor)
            for kind in kinds:
                place = 2 * CLASSES.index(kind)
                counts[war.world, place] += key in entered
                counts[war.world, place + 1] += 1
    return counts


def _keys(came: pd.DataFrame, actors: pd.Series) -> Iterator[tuple[int, str, int, str]]:
    return zip(came["world"], came["subject"], came["month"].astype(int), actors, strict=True)


def _onlookers(lived: Lived, attacker: str, target: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return everybody else, with the classes each is of."""
    known, near = allies(lived.scenario), neighbours(lived.scenario)
    found = []
    for code, actor in lived.scenario.actors.items():
        if code in (attacker, target):
            continue
        bordering = code in near[attacker] | near[target]
        kinds: tuple[str, ...] = ()
        if code in known[target]:
            kinds = ("ally", "ally and neighbour") if bordering else ("ally",)
        elif code not in known[attacker]:
            plain = "major power" if actor.major_power else "other"
            kinds = ("neighbour" if bordering else plain,)
        found.append((code, kinds))
    return found


def of_class(counts: Numbers, kind: str) -> Numbers:
    """Return entries and chances of one class, (world, 2)."""
    place = 2 * CLASSES.index(kind)
    return counts[:, place : place + 2]


def in_order(sums: Numbers) -> float:
    """Return 1 where classes stand in the order that is claimed, else 0."""
    ally, both, neighbour, major, other = (ratio(each) for each in sums.reshape(-1, 2))
    return float(both > ally >= max(neighbour, major) and min(neighbour, major) > other)


def sizes(lived: Lived) -> Numbers:
    """Return wars that stayed between two, wars that grew in a later month, and all, (world, 3)."""
    begun, came = wars(lived), entries(lived)
    key = ["world", "subject", "month"]
    late = came[came["entered"] > came["month"]]
    joined_ = set(zip(*(came[name].astype(object) for name in key), strict=True))
    grown = set(zip(*(late[name].astype(object) for name in key), strict=True))
    both = list(zip(*(begun[name].astype(object) for name in key), strict=True))
    alone = begun[np.array([war not in joined_ for war in both], dtype=bool)]
    grew = begun[np.array([war in grown for war in both], dtype=bool)]
    return columns(lived.counted(alone), lived.counted(grew), lived.counted(begun))


def dragged_in(lived: Lived, patron: str) -> Numbers:
    """Return wars its side began that a patron entered openly, and decades, (world, 2)."""
    came = entries(lived)
    theirs = came[(came["actor"] == patron) & (came["partner"] == came["attacker"])]
    decades = np.full(lived.count, lived.scenario.months / DECADE)
    return columns(lived.counted(theirs), decades)
