"""The scenarios that are measured: the pact, shorter or longer, and with its cast repeated."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

PACT_FILE = Path(__file__).parents[1] / "scenarios" / "pact.toml"
REPEATED_TABLES = ("actors", "ties", "treaties", "rivalries", "wars")
"""Tables that are repeated; other institutions stay those of the first cast."""
MOVES = "treaties_move", "governments_change"
"""The switches of what the engine of some days ago did not simulate."""


@cache
def load_pact(months: int = 36) -> Scenario:
    """Return the main scenario."""
    return load_scenario(PACT_FILE, [f"months={months}"]).scenario


def repeat_casts(count: int, months: int) -> Scenario:
    """Return the scenario with so many casts of actors, treaties, rivalries and wars."""
    tree = load_pact(months).model_dump()
    tables: dict[str, Any] = {name: dict(tree[name]) for name in REPEATED_TABLES}
    for number in range(2, count + 1):
        names = {name: f"{name}_{number}" for table in REPEATED_TABLES for name in tree[table]}
        for table in REPEATED_TABLES:
            tables[table] |= _rename_codes(deepcopy(tree[table]), names)
    return Scenario.model_validate(tree | tables)


def large_world(months: int) -> Scenario:
    """Return a made-up world of 32 actors, 30 rivalries and 20 treaties.

    It is the pact in full, and three more casts of which some rivalries and treaties are left out.
    """
    scenario = repeat_casts(4, months)
    fought = [war.rivalry for war in scenario.wars.values()]
    rivalries = dict.fromkeys([*load_pact(months).rivalries, *fought, *_casts(scenario.rivalries)])
    treaties = dict.fromkeys([*load_pact(months).treaties, *_casts(scenario.treaties)])
    return scenario.model_copy(
        update={
            "rivalries": {code: scenario.rivalries[code] for code in list(rivalries)[:30]},
            "treaties": {code: scenario.treaties[code] for code in list(treaties)[:20]},
        }
    )


def without_moves(scenario: Scenario) -> Scenario:
    """Return a scenario in which no treaty is concluded or left, and no government changes."""
    mechanisms = scenario.mechanisms.model_copy(update=dict.fromkeys(MOVES, False))
    return scenario.model_copy(update={"mechanisms": mechanisms})


def _casts(codes: Iterable[str]) -> list[str]:
    """Return codes so that those of the casts take turns."""
    codes = list(codes)
    each = len(codes) // 4
    return [codes[cast * each + place] for place in range(each) for cast in range(4)]


def _rename_codes(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _rename_codes(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_rename_codes(item, names) for item in value)
    return names.get(value, value) if isinstance(value, str) else value
