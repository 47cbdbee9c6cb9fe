"""Every rule of decision told a second time: one world, plain numbers, no arrays.

Written from what the rules say and not from how the engine computes them; where there are two ways
to an equation, this takes the other one. Nothing of `sim.model` is used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import atan2, cos, exp, hypot, inf, log, log1p, radians, sin

SURE = 1e-9
EARTH = 6371.0088
NOTHING, MATERIEL, TROOPS, OPEN_WAR = 0, 1, 2, 3


# -- chances ------------------------------------------------------------------------------------


def chance(log_odds: float) -> float:
    """The probability that belongs to log-odds."""
    return 1 / (1 + exp(-log_odds)) if log_odds > 0 else exp(log_odds) / (exp(log_odds) + 1)


def log_odds(probability: float) -> float:
    """The log-odds of a probability, finite even for what is impossible or certain."""
    held = min(max(probability, SURE), 1 - SURE)
    return log(held) - log1p(-held)


def monthly(rate: float) -> float:
    """The chance in a month of what comes in a year with chance `rate`."""
    return -(exp(log1p(-min(max(rate, 0.0), 0.999)) / 12) - 1)


def hazard(eventually: float, ends: float) -> float:
    """The monthly chance of what comes `eventually` unless the spell `ends` first.

    The odds of coming before the end are the odds in a month over the chance of ending.
    """
    odds = inf if eventually == 1 else ends * eventually / (1 - eventually)
    return 1.0 if odds == inf else odds / (1 + odds)


def below(low: float, mode: float, high: float, figure: float) -> float:
    """The share of a triangular range that lies below `figure`."""
    if figure <= mode and mode > low:
        return (figure - low) ** 2 / ((high - low) * (mode - low))
    return 1 - ((high - figure) ** 2 / ((high - low) * (high - mode)) if high > mode else 0)


def loguniform(low: float, high: float, drawn: float) -> float:
    """The figure at quantile `drawn` when every ratio is alike."""
    return exp((1 - drawn) * log(low) + drawn * log(high))


def uniform(low: float, high: float, drawn: float) -> float:
    """The figure at quantile `drawn` when every number is alike."""
    return (1 - drawn) * low + drawn * high


# -- the globe ----------------------------------------------------------------------------------


def great_circle(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Km over the globe between two places in degrees, by the angle of the two directions."""
    (a, b), east = (radians(here[0]), radians(there[0])), radians(there[1] - here[1])
    across = hypot(cos(b) * sin(east), cos(a) * sin(b) - sin(a) * cos(b) * cos(east))
    along = sin(a) * sin(b) + cos(a) * cos(b) * cos(east)
    return EARTH * atan2(across, along)


def reach(km: float, half_distance: float) -> float:
    """What is left of strength over a distance: half of it after every half-distance."""
    return exp(-log(2) * km / half_distance)


# -- trials of strength -------------------------------------------------------------------------


def win(own: float, other: float) -> float:
    """Chance to prevail: the share of all strength in the fight; even when there is none."""
    return own / (own + other) if own or other else 0.5


def contest(stake: float, winning: float, cost: float) -> float:
    """A stake won or lost, less what fighting for it costs."""
    return winning * stake - (1 - winning) * stake - cost


def challenge_value(stake: float, winning: float, resisted: float, cost: float) -> float:
    """A challenge: the stake where it is let pass, a contest where it is resisted."""
    return resisted * contest(stake, winning, cost) + (1 - resisted) * stake


# -- the choices of a crisis, as log-odds -------------------------------------------------------


def challenge(record: float, rationality: float, better: float, habit: float) -> float:
    """Challenge: as in the record, and more where it is worth `better` than it was there."""
    return log(exp(log_odds(record)) * exp(rationality * better)) + habit


def stand(record: float, rationality: float, stake: float, winning: float, usual: float) -> float:
    """Resist a challenge, or climb a rung: by how much better one would fare than usual."""
    gain = contest(stake, winning, 0) - contest(stake, usual, 0)
    return log_odds(record) + rationality * gain


def go_to_war(
    record: float,
    rationality: float,
    stake: float,
    winning: float,
    costs: float,
    allies: float,
) -> float:
    """Go from force to war: as in even contests, dreading the costs, counting on allies."""
    return log_odds(record) + rationality * contest(stake, winning, 0) - costs + allies


# -- the mutual-defence rule --------------------------------------------------------------------


WEAKER = {
    "aid_due_two": ("aid_not_due", "consultation"),
    "aid_due_more": ("aid_not_due", "consultation"),
    "aid_not_due": ("consultation",),
    "consultation": (),
}
MEANS = {
    "own_quarrels": "own_quarrel",
    "joint_disputes": "joint_dispute",
    "worth": "worth",
    "nuclear_opponent": "nuclear",
    "other_war": "busy",
}
SPEAKS_AGAINST = ("nuclear", "busy", "successor")

Rates = dict[str, dict[str, float]]
Levels = tuple[float, float, float]
"""Log-odds of at least materiel, of at least troops, and of open war, where nothing else counts."""


@dataclass(frozen=True)
class Pledge:
    """What one treaty owes in one call: its class, and how far it binds: 1 in force, else less."""

    owes: str
    binding: float


def binding(
    month: int, signed: float, force: float, end: float, signed_only: float, concluded: bool
) -> float:
    """How far a treaty binds in a month."""
    if not concluded or month < signed or month >= end:
        return 0.0
    return 1.0 if month >= force else signed_only


def levels_at_zero(rates: Rates, rules: Mapping[str, float], owes: str) -> Levels:
    """The record of a class, carried from its mean circumstances to where there are none."""
    record = rates[owes]
    usual = sum(
        (-1 if name in SPEAKS_AGAINST else 1) * rules[name] * record[mean]
        for mean, name in MEANS.items()
    )
    war = record["open_war"] - usual
    return war + record["troops"] + record["materiel"], war + record["troops"], war


def owed(rates: Rates, rules: Mapping[str, float], owes: str, standing: str) -> Levels:
    """The record of a promise; arms and troops come no less than from one who owes less."""
    own = levels_at_zero(rates, rules, owes)
    less = [levels_at_zero(rates, rules, other) for other in (*WEAKER[owes], standing)]
    return max(own[0], *(one[0] for one in less)), max(own[1], *(one[1] for one in less)), own[2]


def levels_bound(
    rates: Rates, rules: Mapping[str, float], pledges: Iterable[Pledge], standing: str
) -> Levels:
    """The record of the firmest promise that binds; half bound is half way from none."""
    none = levels_at_zero(rates, rules, standing)
    bound = [pledge for pledge in pledges if pledge.binding > 0]
    if not bound:
        return none
    firmest = max(bound, key=lambda p: (owed(rates, rules, p.owes, standing)[2], p.binding))
    full, share = owed(rates, rules, firmest.owes, standing), firmest.binding
    mixed = [(1 - share) * a + share * b for a, b in zip(none, full, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def departure(rules: Mapping[str, float], case: Mapping[str, float]) -> float:
    """What speaks for aid less what speaks against it, beside what is owed."""
    speaks_for = ("own_quarrel", "joint_dispute", "worth", "reputation", "payment", "stationed")
    return (
        sum(rules[name] * case[name] for name in speaks_for)
        + case["credibility"]
        - sum(rules[name] * case[name] for name in SPEAKS_AGAINST)
    )


def ladder(levels: Levels, beside: float, stationed: bool) -> tuple[float, float, float]:
    """Chances of at least materiel, of troops, of open war; all one where troops are in place."""
    reached = (levels[2],) * 3 if stationed else levels
    return chance(reached[0] + beside), chance(reached[1] + beside), chance(reached[2] + beside)


def uncertain(begun: Levels, attacked: Levels, begins: float) -> Levels:
    """Chances of aid where nobody knows who will begin the war."""
    mixed = [begins * a + (1 - begins) * b for a, b in zip(begun, attacked, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def answer(ladder: tuple[float, float, float], luck: float) -> int:
    """How far it goes: the highest level whose chance its luck does not pass."""
    return max((level for level, at in enumerate(ladder, 1) if luck < at), default=NOTHING)


# -- joining, war and memory --------------------------------------------------------------------


def monthly_of(eventually: float, months: float) -> float:
    """The chance in a month of what comes within some months with a chance."""
    return -(exp(log1p(-eventually) / months) - 1)


def contagion(weight: float, threshold: float, share: float) -> float:
    """What the size of a war adds for those outside it."""
    return weight * share - weight * threshold


def appeal(with_first: float, with_second: float, fond_first: float, fond_second: float) -> float:
    """Joining the first side rather than the second: what it changes, times whom one prefers."""
    return (with_first - (1 - with_second)) * (fond_first - fond_second)


def settle(
    rules: dict[str, float],
    weariness: tuple[float, float],
    front: float,
    strengths: tuple[float, float],
) -> float:
    """Log-odds of peace: the wearier both, the more even the front, the more unequal the sides."""
    tired = rules["weary"] * (sum(weariness) / 2 - 0.5)
    hopeless = rules["imbalance"] * (abs(win(*strengths) - win(*reversed(strengths))) - 1 / 3)
    return log_odds(rules["settles"]) + tired - rules["deadlock"] * abs(front) + hopeless


def front_after(front: float, own: float, other: float, speed: float, fortune: float) -> float:
    """Where the front stands after a month: pushed by the stronger, and by fortune, within bounds.

    `own` is the strength of the side that began the war, `fortune` in shares of the front.
    """
    pushed = front + speed * (win(own, other) - win(other, own)) + fortune
    return max(-1.0, min(1.0, pushed))


def weariness_after(
    spent: float, own: float, other: float, month: float, yearly_loss: float, of_loss: float
) -> float:
    """How much patience is spent after a month: a share of what is left goes, more with losses.

    A side loses the faster the larger the share of all strength that stands against it.
    """
    goes = month + of_loss * yearly_loss / 12 * win(other, own)
    return 1 - (1 - spent) * (1 - min(max(goes, 0.0), 1.0))


def belief(mean: float, weight: float, kept: float, broken: float) -> float:
    """A Beta belief: the prior's observations and one's own, kept over all."""
    before = mean * weight, (1 - mean) * weight
    return (before[0] + kept) / (before[0] + before[1] + kept + broken)


def trust(mean: float, weight: float, kept: float, broken: float) -> float:
    """How far a belief has moved from where all begin, in log-odds."""
    return log_odds(belief(mean, weight, kept, broken)) - log_odds(mean)
