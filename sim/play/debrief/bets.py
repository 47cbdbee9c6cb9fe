"""What a class guessed, beside the frequency in ordinary worlds and beside its own game."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.play.debrief.request import Bet
from sim.play.debrief.standing import share_interval
from sim.report.words import format_percent
from sim.scenario.files.messages import find_nearest_name


@dataclass(frozen=True)
class SettledBet:
    """A bet and its answer.

    Attributes:
        name: the outcome.
        guesses: in how many of a hundred worlds, lowest first.
        median: the guess in the middle.
        share, low, high: the frequency in a hundred ordinary worlds, with its 95% interval.
        worlds: how it went in the game: `yes`, `no` or `n/a`.
        sentence: all of it as a sentence.
    """

    name: str
    guesses: tuple[float, ...]
    median: float
    share: float
    low: float
    high: float
    own: str
    sentence: str


def settle_bets(
    bets: Sequence[Bet], values: Mapping[str, Any], ordinary: Results
) -> list[SettledBet]:
    """Return the bets with their answers, the widest off first.

    Raises:
        RequestError: a bet is on no outcome of this kind, or a guess is not between 0 and 100.
    """
    check_bets(bets, ordinary.measures)
    settled = [_settle(bet, values, ordinary) for bet in bets]
    return sorted(settled, key=lambda each: -abs(each.median - each.share))


def check_bets(bets: Sequence[Bet], measures: Mapping[str, Measure]) -> None:
    """Require that bets can be settled.

    Raises:
        RequestError: a bet is on no outcome of this kind, or a guess is not between 0 and 100.
    """
    allowed = [name for name, each in measures.items() if each.kind is MeasureKind.HAPPENED]
    for bet in bets:
        if bet.measure not in allowed:
            near = find_nearest_name(bet.measure, allowed)
            hint = f"\n    did you mean {near!r}?" if near else ""
            raise RequestError(f"bet on {bet.measure!r}: is no yes-or-no outcome here{hint}")
        if not bet.guesses:
            raise RequestError(f"bet on {bet.measure}: has no guess")
        for guess in bet.guesses:
            if not 0 <= guess <= 100:
                raise RequestError(
                    f"bet on {bet.measure}: {guess:g} is no guess\n    allowed: 0 to 100 of a "
                    "hundred worlds"
                )


def read_bets(file: Path) -> tuple[Bet, ...]:
    """Read bets from a TOML file with a line such as `war_wider = [10, 40, 25]` for each outcome.

    Raises:
        RequestError: the file cannot be read, or is not of that form.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RequestError(f"--bets {file}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise RequestError(f"--bets {file}: is not TOML: {error}") from None
    for name, guesses in content.items():
        numbers = isinstance(guesses, list) and all(
            isinstance(guess, int | float) and not isinstance(guess, bool) for guess in guesses
        )
        if not numbers:
            raise RequestError(
                f"--bets {file}: {name}: is no list of numbers\n"
                "    a line is, for example, war_wider = [10, 40, 25]"
            )
    return tuple(Bet(name, tuple(map(float, guesses))) for name, guesses in content.items())


def _settle(bet: Bet, values: Mapping[str, Any], ordinary: Results) -> SettledBet:
    measure = ordinary.measures[bet.measure]
    share, low, high = (100 * end for end in share_interval(measure, ordinary))
    middle = median(bet.guesses)
    defined = not measure.given or bool(values[measure.given])
    own = ("yes" if values[measure.name] else "no") if defined else "n/a"
    sentence = (
        f"{measure.short}: in {format_percent(share / 100)} of ordinary worlds; your middle guess "
        f"was {middle:g}% ({min(bet.guesses):g} to {max(bet.guesses):g}). In your world: {own}."
    )
    return SettledBet(
        measure.short, tuple(sorted(bet.guesses)), middle, share, low, high, own, sentence
    )
