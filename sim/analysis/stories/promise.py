"""Why a defence commitment was honoured or not: the chance of aid decomposed against a reference.

The chance of any aid is a logistic function of a sum of terms, raised by the step from open war to
any aid. Moving the terms group by group from
the reference case to this one, in every order, gives each group's share of the difference
(`sim.statistics.shapley`). The random draw adds the rest: it turns the chance into the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from sim.analysis.stories.phrases import with_article
from sim.analysis.stories.replay import Choice, WorldRecord, resimulate_block
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from sim.statistics.shapley import all_subsets, shapley_values

INPUT_GROUPS = {
    "the promise itself": ("record", "promise"),
    "own quarrel with the opponent": ("own_quarrel",),
    "past at the partner's side": ("joint_dispute",),
    "what the partner's fate is worth": ("worth",),
    "reputation": ("reputation", "successor"),
    "payment": ("payment",),
    "nuclear risk": ("nuclear",),
    "troops in place": ("stationed",),
    "bloc and other wars": ("credibility", "busy"),
}
"""The terms of each group of inputs, by the key of the group (its label: `phrases.toml`)."""

_REFERENCE_WORLDS = 200
"""Number of worlds over whose calls the average case is taken."""

LogOddsTerms = dict[str, float]


@dataclass(frozen=True)
class PromiseExplanation:
    """A decision on a defence commitment, its chance decomposed over the inputs.

    Attributes:
        record, choice: the world and the decision.
        reference: the reference case, in words.
        reference_chance, chance: the chance of any aid in the reference case and in this one.
        shares: the contribution of each group of inputs; they add up to the difference.
    """

    record: WorldRecord
    choice: Choice
    reference: str
    reference_chance: float
    chance: float
    shares: dict[str, float]

    @property
    def happened(self) -> float:
        """The outcome: 1 if any aid was sent, 0 if none."""
        return float(self.choice.level > 0)

    @property
    def draw_effect(self) -> float:
        """The contribution of the draw: the outcome less its chance."""
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


def find_promise(record: WorldRecord, promise: str, acts: Sequence[Choice] = ()) -> Choice:
    """Return the answer named `promise`: the code of the ally, with `@month` if it answered often.

    Args:
        record: the world.
        promise: the name.
        acts: decisions that are named in the same way, such as those to sign a treaty.

    Raises:
        RequestError: there is none, or several; the message lists all answers.
    """
    named = [*list_promises(record), *acts]
    who, _, month = promise.partition("@")
    answers = [
        choice for choice in named if choice.key.who == who and month in ("", str(choice.month))
    ]
    if len(answers) == 1:
        return answers[0]
    what = "several answers match" if answers else "no answer to a call matches"
    raise RequestError(
        f"--why {promise}: {what} in world {record.world}\n{_known_promises(record, named)}"
    )


def split_chance(
    record: WorldRecord, choice: Choice, reference: LogOddsTerms, reference_name: str
) -> PromiseExplanation:
    """Return the chance of any aid in an answer, decomposed against a reference."""
    groups = _input_groups(choice)
    actual_terms, reference_terms = (_sum_by_group(t, groups) for t in (choice.terms, reference))
    mixed_terms = np.where(all_subsets(len(groups)), actual_terms, reference_terms)
    chances = expit(mixed_terms.sum(axis=1) + _step_to_any_aid(choice))
    shares = dict(zip(groups, shapley_values(chances).tolist(), strict=True))
    return PromiseExplanation(
        record, choice, reference_name, float(chances[0]), float(chances[-1]), shares
    )


def _step_to_any_aid(choice: Choice) -> float:
    """Return by how much any aid is likelier than open war, in log-odds."""
    return float(logit(choice.chances[0])) - sum(choice.terms.values())


def average_reference(scenario: Scenario, choice: Choice) -> tuple[LogOddsTerms, str]:
    """Return the mean terms of such calls over some worlds, and a description of that case."""
    worlds = min(_REFERENCE_WORLDS, scenario.worlds)
    block = resimulate_block(scenario, 0, worlds).only("answer")
    calls = [call for world in range(worlds) for call in list_promises(block.world_record(world))]
    who, towards = choice.key.who, choice.key.towards
    same_pair = [call for call in calls if call.key[1:3] == (who, towards)]
    averaged = same_pair or calls or [choice]
    scope = (
        f"by {_actor_name(scenario, towards)} on {_actor_name(scenario, who)}"
        if same_pair
        else "of all kinds"
    )
    return _mean_terms(averaged), f"the average of {len(averaged)} calls {scope} in {worlds} worlds"


def historical_reference(choice: Choice) -> tuple[LogOddsTerms, str]:
    """Return the historical record for a commitment of this strength, all other terms zero."""
    names = INPUT_GROUPS["the promise itself"]
    terms = {name: choice.terms[name] for name in names if name in choice.terms}
    return terms, "such a commitment in the historical record, all else equal to zero"


def _input_groups(choice: Choice) -> Mapping[str, tuple[str, ...]]:
    """Return the terms of each group of inputs; of another theory each term is a group."""
    if choice.words:
        return {words: (name,) for name, words in choice.words.items()}
    return INPUT_GROUPS


def _sum_by_group(
    terms: LogOddsTerms, groups: Mapping[str, tuple[str, ...]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    unknown = terms.keys() - {name for names in groups.values() for name in names}
    if unknown:
        raise ValueError(f"in no group of inputs: {', '.join(sorted(unknown))}")
    return np.array([sum(terms.get(name, 0.0) for name in names) for names in groups.values()])


def _mean_terms(calls: Iterable[Choice]) -> LogOddsTerms:
    all_terms = [call.terms for call in calls]
    names = dict.fromkeys(name for terms in all_terms for name in terms)
    return {name: float(np.mean([terms.get(name, 0.0) for terms in all_terms])) for name in names}


def _known_promises(record: WorldRecord, named: list[Choice]) -> str:
    names = [
        f"{choice.key.who}@{choice.month} ({_named_pair(record.scenario, choice)})"
        for choice in named
    ]
    return f"    allowed: {', '.join(names)}" if names else "    no ally is called on in this world"


def _named_pair(scenario: Scenario, choice: Choice) -> str:
    """Return who answers whom, or who signs or leaves."""
    codes = [code for code in choice.key[1:3] if code]
    joint = " to " if choice.key.what == "answer" else " and "
    return joint.join(_actor_name(scenario, code) for code in codes)


def _actor_name(scenario: Scenario, code: str) -> str:
    return with_article(scenario.actors[code].name)
