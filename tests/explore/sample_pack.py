"""A pack made by hand in the format of docs/explorer-data.md: the page is tested without a run.

Its numbers are invented. A world's outcomes follow from its assumptions and one random number, in
both scenarios, so that worlds of the same number are paired.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.explore.data.arrays import MONTHS as BY_MONTH
from sim.explore.data.arrays import SIDES as BY_SIDE
from sim.explore.data.arrays import PackedArray, pack_bits, pack_counts, pack_numbers
from sim.explore.data.assumptions import pack_quantiles

MONTHS = 36
NEVER = 255
"""The month of what did not happen."""
CHOICE_WORLDS = 2000
"""Worlds whose choices are recorded."""
_ASSUMPTIONS = (
    ("rules.war.home_soil", "Ukraine strikes Russian soil", "per month", 0.02, 0.08),
    ("rules.war.settles", "The war is settled", "per month", 0.01, 0.06),
    ("council.last_veto", "The last veto deters the next", "log-odds", -2.0, 0.0),
    ("ties.russia.worth", "Worth of the DPRK to Russia", "0 to 1", 0.2, 0.9),
    ("rules.honour.reputation", "Reputation of keeping commitments", "log-odds", 0.0, 1.2),
    ("exchanges.arms.stock", "Shells the DPRK can spare", "million rounds", 3.0, 12.0),
    ("rules.technology.price", "Price of technology in shells", "log-odds", 0.1, 2.0),
    ("rules.tests.nuclear", "Share of tests that are nuclear", "share", 0.01, 0.05),
    ("rules.climb.base", "Disputes escalate", "per month", 0.03, 0.09),
    ("rivalries.korea.quarrel", "Quarrel of the two Koreas", "per year", 0.1, 0.5),
    ("rules.exercise.base", "Allies hold exercises", "per month", 0.3, 0.6),
    ("council.laxity", "China overlooks breaches of sanctions", "0 to 1", 0.1, 0.9),
)
_OUTCOMES = (
    ("soldiers", "DPRK soldiers fight", "Soldiers of the DPRK fight in Ukraine", 0.66, 0.07),
    ("invoked", "Treaty invoked", "The treaty is invoked: aid is asked for and due", 0.55, 0.0),
    ("honoured", "Treaty honoured", "The treaty is honoured, where it is invoked", 0.52, 0.0),
    ("wider", "Third parties intervene", "An actor enters a war of others", 0.12, 0.10),
    ("korea", "New war in Korea", "A new war breaks out in Korea", 0.002, 0.002),
    ("peace", "War in Ukraine ends", "The war in Ukraine ends", 0.64, 0.64),
    ("nuclear", "Nuclear test", "The DPRK tests a nuclear weapon", 0.37, 0.36),
)
_CHOICES = (
    ("answer_war", "russia", "dprk", "Russia fights for an attacked DPRK", 0.10, 0.32),
    ("challenge", "rok", "dprk", "South Korea challenges the DPRK", 0.25, 0.24),
    ("challenge", "dprk", "rok", "The DPRK challenges South Korea", 0.300, 0.301),
    ("exercise", "usa", "", "The United States holds exercises", 14.0, 16.5),
)
_ACTORS = ("russia", "dprk", "usa", "rok", "japan", "china", "ukraine", "nato_europe")
_NAMES = {
    "russia": "Russia",
    "dprk": "DPRK",
    "usa": "United States",
    "rok": "South Korea",
    "japan": "Japan",
    "china": "China",
    "ukraine": "Ukraine",
    "nato_europe": "NATO-Europe",
}


def sample_pack(worlds: int = 1000, sides: int = 2, *, text: str = "") -> dict[str, Any]:
    """Return a pack of so many worlds, to be encoded; `text` is added to every name."""
    rng = np.random.default_rng(7)
    quantiles = rng.random((len(_ASSUMPTIONS), worlds))
    header: dict[str, Any] = {
        "format": 1,
        "engine": "0123abcd",
        "command": "sim explore pact no_pact --worlds " + str(worlds),
        "version": "0.0",
        "worlds": worlds,
        "first_world": 0,
        "months": MONTHS,
        "start": "2024-06-19",
        "seed": 1,
        "sides": [_side(name, title + text) for name, title in _SIDES[:sides]],
        "assumptions": [_assumption(i, quantiles[i]) for i in range(len(quantiles))],
    }
    draw = rng.random((len(_OUTCOMES), worlds))
    happen = {
        name: _happens(i, draw[i], quantiles, sides) for i, (name, *_) in enumerate(_OUTCOMES)
    }
    happen["honoured"] &= happen["invoked"]
    header["outcomes"] = [
        {
            "name": name,
            "short": short + text,
            "label": label,
            "unit": "",
            "kind": "yes",
            "given": "invoked" if name == "honoured" else "",
            "headline": name != "nuclear",
            "needs": "a call needs a treaty that promises aid" if name == "invoked" else "",
            "values": pack_bits(happen[name], [BY_SIDE]),
        }
        for name, short, label, *_ in _OUTCOMES
    ]
    tests = rng.poisson(20 + 20 * quantiles[7], (sides, worlds)).clip(0, 200)
    shells = 3 + 4 * quantiles[5] + rng.normal(0, 0.3, worlds)
    header["outcomes"] += [
        {
            "name": "provocations",
            "short": "Missile and nuclear tests",
            "label": "Missile and nuclear tests of the DPRK",
            "unit": "tests",
            "kind": "count",
            "given": "",
            "headline": True,
            "needs": "",
            "values": pack_counts(tests, [BY_SIDE]),
        },
        {
            "name": "munitions",
            "short": "Shells delivered",
            "label": "Munitions that the DPRK delivers to Russia",
            "unit": "million rounds",
            "kind": "number",
            "given": "",
            "headline": True,
            "needs": "",
            "values": pack_numbers(np.tile(shells, (sides, 1)), "u2", [BY_SIDE]),
        },
    ]
    header["series"] = _series(rng, quantiles, sides)
    header["happened"] = [
        {
            "phrase": name,
            "label": label + text,
            "month": _pack_months(_months(rng, happen[outcome])),
        }
        for name, label, outcome in (
            ("soldiers_sent", "DPRK soldiers are sent", "soldiers"),
            ("ceasefire", "A ceasefire in Ukraine", "peace"),
            ("nuclear_test", "A nuclear test", "nuclear"),
        )
    ]
    header["choices"] = [
        {
            "kind": kind,
            "actor": actor,
            "towards": towards,
            "label": label,
            "unit": "a year",
            "pairs": [_pair(actor)] * (sides - 1),
            "values": pack_numbers(
                np.array([high, low, low])[:sides, None] * (0.5 + quantiles[3][:CHOICE_WORLDS])
            ),
        }
        for kind, actor, towards, label, low, high in _CHOICES
    ]
    header["stress"] = _stress(sides)
    header["stories"] = _stories(rng, worlds, sides)
    header["glossary"] = {
        "interval": "If other worlds were simulated, 95 of 100 such intervals would cover the "
        "value over very many worlds. It says nothing about whether the assumptions are right.",
        "world": "One simulated history: eight states act month by month under one set of numbers.",
        "quantile": "Where this world's number lies between the lowest and the highest.",
    }
    return header


_SIDES = (("pact", "The pact"), ("no_pact", "No pact"), ("consultation", "Consultation only"))


def _side(name: str, title: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "question": "Who is safer for the pact, and who is drawn into whose war?",
        "seed": 1,
        "scenario": {"digest": "3fa9c1d0", "changed": []},
        "start": "2024-06-19",
    }


def _pair(actor: str) -> dict[str, Any]:
    """Return what the choice of an actor is between two scenarios."""
    role = "member" if actor in {"dprk", "russia"} else "adversary"
    return {"role": role, "via": [{"label": "Russia", "share": 0.66}]}


def _assumption(i: int, quantile: NDArray[np.float64]) -> dict[str, Any]:
    key, label, unit, low, high = _ASSUMPTIONS[i]
    return {
        "key": key,
        "label": label,
        "meaning": f"{label}, as it is estimated from the record of two centuries.",
        "unit": unit,
        "low": low,
        "high": high,
        "cuts": [low + (high - low) / 3, low + 2 * (high - low) / 3],
        "owner": "",
        "clear": True,
        "effects": [{"outcome": "wider", "side": 0, "low": 0.08 + i / 200, "high": 0.22 - i / 200}],
        "quantile": pack_quantiles(quantile),
    }


def _happens(
    i: int, draw: NDArray[np.float64], quantiles: NDArray[np.float64], sides: int
) -> NDArray[np.bool_]:
    """Return an outcome, (side, world): likelier where assumptions i and i + 3 are high."""
    *_, with_, without = _OUTCOMES[i]
    lift = 0.6 + 0.5 * quantiles[i] + 0.3 * quantiles[(i + 3) % len(quantiles)]
    return np.stack([draw < rate * lift for rate in (with_, without, without)[:sides]])


def _months(rng: np.random.Generator, happens: NDArray[np.bool_]) -> NDArray[np.int64]:
    month = rng.integers(1, MONTHS + 1, happens.shape[1])
    return np.where(happens, month, NEVER)


def _series(
    rng: np.random.Generator, quantiles: NDArray[np.float64], sides: int
) -> list[dict[str, Any]]:
    worlds = quantiles.shape[1]
    steps = rng.normal(0, 0.02, (worlds, MONTHS)).cumsum(axis=1)
    tension = np.stack([0.4 + 0.2 * quantiles[8][:, None] + steps + 0.05 * s for s in range(sides)])
    first = rng.integers(1, 80, worlds)[:, None]
    month = np.arange(1, MONTHS + 1)
    soldiers = np.where(month >= first, 10 * quantiles[3][:, None], 0)
    return [
        {
            "name": "tension",
            "label": "Tension in Korea",
            "unit": "0 calm, 1 at the edge of war",
            "takeaway": "Tension hardly depends on the treaty",
            "values": pack_numbers(tension.clip(0, 1), "u1", [BY_MONTH, BY_SIDE]),
        },
        {
            "name": "soldiers",
            "label": "DPRK soldiers in the war",
            "unit": "thousand",
            "takeaway": "Soldiers come under the pact alone",
            "values": pack_numbers(
                np.stack([soldiers * (s == 0) for s in range(sides)]), "u1", [BY_MONTH, BY_SIDE]
            ),
        },
    ]


def _pack_months(months: NDArray[np.int64]) -> PackedArray:
    return PackedArray(months.astype(np.uint8), "u1", missing=NEVER)


def _stress(sides: int) -> dict[str, Any]:
    """Return a matrix in which who comes depends on nothing but the place in the table."""
    rivals = [("dprk", "rok"), ("rok", "dprk"), ("usa", "dprk"), ("japan", "russia")]
    aid = [
        [
            [_levels(c, helped, a, actor in pair) for a, actor in enumerate(_ACTORS)]
            for helped in (0, 1)
        ]
        for c, pair in enumerate(rivals)
    ]
    return {
        "worlds": 250,
        "months": 12,
        "actors": [{"code": actor, "name": _NAMES[actor]} for actor in _ACTORS],
        "levels": ["none", "materiel", "troops", "war"],
        "crisis_sides": ["attacked", "attacker"],
        "openings": [
            {
                "name": f"{x}:{y}@war",
                "kind": "war",
                "attacker": x,
                "attacked": y,
                "label": f"{_NAMES[x]} attacks {_NAMES[y]}",
            }
            for x, y in rivals
        ],
        "sides": [{"aid": aid} for _ in range(sides)],
        "pairs": [
            {
                "aid": [[[[20 * (a % 3), a, 0, 0] for a in range(len(_ACTORS))]] * 2] * len(rivals),
                "rules": ["", "", "", "soldiers go to treaty partners"],
            }
            for _ in range(sides - 1)
        ],
    }


def _levels(crisis: int, helped: int, actor: int, is_rival: bool) -> list[int]:
    """Return the worlds of each level of aid, of 250."""
    comes = 0 if is_rival or (actor + crisis + helped) % 2 else (crisis * 7 + actor * 13) % 80 * 3
    return [250 - comes, comes - comes // 3, 0, comes // 3]


def _stories(rng: np.random.Generator, worlds: int, sides: int) -> dict[str, Any]:
    """Return the turning points of each side: six a world, of which the first three are shared."""
    shape, each = (sides, worlds), 6
    month = np.sort(rng.integers(1, MONTHS + 1, (*shape, each)), axis=2)
    what = rng.integers(0, len(_SENTENCES), (*shape, each))
    month[1:, :, :3], what[1:, :, :3] = month[0, :, :3], what[0, :, :3]
    month.sort(axis=2)
    chance = np.where(what == 0, NEVER, rng.integers(1, 250, what.shape)).astype(np.uint8)
    return {
        "sentences": [
            {"text": text, "kind": kind, "calendar": kind == "force"} for kind, text in _SENTENCES
        ],
        "reasons": ["", "debt to the DPRK", "a rival's new treaty"],
        "sides": [
            {
                "rows": pack_counts(np.full(worlds, each)),
                "month": pack_counts(month[side].ravel()),
                "sentence": pack_counts(what[side].ravel()),
                "chance": PackedArray(chance[side].ravel(), "u1", 1 / 250, missing=NEVER),
                "reason": pack_counts(rng.integers(0, 3, worlds * each)),
            }
            for side in range(sides)
        ],
    }


_SENTENCES = (
    ("force", "The treaty enters into force."),
    ("troops_sent", "The DPRK sends soldiers to Russia."),
    ("home_soil", "Ukraine carries the war onto the territory of Russia, which began it."),
    ("technology", "Russia transfers technology for air defence, jamming or drones."),
    ("nuclear_test", "The DPRK tests a nuclear weapon."),
    (
        "honoured",
        "The DPRK honours its defence commitment to Russia and decides on deniable troops.",
    ),
)
