"""What crises and cells are called in texts."""

from __future__ import annotations

from sim.analysis.stress.matrix import Cell
from sim.analysis.stress.openings import CrisisKind, CrisisOpening
from sim.scenario.schema.scenario import Scenario

_SENTENCES = {
    CrisisKind.WAR: "{attacker} attacks {attacked}",
    CrisisKind.FORCE: "{attacker} uses force against {attacked}",
    CrisisKind.COUP: "{attacker} seizes ground from {attacked} and is at war with it",
    CrisisKind.HOME_SOIL: "{attacker} attacks the home soil of {attacked}",
    CrisisKind.NONE: "{attacker} and {attacked}: no crisis is opened",
}
OUTCOMES = {
    "third_party": "a third party enters the war",
    "third_parties": "third parties in the war, mean number",
    "alone": "the attacked side gets no aid",
    "elsewhere": "a war breaks out elsewhere",
    "war": "there is war",
    "ground": "ground gained by the attacker, -1 to 1",
}
"""Outcomes of a crisis as a whole."""
ENDINGS = {
    "no_war": "never at war",
    "at_war": "still at war",
    "settled": "settled",
    "attacker_won": "won by the attacker",
    "attacked_won": "won by the attacked side",
}
"""How a crisis stands at the end."""
_ACTOR_OUTCOMES = {
    "aid_due": "{actor}: aid that it promised is called for",
    "aid_refused": "{actor} refuses aid that it promised",
    "abandoned": "{actor} is refused aid that was promised to it",
    "entrapped": "{actor} is entrapped by its promise",
}
_LEVELS = {
    "any": "aid of any level",
    "none": "no aid",
    "materiel": "materiel",
    "troops": "troops",
    "war": "open war",
}


def describe_crisis(opening: CrisisOpening, scenario: Scenario) -> str:
    """Return a crisis as a clause, such as "Borduria attacks Syldavia"."""
    attacker, attacked = (
        scenario.actors[code].name for code in (opening.attacker, opening.attacked)
    )
    return _SENTENCES[opening.kind].format(attacker=attacker, attacked=attacked)


def abbreviate_crisis(opening: CrisisOpening) -> str:
    """Return a crisis as a label of codes, such as `dprk > rok`, with its kind unless it is war."""
    return f"{opening.attacker} > {opening.attacked}{abbreviate_kind(opening)}"


def abbreviate_kind(opening: CrisisOpening) -> str:
    """Return what a label says of the kind of a crisis: nothing of war."""
    return "" if opening.kind is CrisisKind.WAR else f" ({opening.kind})"


def describe_cell(cell: Cell, opening: CrisisOpening, scenario: Scenario) -> str:
    """Return what a cell says of its crisis."""
    if cell.outcome == "aid":
        receiver = scenario.actors[getattr(opening, cell.side)].name
        return f"{scenario.actors[cell.actor].name} to {receiver}: {_LEVELS[cell.level]}"
    if cell.outcome == "ending":
        return ENDINGS[cell.level]
    if cell.actor:
        return _ACTOR_OUTCOMES[cell.outcome].format(actor=scenario.actors[cell.actor].name)
    return OUTCOMES[cell.outcome]
