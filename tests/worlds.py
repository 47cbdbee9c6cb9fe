"""Small invented worlds for tests of the engine: a quarrel, a promise, and what a test changes.

`quarrel()` is hot on purpose: disputes come often and climb fast, so that a few thousand worlds
show which way a thing moves. Coefficients are those of `scenarios/parts/rules.toml` unless named
here; and actors choose more sharply than those were calibrated to, so that few worlds tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.checks.consistency import find_inconsistencies
from sim.scenario.files.layers import Tree, read_layer
from sim.scenario.load import load_scenario
from sim.scenario.schema.scenario import Scenario

SCENARIOS = Path(__file__).parents[1] / "scenarios"
START = date(2024, 6, 19)
RULES: Tree = deepcopy(read_layer(SCENARIOS / "parts/rules.toml").tree["rules"])
RULES["choice"]["rationality"] |= {"value": 1.0, "low": 0.5, "high": 3.0}
_JUDGED = {"unit": "any", "source": "judgement", "grade": "judgement"}

HOT = {
    "rules__escalate__climb": 0.4,
    "rules__escalate__war_given_force": 0.6,
    "rules__escalate__dies": 0.2,
    "rules__answers__since_1946__aid_due_two__open_war": 0.2,
    "rules__answers__since_1946__aid_due_two__troops": 0.4,
    "rules__answers__since_1946__aid_due_two__materiel": 0.4,
    "rules__honour__delay": 0.0,
}
"""What makes the quarrel hot: disputes climb, wars come, allies come at once and in earnest."""


MOVING = {"mechanisms__treaties_move": True, "mechanisms__governments_change": True}
"""What lets treaties be concluded and left, and supporters change."""

EAGER = {
    **{
        f"rules__answers__since_1946__{standing}__open_war": -0.7
        for standing in ("major_power", "neighbour", "bystander")
    },
    "rules__join__spread": 3.0,
}
"""What makes everybody who may join a war eager to."""


@cache
def real(name: str) -> Scenario:
    """Return one of the project's own scenarios, read once."""
    return load_scenario(SCENARIOS / f"{name}.toml").scenario


@cache
def still(name: str) -> Scenario:
    """Return one of the project's own scenarios in which nobody signs or leaves a treaty."""
    return changed(real(name), mechanisms__treaties_move=False)


def quarrel(**changes: Any) -> Scenario:
    """Return the quarrel: a rival against a member whose patron has promised aid.

    The rival has a promise too, from a backer; the patron has a friend, sworn to it alone. Treaties
    and governments stay as they are unless a test lets them move: `**MOVING`.
    """
    tree: Tree = {
        "title": "The quarrel",
        "start": START,
        "months": 24,
        "worlds": 1000,
        "seed": 7,
        "affinity_range": number(4.0),
        "rules": deepcopy(RULES),
        "actors": {
            "rival": actor(0.06, (48, 10), vote=-0.8, borders=["member"]),
            "member": actor(0.04, (48, 16), vote=0.4),
            "patron": actor(0.10, (52, 30), vote=0.9, major_power=True, polyarchy=0.8),
            "backer": actor(0.05, (44, -5), vote=-1.0, polyarchy=0.2),
            "friend": actor(0.05, (60, 25), vote=0.8),
        },
        "ties": {
            "patron": {"member": {"worth": number(0.6, 0.3, 0.9)}},
            "backer": {"rival": {"worth": number(0.5, 0.2, 0.8)}},
            "friend": {"patron": {"worth": number(0.5, 0.2, 0.8)}},
        },
        "treaties": {
            "pact": treaty("patron", "member"),
            "league": treaty("backer", "rival"),
            "oath": treaty("friend", "patron", protects=["patron"]),
        },
        "rivalries": {"feud": rivalry("rival", "member")},
        "mechanisms": {"treaties_move": False, "governments_change": False},
    }
    return _built(tree, HOT | changes)


def tangle(**changes: Any) -> Scenario:
    """Return the quarrel among others: of everything a scenario can hold there is one."""
    soon, later = date(2024, 9, 1), date(2025, 2, 1)
    months = {"ratification": number(5, 2, 9)}
    more = {
        "months": 18,
        "actors__outsider": actor(0.03, (40, 0), vote=0.2, borders=["backer"], warheads=20),
        "ties__patron__member__stationed": number(5),
        "ties__friend__member": {"worth": number(0.3, 0.0, 0.6)},
        "ties__member": {"patron": {"worth": number(0.4, 0.1, 0.7)}},
        "treaties__oath": treaty("friend", "patron", obligations=["offence"], ends=later),
        "treaties__bond": treaty("friend", "patron", signed=soon, replaces="oath", **months),
        "treaties__talks": treaty("friend", "member", "outsider", obligations=["consultation"]),
        "treaties__truce": treaty("friend", "rival", obligations=["nonaggression", "neutrality"]),
        "rivalries__grudge": rivalry("backer", "friend", onset=(0.5, 0.3)),
        "pairs__feud": pair("rival", "patron", rivals=True, disputes=2),
        "pairs__company": pair("patron", "member", joint_disputes=1),
        "pairs__strait": pair("friend", "rival", sea_neighbours=True),
        "rivalries__siege": rivalry("outsider", "backer", onset=(0.9, 0.9)),
        "rivalries__spite": rivalry("rival", "outsider", onset=(0.8, 0.2)),
        "wars__siege": war("siege", "backer", "outsider", support=_support("outsider", "member")),
        "shocks__raid": shock("home_soil_attack", 3, "backer", on="siege"),
        "shocks__march": shock("dispute", 4, "member", rung="display"),
        "shocks__truce": shock("ceasefire", 6, on="siege"),
    }
    return quarrel(**more | changes)


def changed(scenario: Scenario, **changes: Any) -> Scenario:
    """Return the scenario with what is named set: `rules__honour__busy=2` sets `rules.honour.busy`.

    A bare number set on a quantity fixes it in every world; None takes the key out.
    """
    return _built(scenario.model_dump(), changes)


def number(value: float, low: float | None = None, high: float | None = None) -> Tree:
    """Return a quantity; without a range it is the same in every world."""
    return {
        "value": value,
        "low": value if low is None else low,
        "high": value if high is None else high,
        **_JUDGED,
    }


def actor(
    capability: float,
    at: tuple[float, float],
    *,
    vote: float = 0.0,
    warheads: float = 0.0,
    polyarchy: float = 0.5,
    **more: Any,
) -> Tree:
    """Return an actor with its capital `at` some latitude and longitude."""
    latitude, longitude = at
    place = {"name": "Somewhere", "latitude": latitude, "longitude": longitude, "source": "atlas"}
    return {
        "name": "Somebody",
        "capital": place,
        "capability": number(capability),
        "nuclear_warheads": number(warheads),
        "ideal_point": number(vote),
        "polyarchy": number(polyarchy),
        **more,
    }


def treaty(*parties: str, obligations: Iterable[str] = ("defence",), **more: Any) -> Tree:
    """Return a treaty, in force long before the scenario opens."""
    said = {"name": "A treaty", "parties": parties, "obligations": tuple(obligations)}
    return said | {"signed": date(2000, 1, 1), "source": "treaties"} | more


def pair(one: str, other: str, **facts: Any) -> Tree:
    """Return facts about two actors."""
    return {"between": (one, other), "source": "disputes", **facts}


def rivalry(
    one: str,
    other: str,
    *,
    onset: tuple[float, float] = (0.6, 0.6),
    stake: tuple[float, float] = (0.8, 0.8),
    reciprocation: float = 0.6,
) -> Tree:
    """Return a rivalry of two, with the numbers of the one before those of the other."""
    return {
        "name": "A rivalry",
        "between": (one, other),
        "onset": {one: number(onset[0]), other: number(onset[1])},
        "stake": {one: number(stake[0]), other: number(stake[1])},
        "reciprocation": number(reciprocation),
    }


def war(on: str, began_by: str, against: str, **more: Any) -> Tree:
    """Return a war under way since two years before."""
    weary = {began_by: number(0.3, 0.1, 0.5), against: number(0.4, 0.2, 0.6)}
    begun = {"rivalry": on, "began_by": began_by, "since": date(2022, 2, 24), "source": "disputes"}
    return {**begun, "front": number(0.1, 0.0, 0.2), "weariness": weary, **more}


def shock(kind: str, month: int, actor: str = "", *, on: str = "feud", rung: str = "war") -> Tree:
    """Return a shock on the first day of a month; START falls on a day all months have."""
    years, months = divmod(START.month - 2 + month, 12)
    day = START.replace(year=START.year + years, month=months + 1)
    return {"date": day, "kind": kind, "rivalry": on, "actor": actor, "rung": rung}


def _support(side: str, *helpers: str) -> Tree:
    return {who: {"side": side, "aid": "materiel", "source": "disputes"} for who in helpers}


def _built(tree: Tree, changes: Tree) -> Scenario:
    for path, value in changes.items():
        _put(tree, path.split("__"), value)
    scenario = Scenario.model_validate(tree)
    assert not list(find_inconsistencies(scenario))
    return scenario


def _put(tree: Tree, path: list[str], value: Any) -> None:
    *above, name = path
    for part in above:
        tree = tree.setdefault(part, {})
    if value is None:
        tree.pop(name, None)
    elif isinstance(value, int | float) and isinstance(tree.get(name), dict):
        tree[name] = tree[name] | number(value)
    else:
        tree[name] = value


def act(kind: str, month: int, on: str, actor: str = "") -> Tree:
    """Return an act on a treaty, on the first day of a month."""
    return {**shock(kind, month, actor, on=""), "treaty": on, "rung": "force"}
