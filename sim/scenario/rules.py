"""The coefficients of behaviour, the same in every scenario; each group serves one decision.

Coefficients act on the log-odds scale unless their unit says otherwise. The equations they enter
are in `docs/model.md` under the same names.
"""

from __future__ import annotations

from sim.scenario.quantity import Frozen, Positive, Quantity, Share


class ChoiceRules(Frozen):
    """What every choice shares."""

    rationality: Positive
    """Log-odds per unit of expected utility (quantal response): 0 pure chance, large best reply."""
    half_distance: Positive
    """Kilometres over which strength halves (loss-of-strength gradient)."""


class ChallengeRules(Frozen):
    """Whether to challenge a rival."""

    dispute_cost: Positive
    """What a resisted dispute costs, as a share of the highest stake."""
    nuclear_dread: Quantity
    """Utility lost when a nuclear power is expected among the opponents."""
    recent_dispute: Quantity
    """Added when the two had a dispute in the last twelve months."""
    nonaggression: Quantity
    """Added when the two have promised not to attack each other."""
    reference_help: Share
    """Chance that a defence ally came, in the record from which base rates were measured."""
    opening_display: Share
    """Share of challenges that open with a display of force."""
    opening_force: Share
    """Share of challenges that open with a use of force."""


class EscalateRules(Frozen):
    """Whether to climb a rung, hold, or let a dispute die."""

    climb: Share
    """Chance in a month that one side climbs from threat to display, or display to force."""
    war_given_force: Share
    """Chance that a reciprocated dispute with use of force becomes war, in the record."""
    dies: Share
    """Chance in a month that a dispute that nobody climbs ends."""
    war_cost: Quantity
    """Weight of the expected share of strength on the other side."""
    nuclear: Quantity
    """Weight of a nuclear power among the opponents."""
    pact: Quantity
    """Added per expected ally: those with reliable allies stand firmer."""


class HonourRules(Frozen):
    """How far to go for an ally that calls."""

    defence: Quantity
    """Log-odds that a defence pact is honoured, in the record."""
    offence: Quantity
    """Log-odds that an offence pact is honoured, in the record."""
    consultation: Quantity
    """Log-odds of aid where no more than consultation is owed."""
    unpromised: Quantity
    """Log-odds of aid where nothing is owed."""
    era: Quantity
    """Added for the time after 1945."""
    clear: Quantity
    """Added when the ally's home soil is attacked."""
    began: Quantity
    """Taken off when the ally began the war and the clause is conditional."""
    interest: Quantity
    """Weight of the ally's worth."""
    marginal: Quantity
    """Weight of how far own entry changes who wins."""
    reputation: Quantity
    """Weight of the name for honouring that would be lost."""
    cost: Quantity
    """Weight of the expected share of strength on the other side."""
    nuclear: Quantity
    """Weight of a nuclear power among the opponents."""
    distance: Quantity
    """Taken off per 1000 km, unless there is a common border or troops are stationed."""
    stationed: Quantity
    """Added when own troops are stationed with the ally."""
    busy: Quantity
    """Taken off when already fighting another war."""
    standing_aside: Quantity
    """Taken off when bound to the opponent by non-aggression or neutrality."""
    major_power: Quantity
    """Taken off for a major power."""
    autocracy: Quantity
    """Taken off for a full autocracy."""
    cut_troops: Positive
    """How far above the threshold of any aid deniable troops lie."""
    cut_war: Positive
    """How far above the threshold of any aid open war lies."""
    buck_passing: Quantity
    """Taken off per other ally expected to carry the load."""
    delay: Positive
    """Months until troops arrive that are not stationed with the ally already."""
    signed_only: Share
    """How far a treaty binds between signing and force: 1 as in force."""
    materiel_strength: Share
    """Share of an ally's strength that its materiel adds to the side."""
    troops_strength: Share
    """Share of an ally's strength that deniable troops add to the side."""


class JoinRules(Frozen):
    """Whether to enter a war without having promised to."""

    neighbour: Share
    """Chance per war that a neighbour of a principal enters."""
    major_power: Share
    """Chance per war that a major power enters."""
    other: Share
    """Chance per war that anyone else enters."""
    spread: Positive
    """Months over which that chance is spread."""
    contagion: Quantity
    """Weight of the share of strength already in the war, above the threshold."""
    threshold: Quantity
    """Share of strength already in the war at which entering neither gains nor loses appeal."""


class WarRules(Frozen):
    """How a war goes on and ends, month by month."""

    front_speed: Positive
    """Ground won in a month by a side with all the strength."""
    front_noise: Positive
    """Standard deviation of the fortune of a month."""
    weariness: Share
    """Share of the remaining patience lost in a month of war."""
    settles: Share
    """Chance in a month that a war ends by agreement at half weariness and an even front."""
    weary: Quantity
    """Weight of the sides' mean weariness on settling."""
    deadlock: Quantity
    """Weight of how even the front is on settling."""
    home_soil: Share
    """Chance in a month that the defender carries the war onto the attacker's soil."""
    nuclear_use: Share
    """Chance in a month of war against a nuclear power that it uses a weapon: an assumption."""


class MemoryRules(Frozen):
    """What is remembered, for how long, and what it does to trust and affinity."""

    prior_mean: Share
    """Chance of being honoured that everyone starts from."""
    prior_weight: Positive
    """How many observations that starting belief is worth."""
    bystander: Share
    """What an act seen done to others is worth, beside one done to oneself."""
    half_life: Positive
    """Months after which an observation counts half."""
    honoured: Quantity
    """What being helped adds to affinity."""
    reneged: Quantity
    """What being let down adds to affinity."""
    dispute: Quantity
    """What a dispute adds to affinity between its sides."""
    war: Quantity
    """What a month of war adds to affinity between its sides."""
    gratitude: Quantity
    """How far a change of affinity changes the other's worth."""


class AlignmentRules(Frozen):
    """What draws two actors into one camp or apart; only the proportions between these matter."""

    affinity: Positive
    """Weight of affinity: the upper half of its scale draws together, the lower half apart."""
    common_adversary: Positive
    """Weight of having the same adversary: the enemy of my enemy."""
    rivalry: Positive
    """Weight of a rivalry with the highest stake, against standing together."""
    war: Positive
    """Weight of open war against each other, against standing together."""
    aid: Positive
    """Weight of a treaty in force that promises aid."""
    consultation: Positive
    """Weight of a treaty in force that promises no more than to consult."""
    standing_aside: Positive
    """Weight of a treaty in force that promises no more than not to fight each other."""


class Rules(Frozen):
    """All coefficients of behaviour."""

    choice: ChoiceRules
    challenge: ChallengeRules
    escalate: EscalateRules
    honour: HonourRules
    join: JoinRules
    war: WarRules
    memory: MemoryRules
    alignment: AlignmentRules
