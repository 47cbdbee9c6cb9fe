"""Why a promise was kept or broken: its chance split over what went into it, against a reference.

The chance of any aid is a logistic function of a sum of considerations. Moving them one group after
the other from the reference case to this one, in every order, gives each group's share of the
difference (`sim.statistics.shapley`). Luck comes on top: what was drawn turns the chance into what
happened, and adds what is missing to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sim.analysis.stories.phrases import named
from sim.analysis.stories.replay import Choice, Life, relive_block
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.shapley import shapley, subsets

GROUPS = {
    "the promise itself": ("promise", "era"),
    "who began it, and home soil": ("began", "clear"),
    "what the partner's fate is worth": ("interest",),
    "reputation": ("reputation",),
    "payment": ("payment",),
    "cost against such opposition": ("cost",),
    "nuclear risk": ("nuclear",),
    "distance, and troops in place": ("distance", "stationed"),
    "the difference it makes; others who may come": ("marginal", "buck_passing"),
    "its kind, bloc and other commitments": (
        "major_power",
        "autocracy",
        "credibility",
        "busy",
        "standing_aside",
    ),
}
"""The inputs, by what they are called; a group may hold several considerations."""

WORLDS = 200
"""Worlds whose calls make up the average case."""

Terms = dict[str, float]


@dataclass(frozen=True)
class Why:
    """A promise that was kept or broken, and its chance split over the inputs.

    Attributes:
        life, choice: the world and the decision.
        reference: what the case is held against, in words.
        before, chance: the chance in the reference case, and here.
        shares: what each group of inputs adds to the chance; they sum up to the difference.
    """

    life: Life
    choice: Choice
    reference: str
    before: float
    chance: float
    shares: dict[str, float]

    @property
    def happened(self) -> float:
        """What came of it: 1 aid of any kind, 0 none."""
        return float(self.choice.level > 0)

    @property
    def luck(self) -> float:
        """What luck adds: what happened less its chance here, as no input moves what is drawn."""
        return self.happened - self.chance


def promises(life: Life) -> list[Choice]:
    """Return the answers to calls on which aid was due, in order."""
    due = {
        (event.month, event.actor, event.towards)
        for event in life.events
        if event.event in ("honoured", "reneged")
    }
    return [
        choice
        for choice in life.choices
        if choice.occasion.what == "answer"
        and (choice.month, choice.occasion.who, choice.occasion.towards) in due
    ]


def find_promise(life: Life, event: str) -> Choice:
    """Return the answer called `event`: an ally's code, and a month where it answered often.

    Raises:
        RequestError: there is none, or several; the message lists those there are.
    """
    who, _, month = event.partition("@")
    answers = [
        choice
        for choice in promises(life)
        if choice.occasion.who == who and month in ("", str(choice.month))
    ]
    if len(answers) == 1:
        return answers[0]
    what = "no ally answered a call so" if not answers else "several answers are meant by it"
    raise RequestError(f"--why {event}: {what} in world {life.world}\n{_known(life)}")


def why(life: Life, choice: Choice, reference: Terms, called: str) -> Why:
    """Return the chance of any aid in an answer, split over the inputs against a reference."""
    here = _grouped(choice.terms)
    there = _grouped(reference)
    moved = np.where(subsets(len(GROUPS)), here, there)
    chances = expit(moved.sum(axis=1))
    shares = dict(zip(GROUPS, shapley(chances).tolist(), strict=True))
    return Why(life, choice, called, float(chances[0]), float(chances[-1]), shares)


def average_case(scenario: Scenario, choice: Choice) -> tuple[Terms, str]:
    """Return the mean considerations of such calls over some worlds, and what they are called."""
    worlds = min(WORLDS, scenario.worlds)
    lives = relive_block(scenario, 0, worlds)
    calls = [call for world in range(worlds) for call in promises(lives.of(world))]
    who, towards = choice.occasion.who, choice.occasion.towards
    alike = [call for call in calls if call.occasion[1:3] == (who, towards)]
    found = alike or calls or [choice]
    on = f"by {_name(scenario, towards)} on {_name(scenario, who)}" if alike else "of all kinds"
    return _mean(found), f"the average of {len(found)} calls {on} in {worlds} worlds"


def record_case(choice: Choice) -> tuple[Terms, str]:
    """Return the case of the record: a promise as strong as this, and nothing else in it."""
    kept = {name: choice.terms.get(name, 0.0) for name in GROUPS["the promise itself"]}
    return kept, "such a promise in the record, all else set aside"


def _grouped(terms: Terms) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    unknown = terms.keys() - {name for names in GROUPS.values() for name in names}
    if unknown:
        raise ValueError(f"in no group of inputs: {', '.join(sorted(unknown))}")
    return np.array([sum(terms.get(name, 0.0) for name in names) for names in GROUPS.values()])


def _mean(calls: Iterable[Choice]) -> Terms:
    every = [call.terms for call in calls]
    return {name: float(np.mean([terms[name] for terms in every])) for name in every[0]}


def _known(life: Life) -> str:
    names = [
        f"{choice.occasion.who}@{choice.month} ({_name(life.scenario, choice.occasion.who)} to "
        f"{_name(life.scenario, choice.occasion.towards)})"
        for choice in promises(life)
    ]
    return f"    allowed: {', '.join(names)}" if names else "    nobody called on a promise in it"


def _name(scenario: Scenario, code: str) -> str:
    return named(scenario.actors[code].name)
