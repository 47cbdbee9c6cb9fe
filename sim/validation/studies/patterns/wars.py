"""P13, P14 and P19: who joins wars, how many stay between two, and whom allies drag in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.model.entities.war import OPEN_WAR
from sim.validation.studies.patterns.alliances import allies_by_actor, neighbours_by_actor
from sim.validation.studies.patterns.estimation import ratio, stack_columns
from sim.validation.studies.patterns.simulated import MONTHS_PER_YEAR, FloatArray, SimulatedEnsemble

THIRD_PARTY_CLASSES = ("ally", "ally and neighbour", "neighbour", "major power", "other")
"""What an actor is to a war of others when it begins. An ally is one of the target; the second
class is part of the first, and the last three have no ally among the two."""

_DECADE_MONTHS = 10 * MONTHS_PER_YEAR


def find_wars(ensemble: SimulatedEnsemble) -> pd.DataFrame:
    """Return a row per war begun: `world`, `month`, `subject`, `attacker`, `target`."""
    begun = ensemble.select_events("war")[["world", "month", "subject", "actor", "towards"]]
    begun = begun.rename(columns={"actor": "attacker", "towards": "target"})
    return begun.astype(dict.fromkeys(("subject", "attacker", "target"), str))


def find_entries(ensemble: SimulatedEnsemble) -> pd.DataFrame:
    """Return a row per entry into a war begun since the opening day.

    Columns: `world`, `subject`, `actor`, `entered` and `month` the war began in, `partner` whose
    side it took, `attacker` and `target`.
    """
    came = ensemble.select_events("sends", "joins")
    came = came[came["level"] == OPEN_WAR].rename(
        columns={"month": "entered", "towards": "partner"}
    )
    came = came.astype(dict.fromkeys(("subject", "actor", "partner"), str))
    came = came.drop(columns=["event", "level"])
    came, begun = came.sort_values("entered"), find_wars(ensemble).sort_values("month")
    by = ["world", "subject"]
    found = pd.merge_asof(came, begun, left_on="entered", right_on="month", by=by)
    return found.dropna(subset=["month"])


def count_entries_by_class(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return entries and chances to enter of every class, (world, 2 x class)."""
    begun, came = find_wars(ensemble), find_entries(ensemble)
    entered = set(_entry_keys(came, came["actor"]))
    counts = np.zeros((ensemble.world_count, 2 * len(THIRD_PARTY_CLASSES)))
    for war in begun.itertuples():
        for actor, kinds in _classify_third_parties(ensemble, war.attacker, war.target):
            key = (war.world, war.subject, war.month, actor)
            for kind in kinds:
                place = 2 * THIRD_PARTY_CLASSES.index(kind)
                counts[war.world, place] += key in entered
                counts[war.world, place + 1] += 1
    return counts


def _entry_keys(entries: pd.DataFrame, actors: pd.Series) -> Iterator[tuple[int, str, int, str]]:
    return zip(
        entries["world"], entries["subject"], entries["month"].astype(int), actors, strict=True
    )


def _classify_third_parties(
    ensemble: SimulatedEnsemble, attacker: str, target: str
) -> list[tuple[str, tuple[str, ...]]]:
    """Return everybody else, with the classes each is of."""
    known, near = allies_by_actor(ensemble.scenario), neighbours_by_actor(ensemble.scenario)
    found = []
    for code, actor in ensemble.scenario.actors.items():
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


def select_class(counts: FloatArray, third_party_class: str) -> FloatArray:
    """Return entries and chances of one class, (world, 2)."""
    place = 2 * THIRD_PARTY_CLASSES.index(third_party_class)
    return counts[:, place : place + 2]


def entry_order_holds(sums: FloatArray) -> float:
    """Return 1 where classes stand in the order that is claimed, else 0."""
    ally, both, neighbour, major, other = (ratio(each) for each in sums.reshape(-1, 2))
    return float(both > ally >= max(neighbour, major) and min(neighbour, major) > other)


def count_wars_by_size(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return wars that stayed between two, wars that grew in a later month, and all, (world, 3)."""
    begun, came = find_wars(ensemble), find_entries(ensemble)
    key = ["world", "subject", "month"]
    late = came[came["entered"] > came["month"]]
    joined_ = set(zip(*(came[name].astype(object) for name in key), strict=True))
    grown = set(zip(*(late[name].astype(object) for name in key), strict=True))
    both = list(zip(*(begun[name].astype(object) for name in key), strict=True))
    alone = begun[np.array([war not in joined_ for war in both], dtype=bool)]
    grew = begun[np.array([war in grown for war in both], dtype=bool)]
    return stack_columns(
        ensemble.count_by_world(alone),
        ensemble.count_by_world(grew),
        ensemble.count_by_world(begun),
    )


def count_entrapments(ensemble: SimulatedEnsemble, patron: str) -> FloatArray:
    """Return wars its side began that a patron entered openly, and decades, (world, 2)."""
    came = find_entries(ensemble)
    theirs = came[(came["actor"] == patron) & (came["partner"] == came["attacker"])]
    decades = np.full(ensemble.world_count, ensemble.scenario.months / _DECADE_MONTHS)
    return stack_columns(ensemble.count_by_world(theirs), decades)
