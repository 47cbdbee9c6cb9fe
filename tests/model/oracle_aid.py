"""An oracle of mutual aid in one world: who would aid whom, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sim.scenario.schema.treaties import Obligation, TreatySpec
from tests import oracle
from tests.model.one_world import World, once
from tests.oracle import OPEN_WAR

Chances = tuple[float, float, float]
_ASIDE = {Obligation.NONAGGRESSION, Obligation.NEUTRALITY}


class Fight(NamedTuple):
    """One side of a fight: its strength, allies at open war, chance of a nuclear power on it."""

    strength: float
    allies: float
    nuclear: float


class Plea(NamedTuple):
    """A partner's call: its opponent, and how the war began."""

    partner: str
    opponent: str
    rivalry: str
    began: bool
    home_soil: bool
    nuclear: float


def allies(world: World, partner: str, rivalry: str) -> Iterator[str]:
    """Yield the actors with a commitment of aid or consultation to a partner, rivals excluded."""
    for ally in world.codes:
        promised = [
            _aid(spec, rivalry) or Obligation.CONSULTATION in spec.obligations
            for _, spec in _owed(world, ally, partner)
        ]
        if ally not in world.rivals(rivalry) and any(promised):
            yield ally


def pledges(world: World, ally: str, plea: Plea) -> Iterator[oracle.Pledge]:
    """Yield what an ally's treaties owe a partner that calls."""
    for code, spec in _owed(world, ally, plea.partner):
        owes = _owes(spec, plea)
        if owes:
            yield oracle.Pledge(owes, world.binding(code))


def _owes(spec: TreatySpec, plea: Plea) -> str:
    aid = _aid(spec, plea.rivalry)
    if not aid:
        return "consultation" if Obligation.CONSULTATION in spec.obligations else ""
    excused = spec.conditional and aid != "offence" and plea.began and not plea.home_soil
    if excused:
        return "aid_not_due"
    signed = spec.signatories or 2
    return "aid_due_two" if len(spec.parties) == 2 and signed == 2 else "aid_due_more"


@once
def standing(world: World, ally: str, rivalry: str) -> str:
    """Return the class of an actor that owes nothing."""
    if world.of("major_power", ally):
        return "major_power"
    near = any(world.of("contiguous", ally, rival) for rival in world.rivals(rivalry))
    return "neighbour" if near else "bystander"


def beside(world: World, ally: str, plea: Plea) -> float:
    """Return the log-odds that an ally's case adds to what it owes."""
    return oracle.departure(world.honour, _case(world, ally, plea))


@once
def _case(world: World, ally: str, plea: Plea) -> dict[str, float]:
    partner = plea.partner
    prior = world.rules("memory")["prior_mean"]
    return {
        "own_quarrel": world.of("own_quarrels", ally, plea.opponent),
        "joint_dispute": world.of("joint_disputes", ally, partner),
        "worth": world.of("worth", ally, partner) + world.grateful(ally, partner),
        "reputation": oracle.belief(*world.belief(partner, ally)) - prior,
        "nuclear": plea.nuclear,
        "stationed": world.of("stationed", ally, partner),
        "busy": any(world.fights(r, ally) for r in world.scenario.rivalries if r != plea.rivalry),
        "successor": 0.0,  # nobody's supporters change here
        "payment": 0.0,  # nobody pays anybody here, nor drills with anybody
        "credibility": 0.0,
    }


@once
def chances(world: World, ally: str, plea: Plea, error: float = 0.0) -> Chances:
    """Return the chances of materiel, troops and open war."""
    owed = list(pledges(world, ally, plea))
    return _ladder(world, ally, plea, owed, beside(world, ally, plea) + error)


def chances_without_promise(world: World, ally: str, plea: Plea) -> Chances:
    """Return the chances had the ally promised nothing and no reputation to lose."""
    name = world.honour["reputation"] * _case(world, ally, plea)["reputation"]
    return _ladder(world, ally, plea, [], beside(world, ally, plea) - name)


@once
def chances_in_record(world: World, ally: str, plea: Plea) -> Chances:
    """Return the chances under the treaties of the record, before anything else came to pass."""
    start = world.scenario.start
    owed = [
        oracle.Pledge(owes, 1.0)
        for _, spec in _owed(world, ally, plea.partner)
        if (owes := _owes(spec, plea)) and _stood(spec, start)
    ]
    case = _case(world, ally, plea) | {"reputation": 0.0}
    case["worth"] = world.of("worth_before", ally, plea.partner)
    case["stationed"] = world.of("stationed_before", ally, plea.partner)
    levels = [
        (
            oracle.owed(world.answers, world.honour, p.owes, standing(world, ally, plea.rivalry))[
                2
            ],
            p,
        )
        for p in owed
    ]
    owes = (
        max(levels, key=lambda pair: pair[0])[1].owes
        if levels
        else standing(world, ally, plea.rivalry)
    )
    case["busy"] = world.answers[owes]["other_war"]
    return _ladder(world, ally, plea, owed, oracle.departure(world.honour, case))


def _ladder(
    world: World, ally: str, plea: Plea, owed: list[oracle.Pledge], departure: float
) -> Chances:
    rank = standing(world, ally, plea.rivalry)
    levels = oracle.levels_bound(world.answers, world.honour, owed, rank)
    return oracle.ladder(levels, departure, bool(world.of("stationed", ally, plea.partner)))


def _ended(spec: TreatySpec, day: date) -> bool:
    return spec.ends is not None and spec.ends <= day


def peace(world: World, first: str, second: str) -> float:
    """Return how far treaties bind two actors not to fight each other."""
    bound = [
        world.binding(code)
        for code, spec in world.scenario.treaties.items()
        if {first, second} <= set(spec.parties) and _ASIDE & set(spec.obligations)
    ]
    return max(bound, default=0.0)


def call(world: World, partner: str, rivalry: str, side: int) -> Plea:
    """Return the call of a partner at open war on a side."""
    began = world.began(rivalry, side)
    principal = partner in world.rivals(rivalry)
    struck = began and principal and bool(world.war(rivalry).home_soil[world.at])
    nuclear = any(
        world.of("nuclear", who) and world.level(rivalry, 1 - side, who) == OPEN_WAR
        for who in world.codes
    )
    opponent = world.rivals(rivalry)[1 - side]
    return Plea(partner, opponent, rivalry, began, struck, float(nuclear))


def strength(world: World, rivalry: str, side: int) -> float:
    """Return the strength of a side of a war."""
    return sum(_part(world, rivalry, side, who) for who in world.codes)


def _part(world: World, rivalry: str, side: int, who: str) -> float:
    level, principal = world.level(rivalry, side, who), world.rivals(rivalry)[side]
    arriving = world.of("reach", who, principal)
    if who == principal:
        arriving = _principal_share(world, rivalry, side, who)
    part = world.honour["materiel_strength"], world.honour["troops_strength"] * arriving, arriving
    return world.of("capability", who) * (0.0, *part)[level]


def _principal_share(world: World, rivalry: str, side: int, who: str) -> float:
    """Return what is left and present of a principal: less losses, distance and its guard."""
    war = world.war(rivalry)
    left = 1 - float(war.strength_lost[side, world.at])
    if not world.began(rivalry, side):
        return left
    guard = world.rules("war")["guard"] * bool(war.home_soil[world.at])
    return left * world.of("reach", who, world.against(who, rivalry)) * (1 - guard)


def _owed(world: World, ally: str, partner: str) -> Iterator[tuple[str, TreatySpec]]:
    for code, spec in world.scenario.treaties.items():
        protected = spec.protects or spec.parties
        if ally != partner and ally in spec.parties and partner in protected:
            yield code, spec


def expected(
    world: World, partner: str, rivalry: str, attacks: bool, observer: str, begins: float
) -> Fight:
    """Return a side as an observer expects it; it begins a war with chance `begins`."""
    helpers = {
        ally: oracle.uncertain(*expected_chances(world, ally, partner, rivalry, observer), begins)
        for ally in allies(world, partner, rivalry)
    }
    return _helped(world, partner, _foreseen_strength(world, partner, rivalry, attacks), helpers)


def expected_chances(
    world: World, ally: str, partner: str, rivalry: str, observer: str
) -> tuple[Chances, Chances]:
    """Return the chances that an observer expects: if the partner begins, and if it does not."""
    error = oracle.trust(*world.belief(observer, ally)) + world.error(observer, ally)
    begun, attacked = (
        chances(world, ally, _foreseen_plea(world, partner, rivalry, began), error)
        for began in (True, False)
    )
    return begun, attacked


def recorded_chances(
    world: World, ally: str, partner: str, rivalry: str
) -> tuple[Chances, Chances]:
    """Return the same chances in the historical record."""
    begun, attacked = (
        chances_in_record(world, ally, _foreseen_plea(world, partner, rivalry, began))
        for began in (True, False)
    )
    return begun, attacked


def recorded(world: World, partner: str, rivalry: str, attacks: bool, begins: float) -> Fight:
    """Return a side as it was in the historical record."""
    helpers = {
        ally: oracle.uncertain(*recorded_chances(world, ally, partner, rivalry), begins)
        for ally in allies(world, partner, rivalry)
    }
    return _helped(world, partner, _foreseen_strength(world, partner, rivalry, attacks), helpers)


def bound_in_any_war(world: World, ally: str, partner: str, rivalry: str) -> float:
    """Return how far an ally is bound even to a partner that begins the war."""
    return max(
        (
            world.binding(code)
            for code, spec in _owed(world, ally, partner)
            if _unconditional(spec, rivalry)
        ),
        default=0.0,
    )


def _stood(spec: TreatySpec, start: date) -> bool:
    return spec.signed is not None and spec.signed < start and not _ended(spec, start)


def was_bound_in_any_war(world: World, ally: str, partner: str, rivalry: str) -> bool:
    """Return whether it was so in the record."""
    start = world.scenario.start
    return any(
        _unconditional(spec, rivalry) and _stood(spec, start)
        for _, spec in _owed(world, ally, partner)
    )


def _unconditional(spec: TreatySpec, rivalry: str) -> bool:
    aid = _aid(spec, rivalry)
    return aid == "offence" or (aid == "defence" and not spec.conditional)


def _foreseen_plea(world: World, partner: str, rivalry: str, began: bool) -> Plea:
    opponent = world.against(partner, rivalry)
    return Plea(partner, opponent, rivalry, began, False, world.of("nuclear", opponent))


def _foreseen_strength(world: World, partner: str, rivalry: str, attacks: bool) -> float:
    return _alone(world, partner, world.against(partner, rivalry), attacks)


def _alone(world: World, who: str, towards: str, attacking: bool) -> float:
    return world.of("capability", who) * (world.of("reach", who, towards) if attacking else 1)


def _helped(world: World, partner: str, base: float, chances: dict[str, Chances]) -> Fight:
    strength, allies, spared = base, 0.0, 1 - world.of("nuclear", partner)
    for ally, (materiel, troops, war) in chances.items():
        arms = world.honour["materiel_strength"] * (materiel - troops)
        corps = world.honour["troops_strength"] * (troops - war) + war
        power = arms + corps * world.of("reach", ally, partner)
        strength += world.of("capability", ally) * power
        allies += war
        spared *= 1 - war * world.of("nuclear", ally)
    return Fight(strength, allies, 1 - spared)


def _aid(spec: TreatySpec, rivalry: str) -> str:
    """Return the furthest aid that a treaty promises in a theatre: offence, defence or none."""
    if spec.theatres and rivalry not in spec.theatres:
        return ""
    furthest = (Obligation.OFFENCE, Obligation.DEFENCE)
    return next((str(kind) for kind in furthest if kind in spec.obligations), "")
