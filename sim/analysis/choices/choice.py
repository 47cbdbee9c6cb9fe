"""The choices whose expected rates are computed, and their chances in one month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sim.model.recording.choice_rates import RivalryChoices, SideChoices
from sim.statistics.arrays import Vector

MONTHS_A_YEAR = 12


class ChoiceKind(StrEnum):
    """What is chosen, or expected.

    A rate is an expected number a year; help is a chance, in the mean over months.
    """

    CHALLENGE = "challenge"
    """The actor challenges its rival."""
    RESIST = "resist"
    """It is challenged, and resists."""
    CLIMB = "climb"
    """It escalates a dispute under way by a rung, to war included; the other side may yield."""
    WAR = "war"
    """It turns a dispute at force into war: it escalates, and the other side does not yield."""
    HELP = "help"
    """The ally sends any aid if the partner is attacked, as the attacker expects it."""
    HELP_WAR = "help_war"
    """The ally goes to open war if the partner is attacked, as the attacker expects it."""

    @property
    def is_rate(self) -> bool:
        """Whether it is a number a year rather than a chance."""
        return self not in (ChoiceKind.HELP, ChoiceKind.HELP_WAR)


class Choice(NamedTuple):
    """A choice of one actor.

    Attributes:
        kind: what is chosen.
        rivalry: code of the rivalry.
        actor: code of the rival that chooses; for help, of the ally.
        towards: code of the other rival; for help, of the partner that is attacked.
    """

    kind: ChoiceKind
    rivalry: str
    actor: str
    towards: str


def in_order(choices: Iterable[Choice]) -> list[Choice]:
    """Return choices once each: by rivalry, rates before help, and help by partner and ally.

    The order does not depend on the world or month in which an ally first promised help.
    """
    distinct = dict.fromkeys(choices)
    rivalries = {rivalry: None for _, rivalry, _, _ in distinct}
    place = {rivalry: number for number, rivalry in enumerate(rivalries)}

    def key(choice: Choice) -> tuple[int, bool, str, str, str]:
        names = ("", "", "") if choice.kind.is_rate else (choice.towards, choice.actor, choice.kind)
        return place[choice.rivalry], not choice.kind.is_rate, *names

    return sorted(distinct, key=key)


def monthly_chances(
    month: Mapping[str, RivalryChoices], codes: Sequence[str]
) -> Iterator[tuple[Choice, Vector]]:
    """Yield every choice with its chance in the month, (world,); 0 where it does not arise.

    Args:
        month: the choices on each rivalry.
        codes: of the actors, by row.
    """
    for rivalry, choices in month.items():
        for side in (0, 1):
            pair = codes[choices.sides[side].actor], codes[choices.sides[1 - side].actor]
            yield Choice(ChoiceKind.CHALLENGE, rivalry, *pair), challenge_chance(choices, side)
            yield Choice(ChoiceKind.RESIST, rivalry, *pair), resist_chance(choices, side)
            yield Choice(ChoiceKind.CLIMB, rivalry, *pair), choices.climb[side]
            yield Choice(ChoiceKind.WAR, rivalry, *pair), war_chance(choices, side)
            yield from help_chances(rivalry, choices.sides[side], codes)


def help_chances(
    rivalry: str, side: SideChoices, codes: Sequence[str]
) -> Iterator[tuple[Choice, Vector]]:
    """Yield the chances that each ally of a side helps it if it is attacked, (world,) each."""
    for ally, any_aid, war in zip(side.allies, *side.help_if_attacked, strict=True):
        yield Choice(ChoiceKind.HELP, rivalry, codes[ally], codes[side.actor]), any_aid
        yield Choice(ChoiceKind.HELP_WAR, rivalry, codes[ally], codes[side.actor]), war


def challenge_chance(choices: RivalryChoices, side: int) -> Vector:
    """Return the chance that a side challenges, (world,).

    Where both would challenge, a coin decides who does.
    """
    chance, other = choices.challenge[side], choices.challenge[1 - side]
    return choices.free * chance * (1 - other / 2)


def resist_chance(choices: RivalryChoices, side: int) -> Vector:
    """Return the chance that a side is challenged and resists, (world,)."""
    return challenge_chance(choices, 1 - side) * choices.resist[side]


def war_chance(choices: RivalryChoices, side: int) -> Vector:
    """Return the chance that a side turns a dispute at force into war, (world,).

    Where both escalate, the challenger begins the war.
    """
    climbs, other = choices.climb[side], choices.climb[1 - side]
    begins = choices.challenger == side
    unyielding = (1 - other) * choices.resist[1 - side] + other * begins
    return choices.at_force * climbs * unyielding
