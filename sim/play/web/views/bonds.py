"""Who is bound to whom: commitments of the opening, and the wars and disputes of the news."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from sim.play.news import News, visible_to
from sim.play.room import Phase, Room
from sim.scenario.schema.scenario import Scenario
from sim.scenario.schema.treaties import AID_OBLIGATIONS

COMMITMENT, WAR, DISPUTE = "commitment", "war", "dispute"
_BEGINS = {"war": WAR, "challenge": DISPUTE}
_ENDS = frozenset({"peace", "ceasefire", "dies_down", "yield", "let_pass", "victory"})
Pair = frozenset[str]


def list_bonds(room: Room) -> list[tuple[str, str, str]]:
    """Return the pairs of delegations between which there is something, and what it is."""
    scenario = read_scenario(room)
    quarrels = follow_quarrels(_opening_wars(scenario), _known_news(room))
    bonds = [*((pair, COMMITMENT) for pair in _list_commitments(scenario)), *quarrels.items()]
    seats = list(room.seats)
    pairs = [(sorted(pair, key=seats.index), kind) for pair, kind in bonds if pair <= set(seats)]
    return [(first, second, kind) for (first, second), kind in pairs]


def read_scenario(room: Room) -> Scenario:
    """Return the scenario that a room plays."""
    return _read(room.setup.scenario)


@lru_cache(maxsize=16)
def _read(text: str) -> Scenario:
    return Scenario.model_validate_json(text)


def follow_quarrels(opening: dict[Pair, str], news: tuple[News, ...]) -> dict[Pair, str]:
    """Return the wars and disputes under way after some news."""
    quarrels = dict(opening)
    for each in news:
        pair = frozenset(each.actors[:2])
        if len(pair) == 2 and (begins := _BEGINS.get(each.event)):
            quarrels[pair] = WAR if quarrels.get(pair) == WAR else begins
        elif each.event in _ENDS:
            quarrels.pop(pair, None)
    return quarrels


def _known_news(room: Room) -> tuple[News, ...]:
    """Return what everybody knows, the months of a crisis that is being answered included."""
    unfinished = room.game.news if room.game and room.phase is Phase.CRISIS else ()
    return visible_to(room.news + unfinished)


def _opening_wars(scenario: Scenario) -> dict[Pair, str]:
    return {
        frozenset(scenario.rivalries[war.rivalry].between): WAR for war in scenario.wars.values()
    }


def _list_commitments(scenario: Scenario) -> list[Pair]:
    """Return who has promised whom aid, each pair once."""
    pairs = [
        frozenset(pair)
        for treaty in scenario.treaties.values()
        if treaty.concluded and treaty.signed and AID_OBLIGATIONS.intersection(treaty.obligations)
        for pair in combinations(treaty.parties, 2)
    ]
    return list(dict.fromkeys(pairs))
