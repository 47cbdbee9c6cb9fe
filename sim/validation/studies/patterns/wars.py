"""P13, P14 and P19: who joins wars, how many remain bilateral, and entrapment by allies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.model.entities.war import OPEN_WAR
from sim.statistics.arrays import FloatArray
from sim.validation.studies.patterns.alliances import allies_by_actor, neighbours_by_actor
from sim.validation.studies.patterns.estimation import ratio, stack_columns
from sim.validation.studies.patterns.simulated import MONTHS_PER_YEAR, SimulatedEnsemble

THIRD_PARTY_CLASSES = ("ally", "ally and neighbour", "neighbour", "major power", "other")
"""The relation of an actor to a war between others when it begins.

An ally is an ally of the target; the second class is part of the first, and the last three are
allied with neither side.
"""

_DECADE_MONTHS = 10 * MONTHS_PER_YEAR


def _find_wars(ensemble: SimulatedEnsemble) -> pd.DataFrame:
    """Return a row per war begun: `world`, `month`, `subject`, `attacker`, `target`."""
    begun = ensemble.select_events("war")[["world", "month", "subject", "actor", "towards"]]
    begun = begun.rename(columns={"actor": "attacker", "towards": "target"})
    return begun.astype(dict.fromkeys(("subject", "attacker", "target"), str))


def find_entries(ensemble: SimulatedEnsemble) -> pd.DataFrame:
    """Return a row per entry into a war begun since the opening day.

    Columns: `world`, `subject`, `actor`, `entered` and `month` the war began in, `partner` whose
    side it took, `attacker` and `target`.
    """
    entries = ensemble.select_events("sends", "joins")
    entries = entries[entries["level"] == OPEN_WAR].rename(
        columns={"month": "entered", "towards": "partner"}
    )
    entries = entries.astype(dict.fromkeys(("subject", "actor", "partner"), str))
    entries = entries.drop(columns=["event", "level"])
    entries, begun = entries.sort_values("entered"), _find_wars(ensemble).sort_values("month")
    by = ["world", "subject"]
    matched = pd.merge_asof(entries, begun, left_on="entered", right_on="month", by=by)
    return matched.dropna(subset=["month"])


def count_entries_by_class(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return entries and chances to enter of every class, (world, 2 x class)."""
    begun, entries = _find_wars(ensemble), find_entries(ensemble)
    entered = set(_entry_keys(entries, entries["actor"]))
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
    """Return all other actors, each with its classes."""
    allies, near = allies_by_actor(ensemble.scenario), neighbours_by_actor(ensemble.scenario)
    classified = []
    for code, actor in ensemble.scenario.actors.items():
        if code in (attacker, target):
            continue
        bordering = code in near[attacker] | near[target]
        kinds: tuple[str, ...] = ()
        if code in allies[target]:
            kinds = ("ally", "ally and neighbour") if bordering else ("ally",)
        elif code not in allies[attacker]:
            plain = "major power" if actor.major_power else "other"
            kinds = ("neighbour" if bordering else plain,)
        classified.append((code, kinds))
    return classified


def select_class(counts: FloatArray, third_party_class: str) -> FloatArray:
    """Return entries and chances of one class, (world, 2)."""
    place = 2 * THIRD_PARTY_CLASSES.index(third_party_class)
    return counts[:, place : place + 2]


def entry_order_holds(sums: FloatArray) -> float:
    """Return 1 if the classes are in the order claimed, else 0."""
    ally, both, neighbour, major, other = (ratio(counts) for counts in sums.reshape(-1, 2))
    return float(both > ally >= max(neighbour, major) and min(neighbour, major) > other)


def count_wars_by_size(ensemble: SimulatedEnsemble) -> FloatArray:
    """Return wars that remained bilateral, wars that grew in a later month, and all, (world, 3)."""
    begun, entries = _find_wars(ensemble), find_entries(ensemble)
    key = ["world", "subject", "month"]
    late = entries[entries["entered"] > entries["month"]]
    joined = set(zip(*(entries[name].astype(object) for name in key), strict=True))
    grown = set(zip(*(late[name].astype(object) for name in key), strict=True))
    both = list(zip(*(begun[name].astype(object) for name in key), strict=True))
    alone = begun[np.array([war not in joined for war in both], dtype=bool)]
    grew = begun[np.array([war in grown for war in both], dtype=bool)]
    return stack_columns(
        ensemble.count_by_world(alone),
        ensemble.count_by_world(grew),
        ensemble.count_by_world(begun),
    )


def count_entrapments(ensemble: SimulatedEnsemble, patron: str) -> FloatArray:
    """Return wars that a patron entered openly on the attacker's side, and decades, (world, 2)."""
    entries = find_entries(ensemble)
    entrapped = entries[(entries["actor"] == patron) & (entries["partner"] == entries["attacker"])]
    decades = np.full(ensemble.world_count, ensemble.scenario.months / _DECADE_MONTHS)
    return stack_columns(ensemble.count_by_world(entrapped), decades)
