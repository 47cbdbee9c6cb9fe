"""What choices, and the causes through which they change, are called in texts."""

from __future__ import annotations

from sim.analysis.choices.choice import Choice, ChoiceKind
from sim.scenario.schema.scenario import Scenario

VERBS = {
    ChoiceKind.CHALLENGE: "challenges",
    ChoiceKind.RESIST: "resists",
    ChoiceKind.CLIMB: "escalates against",
    ChoiceKind.WAR: "begins war on",
    ChoiceKind.HELP: "sends aid to",
    ChoiceKind.HELP_WAR: "fights for",
}
"""What the actor of a choice does to the other."""
CAUSES = {
    "course": "course of events",
    "restraint": "patrons' restraint",
    "recent": "recent disputes",
    "peace_promised": "promise of peace",
    "calming": "exercises",
    "busy": "wars elsewhere",
    "strength": "own strength",
}
"""Causes that are no allies, where their name does not say it."""


def name_actor(scenario: Scenario, code: str) -> str:
    """Return the name of an actor, or the code itself where the scenario has no such actor."""
    return scenario.actors[code].name if code in scenario.actors else code


def name_attacker(scenario: Scenario, choice: Choice) -> str:
    """Return, of a choice of help, the name of the rival that attacks the partner."""
    between = scenario.rivalries[choice.rivalry].between
    return name_actor(scenario, next(code for code in between if code != choice.towards))


def describe_choice(scenario: Scenario, choice: Choice) -> str:
    """Return a choice as a clause, such as "Borduria challenges Syldavia"."""
    actor, towards = (name_actor(scenario, code) for code in choice[2:])
    clause = f"{actor} {VERBS[choice.kind]} {towards}"
    if choice.kind.is_rate:
        return clause
    return f"{clause} if {name_attacker(scenario, choice)} attacks it"


def name_cause(scenario: Scenario, cause: str) -> str:
    """Return the name of an ally, or of another cause, through which a choice changes."""
    return CAUSES.get(cause, name_actor(scenario, cause))
