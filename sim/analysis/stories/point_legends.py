"""The turning points of several blocks joined, with texts as places in common legends.

Pacts that actors conclude within a world are in the legends as well, though no scenario names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations
from typing import Any

import numpy as np

from sim.analysis.stories.phrases import load_phrases
from sim.model.recording.history import Columns
from sim.model.recording.outcome_log import NearMisses, OutcomeLog
from sim.scenario.schema.scenario import Scenario


def code_legend(scenario: Scenario) -> list[str]:
    """Return the codes of everything that a turning point may name."""
    groups = (
        scenario.actors,
        scenario.treaties,
        scenario.rivalries,
        scenario.exchanges,
        scenario.councils,
        scenario.blocs,
        scenario.armings,
    )
    named = (code for group in groups for code in (*group, "nuclear"))
    return list(dict.fromkeys((*named, *(code for code, _ in list_instruments(scenario)))))


def joint_reasons(names: list[list[str]]) -> tuple[str, ...]:
    """Return the names of the reasons of all blocks; the first is empty."""
    return tuple(dict.fromkeys(name for block in names for name in block))


def typed_columns(
    rows: Columns, codes: tuple[str, ...], block_reasons: list[str], reasons: tuple[str, ...]
) -> Columns:
    """Return the columns in their types, with codes and reasons as places in the legends."""
    place = {code: number for number, code in enumerate(codes)}
    reason = np.array([reasons.index(name) for name in block_reasons], dtype=np.uint8)
    named = {"who": "actor", "towards": "towards", "about": "subject"}
    return {
        "world": rows["world"].astype(np.uint32),
        "month": rows["month"].astype(np.uint16),
        **{name: rows[name].astype(np.uint8) for name in ("kind", "level")},
        **{
            name: np.array([place.get(code, 0) for code in rows[column].tolist()], dtype=np.uint16)
            for name, column in named.items()
        },
        "chance": rows["chance"].astype(np.float32),
        "reason": reason[rows["reason"]],
    }


def joint_near_misses(logs: list[OutcomeLog]) -> dict[str, Any]:
    """Return the near misses of all blocks, and their keys."""
    keys = tuple(dict.fromkeys(key for log in logs for key in log.keys))
    place = [np.array([keys.index(key) for key in log.keys] or [0]) for log in logs]
    joint = {
        field.name: np.concatenate([getattr(log.near, field.name) for log in logs])
        for field in fields(NearMisses)
    }
    joint["key"] = np.concatenate(
        [of_block[log.near.key] for of_block, log in zip(place, logs, strict=True)]
    )
    return {"near": NearMisses(**joint), "near_keys": keys}


def list_instruments(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of every pact of two that could be concluded within a world."""
    for first, second in combinations(scenario.actors, 2):
        for kind, words in load_phrases()["instruments"].items():
            names = (scenario.actors[code].name for code in (first, second))
            yield f"new_{kind}_{first}_{second}", f"{'-'.join(names)} {words}"


def instrument_name(scenario: Scenario, code: str) -> str:
    """Return the name of such a pact; empty if the code is not that of one."""
    return dict(list_instruments(scenario)).get(code, "") if code.startswith("new_") else ""


def party_codes(scenario: Scenario, code: str) -> tuple[str, ...]:
    """Return the parties that the text of a treaty of the scenario names; else none."""
    return scenario.treaties[code].parties if code in scenario.treaties else ()
