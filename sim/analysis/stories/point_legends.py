"""The turning points of several blocks joined, with texts as places in common legends."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from sim.analysis.stories.instruments import list_instruments
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
