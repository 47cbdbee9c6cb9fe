"""What lies downstream of each mechanism, reasoned from the structure of the model.

A mechanism does things of its own and reaches everything else through a few coefficients only, its
channels. With the channels closed, switching it off may change its own columns and events and
nothing else, in any month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.scenario.schema.scenario import Scenario

NEEDED_BY = {"exchange": ("technology", "payment"), "council": ("political_cover",),
             "provocation": ("calming_down",)}  # fmt: skip
"""Mechanisms that depend on another."""


@dataclass(frozen=True)
class Downstream:
    """What a mechanism may touch.

    Attributes:
        channels: coefficients through which it reaches what is not its own, by their keys under
            `rules`; a key of another table begins with its name, `*` standing for every entry.
        columns: beginnings of the columns that are its own.
        events: the events that are its own.
        first: phases of the month in which a world in which it is off may first be seen to differ;
            empty where what it leaves behind is not seen in its own month.
    """

    channels: tuple[str, ...]
    columns: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


PHASES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "provoke": (("provocations", "tension"), ("provocation",)),
    "convene": (
        ("enforcement", "cover"),
        (
            "draft",
            "veto",
            "adopted",
            "coerced",
            "constrained",
            "workaround",
            "autonomous_sanctions",
        ),
    ),
    "dispute": (
        ("rung",),
        ("challenge", "resist", "let_pass", "climb", "yield", "dies_down", "war"),
    ),
    "defend": (
        ("invoked",),
        ("called", "honoured", "reneged", "helps", "entrapped", "sends", "joins"),
    ),
    "fight": (
        ("front", "weariness"),
        ("victory", "peace", "ceasefire", "home_soil", "nuclear_use"),
    ),
    "trade": (
        ("delivered", "seen", "present", "tier", "debt", "output", "programme"),
        ("troops_sent", "technology"),
    ),
    "observe": ((), ("deliveries_seen", "troops_seen", "technology_seen", "admits")),
    "balance": (
        ("coordination", "threat"),
        ("exercise", "reassures", "threatens_arms", "warns", "arms_sent"),
    ),
    "restrain": (("dependence",), ("restrains", "backlash")),
}
"""The phases of a month in their order, with the monthly columns and events in which each shows."""

_LATER = ("trade", "observe", "balance", "restrain")
_CRISIS = ("dispute", "defend", "fight")
_FORESIGHT = ("choice.rationality", "escalate.war_cost", "escalate.nuclear", "escalate.pact")
_SANCTIONS = (
    "exchange.sanctions",
    "exchange.interdiction",
    "observation.exposure",
    "council.coerces",
    "council.constrains",
)
_THREAT = ("balancing.threat", "balancing.reassurance")
_ARMS_SENT = (
    "honour.materiel_strength",
    "memory.reneged",
    "alignment.war",
    "alignment.common_adversary",
)
_COUNCIL = ("drafts", "vetoes", "adopted", "enforcement", "workaround")
_TECHNOLOGY = ("technology", "tier2", "tier3", "tier4", "tier", "programme", "threat")

_PROVOCATIONS = Downstream(
    ("provocation.tension", *_THREAT, "restraint.entrapment", *_SANCTIONS),
    (
        *_COUNCIL,
        "provocations",
        "ballistic",
        "icbm",
        "satellite",
        "nuclear_test",
        "tension",
        "threat",
    ),
    ("provocation", *PHASES["convene"][1]),
    first=("provoke", "convene", *_CRISIS, *_LATER),
)

_EXCHANGE = Downstream(
    (
        *_THREAT,
        *_ARMS_SENT,  # in answer to it
        "provocation.programme",
        "council.dependence",
        "council.abstains",
        "council.defection",
        "honour.payment",
        "supply.fire",
        "exchanges.*.troops_pool",
        "patronages.*.weight",
        "restraint.abandonment",
    ),
    (
        *_TECHNOLOGY,
        "munitions",
        "stock",
        "missiles",
        "troops",
        "soldiers",
        "returned",
        "debt",
        "admitted",
        "delivered",
        "seen",
        "present",
        "output",
        "dependence",
        "arms",
    ),
    (
        "troops_sent",
        "technology",
        *PHASES["observe"][1],
        "threatens_arms",
        "warns",
        "arms_sent",
    ),
    first=("convene", *_CRISIS, *_LATER),
)

_OUTPUT = replace(
    _EXCHANGE,  # of which it changes the amounts, and not whether deliveries are seen
    events=tuple(event for event in _EXCHANGE.events if event != "deliveries_seen"),
    first=("trade",),
)

DOWNSTREAM: dict[str, Downstream] = {
    "deterrence": Downstream(_FORESIGHT, first=_CRISIS + _LATER),
    "emboldenment": Downstream((*_FORESIGHT, "challenge.embolden"), first=_CRISIS + _LATER),
    "moral_hazard": Downstream(("challenge.embolden",), first=_CRISIS + _LATER),
    "advice": Downstream(("challenge.advice",), first=_CRISIS + _LATER),
    "misjudgement": Downstream(("memory.misjudgement",), first=_CRISIS + _LATER),
    "joining": Downstream(
        tuple(
            f"answers.since_1946.{standing}.open_war"
            for standing in ("neighbour", "major_power", "bystander")
        ),
        first=_CRISIS + _LATER,
    ),
    "memory": Downstream(
        (
            *_FORESIGHT,  # where trust enters
            "challenge.embolden",
            "challenge.advice",
            "honour.reputation",
            "memory.honoured",
            "memory.reneged",
            "memory.dispute",
            "memory.war",
            "restraint.resentment",
        )
    ),
    "payment": Downstream(("honour.payment",), first=_CRISIS + _LATER),
    "technology": Downstream(
        (
            *_THREAT,
            "provocation.programme",
            "technology.value_2",
            "technology.value_3",
            "technology.value_4",
            "balancing.arms_tier",
        ),
        _TECHNOLOGY,
        ("technology", "technology_seen"),
        first=_LATER,
    ),
    "exchange": _EXCHANGE,
    "output": _OUTPUT,
    "political_cover": Downstream(
        ("provocation.cover", "exchange.sanctions"), first=("provoke", "convene", *_LATER)
    ),
    "council": Downstream(
        ("provocation.cover", *_SANCTIONS),
        (*_COUNCIL, "cover"),
        PHASES["convene"][1],
        first=("convene", *_LATER),
    ),
    "provocation": _PROVOCATIONS,
    "calming_down": _PROVOCATIONS,
    "balancing": Downstream(
        (
            "provocation.exercises",
            "balancing.credibility",
            "balancing.calming",
            "balancing.reassurance_gain",
            *_ARMS_SENT,
        ),
        ("exercises", "coordination", "threat", "arms"),
        PHASES["balance"][1],
        first=("balance",),
    ),
    "restraint": Downstream(
        ("patronages.*.weight", "restraint.resentment"),
        ("restrained", "dependence", "backlash"),
        PHASES["restrain"][1],
        first=("restrain",),
    ),
}
"""Every mechanism that reaches others through coefficients. Mutual defence and chain-ganging reach
others by who fights: `test_downstream.py` says of them in which worlds they change nothing."""

_NEVER = -1000.0
"""Log-odds of what is never done."""

ABSENT: dict[str, dict[str, Any]] = {
    "exchange": {"exchanges": {}, "armings": {}},
    "technology": {"exchanges": {}, "armings": {}},
    "payment": {"exchanges": {}, "armings": {}},
    "output": {},
    "council": {"councils": {}},
    "political_cover": {"councils": {}},
    "provocation": {"provokers": {}},
    "calming_down": {"provokers": {}},
    "balancing": {"blocs": {}, "armings": {}},
    "restraint": {"patronages": {}},
}
"""What a scenario lacks in which a mechanism has nothing to work on."""


def off(mechanism: str) -> dict[str, bool]:
    """Return the changes that switch off a mechanism, and those that need it."""
    names = (mechanism, *NEEDED_BY.get(mechanism, ()))
    return {f"mechanisms__{name}": False for name in names}


def closed(scenario: Scenario, mechanism: str) -> dict[str, float]:
    """Return the changes that close all channels of a mechanism."""
    keys = [key for channel in DOWNSTREAM[mechanism].channels for key in _keys(scenario, channel)]
    return {key: _NEVER if key.endswith("open_war") else 0.0 for key in keys}


def lacking(scenario: Scenario, mechanism: str) -> dict[str, Any]:
    """Return the changes that leave a mechanism nothing to work on."""
    changes = dict(ABSENT[mechanism])
    for code, actor in scenario.actors.items():
        if actor.munitions and mechanism in ("exchange", "technology", "payment"):
            changes[f"actors__{code}__munitions"] = None
        if actor.output_ceiling and mechanism in ("exchange", "output"):
            changes[f"actors__{code}__output_ceiling"] = None
    return changes


def _keys(scenario: Scenario, channel: str) -> list[str]:
    if "*" not in channel:
        return [f"rules__{channel.replace('.', '__')}"]
    table, _, name = channel.split(".")
    return [f"{table}__{code}__{name}" for code in getattr(scenario, table)]
