"""An oracle of mutual aid in one world: who would aid whom, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.scenario.schema.treaties import Obligation, TreatySpec
from tests import oracle
from tests.model.one_world import World
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
    own: float
    other: float
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


def pledges(world: World, ally: str, partner: str, rivalry: str) -> Iterator[oracle.Pledge]:
    """Yield an ally's commitments to a partner in a theatre."""
    for code, spec in _owed(world, ally, partner):
        consults = Obligation.CONSULTATION in spec.obligations
        aid = _aid(spec, rivalry)
        yield oracle.Pledge(world.binding(code), aid, consults, spec.conditional)


def willing(world: World, ally: str, plea: Plea) -> float:
    """Return the log-odds that an ally, judging alone, gives any aid."""
    partner, home = plea.partner, world.of("capability", ally)
    arriving = home * world.of("reach", ally, partner)
    pledged = list(pledges(world, ally, partner, plea.rivalry))
    bound_anyway = any(p.aid and not p.excuses and p.binding > 0 for p in pledged)
    case = {
        "promise": oracle.promise(world.honour, pledged, plea.began, plea.home_soil),
        "home_soil": plea.home_soil,
        "began": plea.began and not bound_anyway,
        "worth": world.of("worth", ally, partner) + world.grateful(ally, partner),
        "marginal": oracle.win(plea.own + arriving, plea.other) - oracle.win(plea.own, plea.other),
        "reputation": oracle.belief(*world.belief(partner, ally)),
        "opposition": oracle.win(plea.other, plea.own + arriving),
        "nuclear": plea.nuclear,
        "distance": world.of("distance", ally, partner),
        "stationed": world.of("stationed", ally, partner),
        "busy": any(world.fights(r, ally) for r in world.scenario.rivalries if r != plea.rivalry),
        "standing_aside": peace(world, ally, plea.opponent),
        "major_power": world.of("major_power", ally),
        "autocracy": world.of("autocracy", ally),
        "payment": 0.0,  # nobody pays anybody here, nor drills with anybody
        "credibility": 0.0,
    }
    return oracle.willing(world.honour, case)


def without_promise(world: World, ally: str, plea: Plea, willing: float) -> float:
    """Return an ally's willingness had it no commitment and no reputation to lose."""
    pledged = list(pledges(world, ally, plea.partner, plea.rivalry))
    promised = oracle.promise(world.honour, pledged, plea.began, plea.home_soil)
    name = oracle.belief(*world.belief(plea.partner, ally))
    return willing - promised + world.honour["unpromised"] - world.honour["reputation"] * name


def in_company(world: World, plea: Plea) -> dict[str, float]:
    """Return the willingness of each ally where all are called at once."""
    alone = {ally: willing(world, ally, plea) for ally in allies(world, plea.partner, plea.rivalry)}
    war = {ally: ladder(world, ally, plea.partner, odds)[2] for ally, odds in alone.items()}
    load, passing = sum(war.values()), world.honour["buck_passing"]
    return {
        ally: oracle.in_company(odds, [load - war[ally]], passing) for ally, odds in alone.items()
    }


def ladder(world: World, ally: str, partner: str, willing: float) -> Chances:
    """Return the chances of materiel, troops and open war."""
    cuts = world.honour["cut_troops"], world.honour["cut_war"]
    return oracle.ladder(willing, *cuts, bool(world.of("stationed", ally, partner)))


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
    own, other = strength(world, rivalry, side), strength(world, rivalry, 1 - side)
    nuclear = any(
        world.of("nuclear", who) and world.level(rivalry, 1 - side, who) == OPEN_WAR
        for who in world.codes
    )
    opponent = world.rivals(rivalry)[1 - side]
    return Plea(partner, opponent, rivalry, began, struck, own, other, float(nuclear))


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


def expected(world: World, partner: str, rivalry: str, began: bool, observer: str) -> Fight:
    """Return a side as an observer expects it."""
    opponent = world.against(partner, rivalry)
    base = _alone(world, partner, opponent, began), _alone(world, opponent, partner, not began)
    plea = Plea(partner, opponent, rivalry, began, False, *base, world.of("nuclear", opponent))
    chances = {
        ally: ladder(world, ally, partner, odds + oracle.trust(*world.belief(observer, ally)))
        for ally, odds in in_company(world, plea).items()
    }
    return _helped(world, partner, base[0], chances)


def recorded(world: World, partner: str, rivalry: str, began: bool) -> Fight:
    """Return a side as it was in the historical record."""
    came = (world.challenge["reference_help"],) * 3
    start = world.scenario.start
    chances = {
        ally: came
        for ally in allies(world, partner, rivalry)
        for _, spec in _owed(world, ally, partner)
        if _aid(spec, rivalry)
        and spec.signed < start
        and (spec.ends is None or spec.ends > start)
        and not (began and spec.conditional and _aid(spec, rivalry) == "defence")
    }
    base = _alone(world, partner, world.against(partner, rivalry), began)
    return _helped(world, partner, base, chances)


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
