"""The seats of a class: one delegation for each actor of the scenario, with goals of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.errors import RequestError
from sim.play.words import fill, load_game_phrases
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Scenario

_MOST_GOALS = 3
_LEAST_WORTH = 0.1
"""Worth of another's fate from which on it makes a goal."""


@dataclass(frozen=True)
class Goal:
    """What a delegation wants; there is no score.

    Attributes:
        text: the goal, in a sentence.
        gauge: the id of the gauge that it can be read from; empty if there is none.
    """

    text: str
    gauge: str = ""


@dataclass(frozen=True)
class Seat:
    """One delegation.

    Attributes:
        code: the code of the actor.
        name: its name.
        goals: what it wants, two or three.
    """

    code: str
    name: str
    goals: tuple[Goal, ...] = ()


def deal_seats(scenario: Scenario, codes: Sequence[str] = ()) -> tuple[Seat, ...]:
    """Return the seats of a scenario, in the order of its actors.

    Args:
        scenario: the scenario.
        codes: the actors that are played; empty for all.

    Raises:
        RequestError: there is no such actor.
    """
    for code in codes:
        if code not in scenario.actors:
            nearest = find_nearest_name(code, scenario.actors)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            allowed = ", ".join(scenario.actors)
            raise RequestError(f"seat {code!r}: no actor{hint}\n    allowed: {allowed}")
    return tuple(
        Seat(code, actor.name, _goals(scenario, code))
        for code, actor in scenario.actors.items()
        if not codes or code in codes
    )


def _goals(scenario: Scenario, code: str) -> tuple[Goal, ...]:
    """Return the goals of an actor: from its highest stake, its closest tie, its institutions."""
    ally = _closest(scenario, code)
    found = [
        next(_from_stakes(scenario, code), _goal(scenario, "safe")),
        *([_goal(scenario, *ally)] if ally else ()),
        *_from_institutions(scenario, code, ally[1] if ally else ""),
    ]
    return tuple(found[:_MOST_GOALS])


def _from_stakes(scenario: Scenario, code: str) -> Iterator[Goal]:
    """Yield a goal for each war of an actor, then for each rivalry, the highest stake first."""
    own = {name: it for name, it in scenario.rivalries.items() if code in it.between}
    at_war = {war.rivalry for war in scenario.wars.values()}
    ranked = sorted(own, key=lambda name: (name not in at_war, -own[name].stake[code].value))
    for name in ranked:
        other = next(rival for rival in own[name].between if rival != code)
        kind, gauge = ("war", f"front_{name}") if name in at_war else ("rivalry", "")
        yield _goal(scenario, kind, other, gauge)


def _closest(scenario: Scenario, code: str) -> tuple[str, str] | None:
    """Return whom an actor values most; where it values nobody, who values it most."""
    worth = {other: _worth(scenario, code, other) for other in scenario.actors}
    valued = {other: _worth(scenario, other, code) for other in scenario.actors}
    for kind, measure in (("ally", worth), ("friend", valued)):
        if any(measure.values()):
            return kind, max(measure, key=lambda other: measure[other])
    return None


def _worth(scenario: Scenario, who: str, towards: str) -> float:
    """Return what the fate of another is worth to an actor; 0 where it is little."""
    tie = scenario.ties.get(who, {}).get(towards)
    worth = tie.worth.value if tie and tie.worth else 0.0
    return worth if worth >= _LEAST_WORTH else 0.0


def _from_institutions(scenario: Scenario, code: str, ally: str) -> Iterator[Goal]:
    if scenario.actors[code].programme:
        yield _goal(scenario, "programme", gauge=f"programme_{code}")
    for name, patronage in scenario.patronages.items():
        if patronage.patron == code and patronage.client != ally:
            yield _goal(scenario, "patron", patronage.client, f"dependence_{name}")
    for name, bloc in scenario.blocs.items():
        if code in bloc.members:
            yield _goal(scenario, "bloc", gauge=f"coordination_{name}", about=name)


def _goal(
    scenario: Scenario, kind: str, towards: str = "", gauge: str = "", about: str = ""
) -> Goal:
    template = load_game_phrases()["goals"][kind]
    return Goal(fill(template, scenario, towards=towards, about=about), gauge)
