"""Who takes part in joint decisions, and who decides how much: occasions for `playable.py`.

A war is settled by two sides, an exercise held by all members of a bloc, the attacker's soil struck
with weapons that others supplied; sanctions depend on those who join and on those who enforce them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from sim.scenario.schema.scenario import Scenario

PACTS = ("defence", "consultation", "nonaggression")
"""The kinds of pact that two actors may conclude."""
_Names = tuple[str, str, str]
"""Who decides, towards whom and about what."""


def _members(scenario: Scenario) -> Iterator[_Names]:
    """Yield each member of each bloc."""
    for code, bloc in scenario.blocs.items():
        for member in bloc.members:
            yield member, "", code


def _neighbours(scenario: Scenario) -> Iterator[_Names]:
    """Yield each side of a rivalry between neighbours by land, towards the other."""
    for code, rivalry in scenario.rivalries.items():
        first, second = rivalry.between
        borders = scenario.actors[first].borders, scenario.actors[second].borders
        if second in borders[0] or first in borders[1]:
            yield first, second, code
            yield second, first, code


def _suppliers_of_neighbours(scenario: Scenario) -> Iterator[_Names]:
    """Yield who supplies a side of such a rivalry in its war."""
    for side, _, code in _neighbours(scenario):
        for exchange in scenario.exchanges.values():
            if (exchange.buyer, exchange.rivalry) == (side, code):
                yield exchange.supplier, side, code


def _partners(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may join a council's proposers in sanctions of their own."""
    for code, council in scenario.councils.items():
        led = (bloc for bloc in scenario.blocs.values() if bloc.members[0] in council.proposers)
        others = {member for bloc in led for member in bloc.members[1:]}
        for who in sorted(others - {*council.proposers, council.target}):
            yield who, council.target, code


def _enforcers(scenario: Scenario) -> Iterator[_Names]:
    """Yield on whom the sanctions of each council depend."""
    for code, council in scenario.councils.items():
        for who in council.enforcers:
            yield who, council.target, code


def _stocked_buyers(scenario: Scenario) -> Iterator[_Names]:
    """Yield whose munitions others supply."""
    for who in sorted({exchange.buyer for exchange in scenario.exchanges.values()}):
        yield who, "", ""


def _signers(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may conclude a pact with whom, by its kind."""
    for who in scenario.actors if scenario.mechanisms.treaties_move else ():
        for towards in scenario.actors:
            if towards != who:
                yield from ((who, towards, kind) for kind in PACTS)


def _parties(scenario: Scenario) -> Iterator[_Names]:
    """Yield who may leave which treaty that promises anything, concluded later ones included."""
    if not scenario.mechanisms.treaties_move:
        return
    for code, treaty in scenario.treaties.items():
        if treaty.obligations:
            yield from ((who, "", code) for who in treaty.parties)
    for code, pair in list_new_pacts(scenario.actors).items():
        yield from ((who, "", code) for who in pair)


def list_new_pacts(actors: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the pacts that any two actors may conclude, by code: the two, in the given order."""
    pairs = list(combinations(actors, 2))
    return {f"new_{kind}_{one}_{other}": (one, other) for one, other in pairs for kind in PACTS}


JOINT_OCCASIONS: dict[str, Callable[[Scenario], Iterator[_Names]]] = {
    "members": _members,
    "neighbours": _neighbours,
    "suppliers of neighbours": _suppliers_of_neighbours,
    "partners": _partners,
    "enforcers": _enforcers,
    "stocked buyers": _stocked_buyers,
    "signers": _signers,
    "parties": _parties,
}
"""The lists of occasions, by the names that the table uses."""
