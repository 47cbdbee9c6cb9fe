"""A small invented world in which of everything that can be arranged there is one, or two.

A buyer is at war with an enemy, and makes less than it fires. A seller meets part of that and is
paid in goods and technology; a leader gives to the enemy. The seller provokes a neighbour, a
council may sanction it, a bloc balances against it, two patrons could hold it back. Coefficients
are those of `scenarios/parts/rules.toml` unless named here.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from sim.scenario.files.layers import Tree
from sim.scenario.schema.scenario import Scenario
from tests.worlds import RULES, actor, changed, number, quarrel, rivalry, treaty, war

_SEEN = {"source": "judgement"}

ARRANGED = ("exchanges", "councils", "provokers", "blocs", "patronages", "armings")
"""The tables of institutions."""

STILL: dict[str, Any] = {
    "rivalries__front": rivalry("buyer", "enemy", onset=(0.0, 0.0)),
    "rivalries__strait": rivalry("seller", "neighbour", onset=(0.0, 0.0)),
    "rivalries__chill": rivalry("leader", "buyer", onset=(0.0, 0.0)),
    "rivalries__cool": rivalry("leader", "broker", onset=(0.0, 0.0)),
    "rules__war__settles": 0.0,
    "rules__war__front_speed": 0.0,
    "rules__war__front_noise": 0.0,
    "rules__war__home_soil": 0.0,
}
"""No actor challenges another, and the current war neither moves nor ends."""


def market(**changes: Any) -> Scenario:
    """Return the market, with what a test changes."""
    return changed(_opening(), **changes)


def still(**changes: Any) -> Scenario:
    """Return the market in which only institutions change."""
    return market(**STILL | changes)


@cache
def _opening() -> Scenario:
    return quarrel(**deepcopy(_MARKET))


def exchange(supplier: str, buyer: str, *, paid: bool = True, **more: Any) -> Tree:
    """Return an exchange for the war at the front."""
    parties = {"name": "An exchange", "supplier": supplier, "buyer": buyer, "rivalry": "front"}
    return {
        **parties,
        "since": date(2023, 9, 1),
        "paid": paid,
        "munitions_stock": number(4.0, 2.0, 8.0),
        "munitions_output": number(0.12, 0.06, 0.2),
        "munitions_price": number(0.6, 0.3, 1.2),
        "missiles_stock": number(100, 40, 200),
        "missiles_output": number(5, 2, 10),
        "missile_price": number(0.004, 0.002, 0.006),
        "troops_pool": number(20, 5, 60),
        "contingent": number(5, 1, 12),
        "troops_price": number(0.1, 0.03, 0.3),
        "debt": number(2.0, 0.8, 3.5),
        "secrecy": number(0.6, 0.4, 0.8),
        **_SEEN,
        **more,
    }


def patronage(patron: str, client: str, weight: float, dependence: float) -> Tree:
    """Return a patron's hold over a client."""
    leverage = {"weight": number(weight), "dependence": number(dependence)}
    return {"patron": patron, "client": client, **leverage, **_SEEN}


def munitions(stock: float, production: float, use: float) -> Tree:
    """Return an actor's stock, production and use, each within a fifth of the value."""
    figures = {"stock": stock, "production": production, "use": use}
    return {name: number(figure, 0.8 * figure, 1.2 * figure) for name, figure in figures.items()}


def provoker(*towards: str, rate: float = 2.2, long_run: float = 1.3) -> Tree:
    """Return a provoker, strategic tests among its provocations."""
    shares = {"sub_threshold": 0.44, "ballistic": 0.40, "icbm": 0.09, "satellite": 0.05}
    figures = {"rate": rate, "long_run": long_run, "excitation": 0.4, **shares, "nuclear": 0.02}
    return {
        "towards": towards,
        **{name: number(figure) for name, figure in figures.items()},
        **_SEEN,
    }


def council(**more: Any) -> Tree:
    """Return a council over the seller in which the buyer and the broker can veto."""
    return {
        "name": "A council",
        "target": "seller",
        "proposers": ("leader",),
        "permanent": ("leader", "buyer", "broker"),
        "other_votes": number(9, 7, 10),
        "votes_needed": 8,
        "enforcement": number(0.6, 0.4, 0.8),
        "enforcers": {"broker": number(0.7, 0.6, 0.8), "buyer": number(0.15, 0.1, 0.2)},
        "laxity": {"broker": number(0.5, 0.3, 0.7)},
        **_SEEN,
        **more,
    }


_GIFT = exchange("leader", "enemy", paid=False) | {
    "munitions_stock": number(0.3, 0.1, 0.6),
    "munitions_output": number(0.05, 0.02, 0.08),
    "troops_pool": number(0),
    "contingent": number(0),
    "debt": number(0),
}

_MARKET: Tree = {
    "title": "The market",
    "months": 12,
    "rules": RULES,
    "actors": {
        "buyer": actor(0.05, (55, 37), vote=-0.6, major_power=True, borders=["enemy"])
        | {"munitions": munitions(1.0, 0.25, 0.5)},
        "enemy": actor(0.03, (50, 30), vote=1.0) | {"munitions": munitions(0.1, 0.02, 0.2)},
        "seller": actor(0.02, (39, 126), vote=-0.8, borders=["neighbour"])
        | {"programme": {"level": number(0.5, 0.4, 0.6), "drift": number(0.007, 0.003, 0.012)}},
        "neighbour": actor(0.02, (37, 127), vote=0.8),
        "leader": actor(0.12, (39, -77), vote=2.0, major_power=True, warheads=50),
        "broker": actor(0.10, (40, 116), vote=-0.7, major_power=True),
    },
    "ties": {
        "leader": {"neighbour": {"worth": number(0.7, 0.5, 0.9)}},
        "seller": {"buyer": {"worth": number(0.4, 0.1, 0.7)}},
    },
    "treaties": {
        "deal": treaty("buyer", "seller", obligations=["defence", "consultation"]),
        "shield": treaty("leader", "neighbour"),
    },
    "rivalries": {
        "front": rivalry("buyer", "enemy"),
        "strait": rivalry("seller", "neighbour"),
        "chill": rivalry("leader", "buyer", onset=(0.3, 0.3)),
        "cool": rivalry("leader", "broker", onset=(0.2, 0.2)),
    },
    "wars": {"front": war("front", "buyer", "enemy")},
    "exchanges": {
        "arms": exchange("seller", "buyer", objectors={"broker": number(0.5, 0.2, 0.8)}),
        "gifts": _GIFT,
    },
    "councils": {"board": council()},
    "provokers": {"seller": provoker("neighbour")},
    "blocs": {
        "ring": {
            "name": "A ring",
            "members": ("leader", "neighbour"),
            "against": ("seller",),
            "coordination": number(0.5, 0.3, 0.7),
            **_SEEN,
        }
    },
    "patronages": {
        "broker_seller": patronage("broker", "seller", 1.0, 0.8),
        "buyer_seller": patronage("buyer", "seller", 0.5, 0.1),
    },
    "armings": {
        "answer": {
            "name": "An answer",
            "actor": "neighbour",
            "beneficiary": "enemy",
            "against": "buyer",
            "exchange": "arms",
            **_SEEN,
        }
    },
}
