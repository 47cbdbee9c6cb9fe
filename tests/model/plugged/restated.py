"""The rules of the package, restated as theories of a scenario: they must decide alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from sim.theories import (
    AlignmentCase,
    CrisisCase,
    HonourCase,
    JoinCase,
    Number,
    Numbers,
    SettlementCase,
    Terms,
    Vector,
)


def fixed(**values: float) -> dict[str, Number]:
    """Return numbers that are the same in every world."""
    given = {"unit": "log-odds", "source": "judgement", "grade": "judgement"}
    return {
        name: Number.model_validate({"value": value, "low": value, "high": value, **given})
        for name, value in values.items()
    }


class Honour:
    """The record of the class alone, as the rule is where all its weights are 0."""

    numbers: ClassVar[Mapping[str, Number]] = {}
    terms: ClassVar[Mapping[str, str]] = {"record": "the record"}

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        return {"record": case.record}


class Challenge:
    """The rule of challenges, where what has passed and nuclear dread weigh nothing."""

    numbers: ClassVar[Mapping[str, Number]] = fixed(cost=0.1)
    terms: ClassVar[Mapping[str, str]] = {
        "record": "the record",
        "prospects": "its prospects",
        "moral_hazard": "its allies",
        "advice": "their advice",
        "tension": "tension",
        "restraint": "its patron",
    }

    def challenge(self, numbers: Numbers, case: CrisisCase) -> Terms:
        contest = case.stake * (2 * case.winning - 1) - numbers.cost
        value = (1 - case.resisted) * case.stake + case.resisted * contest
        return {
            "record": case.record,
            "prospects": case.rationality * (value - case.value_in_record),
            "moral_hazard": case.moral_hazard,
            "advice": case.advice,
            "tension": case.tension,
            "restraint": -case.restraint,
        }

    def resist(self, numbers: Numbers, case: CrisisCase) -> Terms:
        better = case.winning - case.winning_in_record
        return {
            "record": case.record,
            "prospects": case.rationality * case.stake * 2 * better,
            "moral_hazard": case.moral_hazard,
            "advice": case.advice,
            "tension": case.tension,
            "restraint": case.restraint,
        }


class Bounded(Challenge):
    """The same, which also says how large its log-odds can be."""

    def at_most(self, choice: str, numbers: Numbers, case: CrisisCase) -> Vector:
        return case.record + 8 * case.rationality


class Join:
    """The rule of joining, where what has entered weighs 2."""

    numbers: ClassVar[Mapping[str, Number]] = fixed(contagion=2.0)
    terms: ClassVar[Mapping[str, str]] = {
        "honour": "its own reasons",
        "contagion": "the size of the war",
    }

    def join(self, numbers: Numbers, case: JoinCase) -> Terms:
        return {"honour": case.honour, "contagion": numbers.contagion * case.entered}


class Settle:
    """The rule of settlement, with numbers of its own."""

    numbers: ClassVar[Mapping[str, Number]] = fixed(weary=2.0, deadlock=1.0, imbalance=1.5)
    terms: ClassVar[Mapping[str, str]] = {
        "record": "the record",
        "weariness": "weariness",
        "deadlock": "deadlock",
        "imbalance": "imbalance",
    }

    def settle(self, numbers: Numbers, case: SettlementCase) -> Terms:
        unequal = np.abs(2 * case.winning - 1)
        return {
            "record": case.record,
            "weariness": numbers.weary * (case.weariness - 0.5),
            "deadlock": numbers.deadlock * ((1 - np.abs(case.front)) - 1),
            "imbalance": numbers.imbalance * (unequal - 1 / 3),
        }


class Align:
    """The rule of alignment, with numbers of its own."""

    numbers: ClassVar[Mapping[str, Number]] = fixed(
        affinity=1.0, common=1.0, rivalry=1.0, war=1.0, aid=1.0, consultation=0.5, aside=0.25
    )
    terms: ClassVar[Mapping[str, str]] = {
        "affinity": "votes",
        "common": "a common adversary",
        "quarrel": "a rivalry",
        "fight": "a war",
        "bond": "a treaty",
    }

    def align(self, numbers: Numbers, case: AlignmentCase) -> Terms:
        bond = np.maximum(numbers.aid * case.aid, numbers.consultation * case.consultation)
        pull = {
            "affinity": numbers.affinity * (2 * case.affinity - 1),
            "common": numbers.common * case.common_adversary,
            "quarrel": -numbers.rivalry * case.quarrel,
            "fight": -numbers.war * case.fight,
            "bond": np.maximum(bond, numbers.aside * case.standing_aside),
        }
        most = numbers.affinity + numbers.common + numbers.rivalry + numbers.war + numbers.aid
        return {name: term / most for name, term in pull.items()}


class TooLow(Challenge):
    """The same, which says that its log-odds are lower than they are."""

    def at_most(self, choice: str, numbers: Numbers, case: CrisisCase) -> Vector:
        return case.record - 3.0
