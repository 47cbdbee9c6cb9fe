"""An oracle of the decisions in a dispute or a war, for one world."""

from __future__ import annotations

from sim.model.entities.rivalry import FORCE
from tests import oracle
from tests.model import oracle_aid
from tests.model.one_world import World
from tests.model.oracle_aid import Fight


def challenge(world: World, who: str, rivalry: str) -> float:
    """Return the log-odds that a rival challenges the other this month."""
    other, rules = world.against(who, rivalry), world.challenge
    stake, cost = world.about(rivalry, "stake", who), rules["dispute_cost"]
    own, theirs = foreseen(world, who, rivalry)
    usual_own, usual_theirs = recorded(world, who, rivalry)
    resisted = oracle.chance(resist(world, other, rivalry, observer=who))
    winning = oracle.win(own.strength, theirs.strength)
    value = oracle.challenge_value(stake, winning, resisted, cost)
    winning = oracle.win(usual_own.strength, usual_theirs.strength)
    usual = oracle.challenge_value(stake, winning, world.about(rivalry, "reciprocation"), cost)
    better = value - usual - rules["nuclear_dread"] * (theirs.nuclear - usual_theirs.nuclear)
    record = world.about(rivalry, "onset_chance", who)
    rationality = world.choice["rationality"]
    return oracle.challenge(record, rationality, better, _habit(world, who, rivalry))


def resist(world: World, who: str, rivalry: str, observer: str) -> float:
    """Return the log-odds that a rival resists the other, as an observer estimates them."""
    attacker = world.against(who, rivalry)
    theirs, own = foreseen(world, attacker, rivalry, observer)
    usual_theirs, usual_own = recorded(world, attacker, rivalry)
    return oracle.stand(
        world.about(rivalry, "reciprocation"),
        world.choice["rationality"],
        world.about(rivalry, "stake", who),
        oracle.win(own.strength, theirs.strength),
        oracle.win(usual_own.strength, usual_theirs.strength),
    )


def climb(world: World, who: str, rivalry: str) -> float:
    """Return the log-odds that a rival escalates: to war, where force is used already."""
    if world.about(rivalry, "rung") == FORCE:
        return go_to_war(world, who, rivalry)
    own, theirs = foreseen(world, who, rivalry)
    usual_own, usual_theirs = recorded(world, who, rivalry)
    return oracle.stand(
        world.escalate["climb"],
        world.choice["rationality"],
        world.about(rivalry, "stake", who),
        oracle.win(own.strength, theirs.strength),
        oracle.win(usual_own.strength, usual_theirs.strength),
    )


def go_to_war(world: World, who: str, rivalry: str) -> float:
    """Return the log-odds that a rival goes from force to war."""
    rules = world.escalate
    own, theirs = foreseen(world, who, rivalry)
    winning = oracle.win(own.strength, theirs.strength)
    either = oracle.hazard(rules["war_given_force"], rules["dies"])
    record = either / 2 / max(world.about(rivalry, "reciprocation"), 0.05)
    costs = rules["war_cost"] * (0.5 - winning) + rules["nuclear"] * theirs.nuclear
    stake, sense = world.about(rivalry, "stake", who), world.choice["rationality"]
    return oracle.go_to_war(record, sense, stake, winning, costs, rules["pact"] * own.allies)


def foreseen(world: World, who: str, rivalry: str, observer: str = "") -> tuple[Fight, Fight]:
    """Return both sides of an attack, as an observer, by default the attacker, expects them."""
    observer, other = observer or who, world.against(who, rivalry)
    own, theirs = recorded(world, who, rivalry)
    switches = world.scenario.mechanisms
    if observer != who or switches.emboldenment:
        own = oracle_aid.expected(world, who, rivalry, True, observer)
    if observer != who or switches.deterrence:
        theirs = oracle_aid.expected(world, other, rivalry, False, observer)
    return own, theirs


def recorded(world: World, who: str, rivalry: str) -> tuple[Fight, Fight]:
    """Return both sides of an attack in the historical record."""
    other = world.against(who, rivalry)
    return oracle_aid.recorded(world, who, rivalry, True), oracle_aid.recorded(
        world, other, rivalry, False
    )


def join(world: World, who: str, rivalry: str) -> tuple[float, int]:
    """Return the chance that an actor without a commitment enters a war, and on which side."""
    war, one, other = world.war(rivalry), *world.rivals(rivalry)
    rules = world.rules("join")
    young = world.month - int(war.began_month[world.at]) < rules["spread"]
    promised = [
        pledge
        for rival in (one, other)
        for pledge in oracle_aid.pledges(world, who, rival, rivalry)
        if pledge.aid
    ]
    appeal = _appeal(world, who, rivalry)
    kept_out = world.fights(rivalry, who) or promised or not young or not war.on[world.at]
    if kept_out or not appeal or not world.of("capability", who):
        return 0.0, 0
    share = sum(world.of("capability", ally) for ally in world.codes if world.fights(rivalry, ally))
    near = world.of("borders", who, one) or world.of("borders", who, other)
    rank = "major_power" if world.of("major_power", who) else "other"
    record = rules["neighbour" if near else rank] / rules["spread"]
    odds = oracle.join(record, rules["contagion"], rules["threshold"], share)
    return oracle.chance(odds), int(appeal < 0)


def _appeal(world: World, who: str, rivalry: str) -> float:
    one, other = world.rivals(rivalry)
    first, second = oracle_aid.strength(world, rivalry, 0), oracle_aid.strength(world, rivalry, 1)
    own = world.of("capability", who)
    with_first = oracle.win(first + own * world.of("reach", who, one), second)
    with_second = oracle.win(second + own * world.of("reach", who, other), first)
    fond = world.fond(who, one), world.fond(who, other)
    return oracle.appeal(with_first, with_second, *fond)


def _habit(world: World, who: str, rivalry: str) -> float:
    """Return the terms of a challenge beside its value."""
    rules = world.challenge
    month, opened = world.month, world.about(rivalry, "opened")
    quiet = 1.0
    for rival in world.rivals(rivalry):
        quiet *= (1 - world.about(rivalry, "onset_chance", rival)) ** 12
    recently = (1.0 if month - opened <= 12 else 0.0) - (1 - quiet)
    peace = oracle_aid.peace(world, who, world.against(who, rivalry))
    return rules["recent_dispute"] * recently + rules["nonaggression"] * peace
