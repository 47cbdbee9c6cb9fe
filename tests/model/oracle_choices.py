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
    habit = _habit(world, who, rivalry) + _moral_hazard(world, who, rivalry)
    return oracle.challenge(record, rationality, better, habit)


def _moral_hazard(world: World, who: str, rivalry: str) -> float:
    """Return how much bolder allies make that come even to a partner that begins."""
    switches = world.scenario.mechanisms
    if not (switches.moral_hazard and switches.emboldenment):
        return 0.0
    bolder = 0.0
    for ally in oracle_aid.allies(world, who, rivalry):
        bound = oracle_aid.bound_in_any_war(world, ally, who, rivalry)
        was_bound = oracle_aid.was_bound_in_any_war(world, ally, who, rivalry)
        war = oracle_aid.expected_chances(world, ally, who, rivalry, who)[0][2]
        bolder += bound * war
        bolder -= was_bound * oracle_aid.recorded_chances(world, ally, who, rivalry)[0][2]
    return world.challenge["embolden"] * bolder


def _advice(world: World, who: str, rivalry: str) -> float:
    """Return what the allies of a target advise it in private."""
    if not world.scenario.mechanisms.advice:
        return 0.0
    begins, help_beyond = 1 - world.challenge["begins"], 0.0
    for ally in oracle_aid.allies(world, who, rivalry):
        now = oracle_aid.expected_chances(world, ally, who, rivalry, who)
        then = oracle_aid.recorded_chances(world, ally, who, rivalry)
        more = oracle.uncertain(*now, begins)[0] - oracle.uncertain(*then, begins)[0]
        quarrels = world.of("own_quarrels", ally, world.against(who, rivalry))
        help_beyond += more * (3 - quarrels) / 3
    return -world.challenge["advice"] * help_beyond


def resist(world: World, who: str, rivalry: str, observer: str) -> float:
    """Return the log-odds that a rival resists the other, as an observer estimates them."""
    attacker = world.against(who, rivalry)
    theirs, own = foreseen(world, attacker, rivalry, observer)
    usual_theirs, usual_own = recorded(world, attacker, rivalry)
    stands = oracle.stand(
        world.about(rivalry, "reciprocation"),
        world.choice["rationality"],
        world.about(rivalry, "stake", who),
        oracle.win(own.strength, theirs.strength),
        oracle.win(usual_own.strength, usual_theirs.strength),
    )
    return stands + (_advice(world, who, rivalry) if observer == who else 0.0)


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
    own, theirs = foreseen(world, who, rivalry, begins=1.0)
    winning = oracle.win(own.strength, theirs.strength)
    either = oracle.hazard(rules["war_given_force"], rules["dies"])
    record = either / 2 / max(world.about(rivalry, "reciprocation"), 0.05)
    costs = rules["war_cost"] * (0.5 - winning) + rules["nuclear"] * theirs.nuclear
    costs += rules["other_war"] * any(
        world.fights(elsewhere, who)
        for elsewhere in world.scenario.rivalries
        if elsewhere != rivalry
    )
    stake, sense = world.about(rivalry, "stake", who), world.choice["rationality"]
    return oracle.go_to_war(record, sense, stake, winning, costs, rules["pact"] * own.allies)


def foreseen(
    world: World, who: str, rivalry: str, observer: str = "", begins: float | None = None
) -> tuple[Fight, Fight]:
    """Return both sides of an attack, as an observer, by default the attacker, expects them."""
    observer, other = observer or who, world.against(who, rivalry)
    begins = world.challenge["begins"] if begins is None else begins
    own, theirs = recorded(world, who, rivalry)
    switches = world.scenario.mechanisms
    if observer != who or switches.emboldenment:
        own = oracle_aid.expected(world, who, rivalry, True, observer, begins)
    if observer != who or switches.deterrence:
        theirs = oracle_aid.expected(world, other, rivalry, False, observer, 1 - begins)
    return own, theirs


def recorded(world: World, who: str, rivalry: str) -> tuple[Fight, Fight]:
    """Return both sides of an attack in the historical record."""
    other, begins = world.against(who, rivalry), world.challenge["begins"]
    return oracle_aid.recorded(world, who, rivalry, True, begins), oracle_aid.recorded(
        world, other, rivalry, False, 1 - begins
    )


def intervene(world: World, who: str, rivalry: str, side: int) -> oracle_aid.Chances:
    """Return the chances this month that an onlooker sends arms, troops, or enters for a side."""
    war = world.war(rivalry)
    spread = world.rules("join")["spread"]
    young = world.month - int(war.began_month[world.at]) < spread
    kept_out = world.fights(rivalry, who) or not young or not war.on[world.at]
    if kept_out or not onlooker(world, who, rivalry) or world.level(rivalry, 1 - side, who):
        return 0.0, 0.0, 0.0
    plea = oracle_aid.call(world, world.rivals(rivalry)[side], rivalry, side)
    entered = sum(
        world.of("capability", other)
        for other in world.codes
        if world.fights(rivalry, other) and other not in world.rivals(rivalry)
    )
    pull = oracle.contagion(world.rules("join")["contagion"], 0.0, entered)
    eventually = oracle_aid.chances(world, who, plea, pull)
    materiel, troops, fights = (oracle.monthly_of(chance, spread) for chance in eventually)
    return materiel, troops, fights


def onlooker(world: World, who: str, rivalry: str) -> bool:
    """Return whether an actor is no principal of a war and owes neither of them anything."""
    owing = {a for rival in world.rivals(rivalry) for a in oracle_aid.allies(world, rival, rivalry)}
    return who not in {*world.rivals(rivalry), *owing}


def preferred_side(world: World, who: str, rivalry: str) -> float:
    """Return what joining the first side is worth rather than the second."""
    return _appeal(world, who, rivalry)


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
