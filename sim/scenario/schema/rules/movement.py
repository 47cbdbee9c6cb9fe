"""Coefficients of treaties that are made and left, and of governments that change."""

from __future__ import annotations

from sim.scenario.schema.quantity import FrozenModel, NonNegative, Quantity, Share


class Pace(NonNegative):
    """A multiple of the measured rates, from none to ten times."""

    max_allowed = 10.0


class FormationRules(FrozenModel):
    """How often two actors conclude a treaty, by what they promise and how they stand."""

    pace: Pace
    """Multiple of every rate of formation: 1 as measured, 0 none, 10 about 1946 to 1955."""
    defence_near_major: Share
    """Chance a year of a defence pact of neighbours, one of them a major power."""
    defence_near: Share
    """Chance a year of a defence pact of neighbours, neither a major power."""
    defence_major: Share
    """Chance a year of a defence pact with a major power that is no neighbour."""
    defence_other: Share
    """Chance a year of a defence pact of two that are neither neighbours nor major powers."""
    defence_rivals: Share
    """Chance a year of a defence pact of rivals without a major power; with one there is none."""
    consultation: Share
    """Chance a year of a treaty of consultation of neighbours or with a major power."""
    consultation_lesser_pact: Share
    """The same where a lesser pact binds the two."""
    consultation_common_enemy: Share
    """The same where the two have a common enemy."""
    consultation_both: Share
    """The same where they have both."""
    consultation_other: Share
    """Chance a year of a treaty of consultation of two that are neither neighbours nor major."""
    consultation_rivals: Share
    """Chance a year of a treaty of consultation of rivals."""
    nonaggression_near_major: Share
    """Chance a year of a non-aggression pact of neighbours, one of them a major power."""
    nonaggression_near: Share
    """Chance a year of a non-aggression pact of neighbours, neither a major power."""
    nonaggression_rivals: Share
    """Chance a year of a non-aggression pact of rivals."""
    affinity: Quantity
    """Weight of affinity above the mean of the pairs counted."""
    counter: Quantity
    """Added where a rival of either has concluded a defence pact within three years."""
    mean_near_major: Share
    """Mean affinity of the pairs counted: neighbours, one of them a major power."""
    mean_near: Share
    """Mean affinity of the pairs counted: neighbours, neither a major power."""
    mean_major: Share
    """Mean affinity of the pairs counted: a major power and no neighbour."""
    mean_other: Share
    """Mean affinity of the pairs counted: neither neighbours nor major powers."""
    mean_rivals: Share
    """Mean affinity of the pairs counted: rivals."""


class LeavingRules(FrozenModel):
    """How often a party gives notice of a treaty, or breaks it."""

    leave: Quantity
    """Log-odds in a year where nothing below applies."""
    defence: Quantity
    """Added for a pact that promises aid."""
    supporters: Quantity
    """Added where an autocrat's supporters have changed within two years."""
    outside: Quantity
    """Added where a party has concluded a defence pact with a third within three years."""
    major: Quantity
    """Subtracted where a major power is a party."""
    audience: Quantity
    """Subtracted per unit of polyarchy of the less democratic party."""
    affinity: Quantity
    """Subtracted per unit of affinity above the mean of the treaties counted."""
    mean_affinity: Share
    """Mean affinity of the parties of the treaties counted."""
    fresh: Quantity
    """Added in the first five years after signing."""


class SupportersRules(FrozenModel):
    """How often the groups that keep an autocrat in power change."""

    change: Share
    """Chance a year that an autocracy's leader rests on new supporters."""
    autocracy: Share
    """Polyarchy below which an actor is an autocracy."""
