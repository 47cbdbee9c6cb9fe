"""Any small scenario: a few actors, promises and quarrels thrown together without sense."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim.scenario.files.layers import Tree
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import Obligation
from tests.worlds import actor, number, quarrel, rivalry, shock, treaty, war

MONTHS = 8
OF_WAR = ("deterrence", "emboldenment", "mutual_defence", "chain_ganging", "joining", "memory")

shares = st.floats(0, 1)
levels = st.sampled_from(("none", "materiel", "troops", "war"))
obligations = st.sets(st.sampled_from([str(kind) for kind in Obligation]))


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """Return any small scenario that is consistent; its disputes come often and climb fast."""
    codes = [f"actor_{place}" for place in range(draw(st.integers(2, 5)))]
    actors = {code: draw(_actors(codes)) for code in codes}
    pairs = draw(st.lists(_pairs(codes), min_size=1, max_size=3, unique_by=frozenset))
    rivalries = {f"quarrel_{place}": draw(_rivalries(pair)) for place, pair in enumerate(pairs)}
    treaties: Tree = {}
    for place, parties in enumerate(draw(st.lists(_pairs(codes), max_size=4))):
        treaties[f"treaty_{place}"] = draw(_treaties(parties, [*treaties], [*rivalries]))
    wars = draw(_wars(rivalries, codes))
    return quarrel(
        months=MONTHS,
        seed=draw(st.integers(0, 2**32)),
        actors=actors,
        ties={},
        treaties=treaties,
        rivalries=rivalries,
        wars=wars,
        shocks=draw(_shocks(rivalries, wars)),
        mechanisms={name: draw(st.booleans()) for name in OF_WAR},
        **_hot(draw),
    )


ANSWERS = ("aid_due_two", "aid_due_more", "aid_not_due", "major_power", "neighbour", "bystander")
"""Classes of the record whose level varies from scenario to scenario."""


def _hot(draw: DrawFn) -> Tree:
    names = ("war__home_soil", "war__settles", "war__front_noise")
    hot: Tree = {f"rules__{name}": draw(shares) for name in names}
    eager = draw(st.booleans())  # allies that answer every call
    for owes in ANSWERS:
        likely = 5.0 if eager and owes.startswith("aid") else 10 * draw(shares) - 5
        hot[f"rules__answers__since_1946__{owes}__open_war"] = likely
    return hot | {"rules__honour__delay": number(1.0, 0.0, 3.0), "rules__join__spread": number(2.0)}


def _pairs(codes: list[str]) -> SearchStrategy[tuple[str, str]]:
    ordered = st.permutations(codes)
    return ordered.map(lambda order: (order[0], order[1]))


@st.composite
def _actors(draw: DrawFn, codes: list[str]) -> Tree:
    at = draw(st.tuples(st.integers(-90, 90), st.integers(-180, 180)))
    return actor(
        draw(st.sampled_from((0.0, 0.001, 0.05, 0.2))),
        at,
        vote=draw(st.floats(-2, 2)),
        warheads=draw(st.sampled_from((0, 10))),
        polyarchy=draw(shares),
        borders=tuple(draw(st.sets(st.sampled_from(codes), max_size=2))),
        major_power=draw(st.booleans()),
    )


@st.composite
def _rivalries(draw: DrawFn, pair: tuple[str, str]) -> Tree:
    onset, stake = draw(st.tuples(shares, shares)), draw(st.tuples(shares, shares))
    return rivalry(*pair, onset=onset, stake=stake, reciprocation=draw(shares))


@st.composite
def _treaties(
    draw: DrawFn, parties: tuple[str, str], older: list[str], theatres: list[str]
) -> Tree:
    signed = draw(st.dates(date(2020, 1, 1), date(2025, 6, 1)))
    more: dict[str, Any] = {
        "obligations": tuple(draw(obligations)),
        "signed": signed,
        "conditional": draw(st.booleans()),
        "concluded": draw(st.booleans()),
        "replaces": draw(st.sampled_from(["", *older])),
        "protects": draw(st.sampled_from([(), parties[:1]])),
        "theatres": tuple(draw(st.sets(st.sampled_from(theatres), max_size=1))),
        "ends": draw(st.none() | st.dates(signed, date(2026, 1, 1))),
    }
    if draw(st.booleans()):
        more["ratification"] = number(3, 0, 6)
    return treaty(*parties, **more)


@st.composite
def _wars(draw: DrawFn, rivalries: Tree, codes: list[str]) -> Tree:
    wars: Tree = {}
    for code in draw(st.sets(st.sampled_from([*rivalries]), max_size=1)):
        rivals = rivalries[code]["between"]
        helpers = [who for who in codes if who not in rivals]
        support = {
            who: {"side": draw(st.sampled_from(rivals)), "aid": draw(levels), "source": "disputes"}
            for who in (draw(st.sets(st.sampled_from(helpers))) if helpers else ())
        }
        wars[f"war_{code}"] = war(code, *rivals, support=support)
    return wars


@st.composite
def _shocks(draw: DrawFn, rivalries: Tree, wars: Tree) -> Tree:
    began = {war["rivalry"]: war["began_by"] for war in wars.values()}
    shocks: Tree = {}
    for place in range(draw(st.integers(0, 3))):
        code = draw(st.sampled_from([*rivalries]))
        kind = draw(st.sampled_from(("dispute", "home_soil_attack", "ceasefire")))
        who = draw(st.sampled_from(rivalries[code]["between"]))
        if kind == "home_soil_attack":
            who = began.get(code, who)
        rung = draw(st.sampled_from(("threat", "display", "force", "war")))
        month = draw(st.integers(1, MONTHS))
        shocks[f"shock_{place}"] = shock(kind, month, who, on=code, rung=rung)
    return shocks
