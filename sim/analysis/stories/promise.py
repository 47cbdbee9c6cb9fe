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

from sim.analysis.stories.phrases import with_article
from sim.analysis.stories.replay import Choice, WorldRecord, resimulate_block
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.shapley import all_subsets, shapley_values

INPUT_GROUPS = {
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

_REFERENCE_WORLDS = 200
"""Worlds whose calls make up the average case."""

LogOddsTerms = dict[str, float]


@dataclass(frozen=True)
class PromiseExplanation:
    """A promise that was kept or broken, and its chance split over the inputs.

    Attributes:
        record, choice: the world and the decision.
        reference: what the case is held against, in words.
        reference_chance, chance: the chance in the reference case, and here.
        shares: what each group of inputs adds to the chance; they sum up to the difference.
    """

    record: WorldRecord
    choice: Choice
    reference: str
    reference_chance: float
    chance: float
    shares: dict[str, float]

    @property
    def happened(self) -> float:
        """What came of it: 1 aid of any kind, 0 none."""
        return float(self.choice.level > 0)

    @property
    def draw_effect(self) -> float:
        """What luck adds: what happened less its chance here, as no input moves what is drawn."""
        return self.happened - self.chance


def list_promises(record: WorldRecord) -> list[Choice]:
    """Return the answers to calls on which aid was due, in order."""
    due = {
        (event.month, event.actor, event.towards)
        for event in record.events
        if event.event in ("honoured", "reneged")
    }
    return [
        choice
        for choice in record.choices
        if choice.key.what == "answer" and (choice.month, choice.key.who, choice.key.towards) in due
    ]


def find_promise(record: WorldRecord, promise: str) -> Choice:
    """Return the answer called `promise`: an ally's code, and a month where it answered often.

    Raises:
        RequestError: there is none, or several; the message lists those there are.
    """
    who, _, month = promise.partition("@")
    answers = [
        choice
        for choice in list_promises(record)
        if choice.key.who == who and month in ("", str(choice.month))
    ]
    if len(answers) == 1:
        return answers[0]
    what = "no ally answered a call so" if not answers else "several answers are meant by it"
    raise RequestError(
        f"--why {promise}: {what} in world {record.world}\n{_known_promises(record)}"
    )


def split_chance(
    record: WorldRecord, choice: Choice, reference: LogOddsTerms, reference_name: str
) -> PromiseExplanation:
    """Return the chance of any aid in an answer, split over the inputs against a reference."""
    here = _sum_by_group(choice.terms)
    there = _sum_by_group(reference)
    moved = np.where(all_subsets(len(INPUT_GROUPS)), here, there)
    chances = expit(moved.sum(axis=1))
    shares = dict(zip(INPUT_GROUPS, shapley_values(chances).tolist(), strict=True))
    return PromiseExplanation(
        record, choice, reference_name, float(chances[0]), float(chances[-1]), shares
    )


def average_reference(scenario: Scenario, choice: Choice) -> tuple[LogOddsTerms, str]:
    """Return the mean considerations of such calls over some worlds, and what they are called."""
    worlds = min(_REFERENCE_WORLDS, scenario.worlds)
    lives = resimulate_block(scenario, 0, worlds)
    calls = [call for world in range(worlds) for call in list_promises(lives.world_record(world))]
    who, towards = choice.key.who, choice.key.towards
    alike = [call for call in calls if call.key[1:3] == (who, towards)]
    found = alike or calls or [choice]
    on = (
        f"by {_actor_name(scenario, towards)} on {_actor_name(scenario, who)}"
        if alike
        else "of all kinds"
    )
    return _mean_terms(found), f"the average of {len(found)} calls {on} in {worlds} worlds"


def historical_reference(choice: Choice) -> tuple[LogOddsTerms, str]:
    """Return the case of the record: a promise as strong as this, and nothing else in it."""
    kept = {name: choice.terms.get(name, 0.0) for name in INPUT_GROUPS["the promise itself"]}
    return kept, "such a promise in the record, all else set aside"


def _sum_by_group(terms: LogOddsTerms) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    unknown = terms.keys() - {name for names in INPUT_GROUPS.values() for name in names}
    if unknown:
        raise ValueError(f"in no group of inputs: {', '.join(sorted(unknown))}")
    return np.array(
        [sum(terms.get(name, 0.0) for name in names) for names in INPUT_GROUPS.values()]
    )


def _mean_terms(calls: Iterable[Choice]) -> LogOddsTerms:
    every = [call.terms for call in calls]
    return {name: float(np.mean([terms[name] for terms in every])) for name in every[0]}


def _known_promises(record: WorldRecord) -> str:
    names = [
        f"{choice.key.who}@{choice.month} ({_actor_name(record.scenario, choice.key.who)} to "
        f"{_actor_name(record.scenario, choice.key.towards)})"
        for choice in list_promises(record)
    ]
    return f"    allowed: {', '.join(names)}" if names else "    nobody called on a promise in it"


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name)
