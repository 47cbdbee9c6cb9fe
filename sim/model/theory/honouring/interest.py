"""What the rival theories of honouring agree on: the ally's interest in the war itself.

They start from how often states of the same standing that had promised nothing entered such wars,
and add the ally's own quarrels, its past at the partner's side, the partner's worth, and the risks.
They differ in what makes a promise bind. The weights are those of the package's own rule, since
they come from the record and not from any of the rivals (`rules.honour`).
"""

from __future__ import annotations

from sim.model.arrays import Terms
from sim.model.theory.cases import HonourCase
from sim.model.theory.protocol import Numbers
from sim.scenario.schema.quantity import Grade, Quantity

INTEREST_NUMBERS = {
    "level": Quantity(
        value=-0.3,
        low=-0.8,
        high=0.2,
        unit="log-odds",
        meaning="An ally for whose entry nothing speaks, beside the mean of its standing.",
        source=("ally-universe", "judgement"),
        grade=Grade.JUDGEMENT,
        note="The mean of a standing includes .05 to 1 quarrels of its own, at .79 each.",
    ),
    "own_quarrel": Quantity(
        value=0.79,
        low=0.55,
        high=0.97,
        unit="log-odds per kind of quarrel",
        meaning="Weight of each of the ally's own quarrels with the opponent.",
        source="ally-universe",
        grade=Grade.ESTIMATED,
        note="As in rules.honour.",
    ),
    "nuclear": Quantity(
        value=1,
        low=0,
        high=3.08,
        unit="log-odds",
        meaning="Subtracted where a nuclear power is among the opponents.",
        source="ally-universe",
        grade=Grade.ESTIMATED,
        note="As in rules.honour.",
    ),
    "busy": Quantity(
        value=0.34,
        low=0,
        high=1.71,
        unit="log-odds",
        meaning="Subtracted where the ally fights another war.",
        source="ally-universe",
        grade=Grade.ESTIMATED,
        note="As in rules.honour.",
    ),
    "stationed": Quantity(
        value=1.0,
        low=0.0,
        high=2.0,
        unit="log-odds",
        meaning="Added where the ally has troops stationed with the partner.",
        source="reiter-poast-2021",
        grade=Grade.JUDGEMENT,
        note="As in rules.honour.",
    ),
}
"""Numbers of every rival theory: where it starts, whom it fights, and what it risks."""
PARTNER_NUMBERS = {
    "worth": Quantity(
        value=2.0,
        low=0.8,
        high=3.2,
        unit="log-odds per unit of worth",
        meaning="Weight of what the partner's fate is worth to the ally.",
        source="casebook",
        grade=Grade.ESTIMATED,
        note="As in rules.honour.",
    ),
    "joint_dispute": Quantity(
        value=0.78,
        low=0.05,
        high=1.62,
        unit="log-odds",
        meaning="Added where ally and partner stood together in a dispute of the last ten years.",
        source="ally-universe",
        grade=Grade.ESTIMATED,
        note="As in rules.honour.",
    ),
}
"""Numbers of the theories in which the ally cares about the partner, not only its opponent."""
INTEREST_TERMS = {
    "record": "how often states of its standing fight without a promise",
    "own_quarrel": "its own quarrel with the opponent",
    "nuclear": "a nuclear power is on the other side",
    "busy": "it fights another war",
    "stationed": "its troops are stationed there",
}
"""Terms of every rival theory, in words."""
PARTNER_TERMS = {
    "worth": "what the partner is worth to it",
    "joint_dispute": "they stood together before",
}
"""Terms of the theories in which the ally cares about the partner, in words."""


def interest_terms(numbers: Numbers, case: HonourCase) -> Terms:
    """Return the terms of every rival theory, in log-odds, (place,) each."""
    return {
        "record": case.record_unbound + numbers.level,
        "own_quarrel": numbers.own_quarrel * case.own_quarrels,
        "nuclear": -numbers.nuclear * case.nuclear,
        "busy": -numbers.busy * case.other_wars,
        "stationed": numbers.stationed * case.stationed,
    }


def partner_terms(numbers: Numbers, case: HonourCase) -> Terms:
    """Return the terms of the ally's interest in the partner, in log-odds, (place,) each."""
    return {
        "worth": numbers.worth * case.worth,
        "joint_dispute": numbers.joint_dispute * case.joint_disputes,
    }
