"""What a class guessed, beside ordinary worlds and beside its own game."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from sim.errors import RequestError
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.play.debrief.request import Bet
from sim.play.debrief.standing import defined_values, share_interval
from sim.report.words import format_amount, format_percent
from sim.scenario.files.messages import find_nearest_name

_MIDDLE = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class SettledBet:
    """A bet and its answer.

    Attributes:
        name: the outcome.
        guesses: the guesses, lowest first.
        median: the guess in the middle.
        value, low, high: of yes or no, the frequency in a hundred ordinary worlds with its 95%
            interval; of an amount, its median in ordinary worlds and the ends of the middle 90%.
        top: the end of the scale on which all of these lie, which begins at zero.
        sentence: all of it as a sentence, and how it went in the game.
    """

    name: str
    guesses: tuple[float, ...]
    median: float
    value: float
    low: float
    high: float
    top: float
    sentence: str

    def place(self, value: float) -> float:
        """Return where a value lies on the scale, in per cent."""
        return round(100 * min(max(value, 0.0), self.top) / self.top, 2)

    @property
    def distance(self) -> float:
        """How far the middle guess is off, as a share of the scale."""
        return abs(self.median - self.value) / self.top


def settle_bets(
    bets: Sequence[Bet], values: Mapping[str, Any], ordinary: Results
) -> list[SettledBet]:
    """Return the bets with their answers, the widest off first.

    Those on what no ordinary world defines are left out.

    Raises:
        RequestError: a bet is on no outcome, or a guess is impossible.
    """
    check_bets(bets, ordinary.measures)
    known = [bet for bet in bets if defined_values(ordinary.measures[bet.measure], ordinary).size]
    settled = [_settle(bet, values, ordinary) for bet in known]
    return sorted(settled, key=lambda each: -each.distance)


def check_bets(bets: Sequence[Bet], measures: Mapping[str, Measure]) -> None:
    """Require that bets can be settled.

    Raises:
        RequestError: a bet is on no outcome, or a guess is impossible.
    """
    for bet in bets:
        if bet.measure not in measures:
            near = find_nearest_name(bet.measure, measures)
            hint = f"\n    did you mean {near!r}?" if near else ""
            raise RequestError(f"bet on {bet.measure!r}: there is no such outcome{hint}")
        if not bet.guesses:
            raise RequestError(f"bet on {bet.measure}: has no guess")
        for guess in bet.guesses:
            _check_guess(bet.measure, guess, measures[bet.measure])


def _check_guess(name: str, guess: float, measure: Measure) -> None:
    is_share = measure.kind is MeasureKind.HAPPENED
    if not isfinite(guess) or guess < 0 or (is_share and guess > 100):
        allowed = "0 to 100 of a hundred worlds" if is_share else "0 or more"
        raise RequestError(f"bet on {name}: {guess:g} is no guess\n    allowed: {allowed}")


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
        if not isinstance(guesses, list) or not all(map(_is_number, guesses)):
            raise RequestError(
                f"--bets {file}: {name}: is no list of numbers\n"
                "    a line is, for example, war_wider = [10, 40, 25]"
            )
    return tuple(Bet(name, tuple(map(float, guesses))) for name, guesses in content.items())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _settle(bet: Bet, values: Mapping[str, Any], ordinary: Results) -> SettledBet:
    measure = ordinary.measures[bet.measure]
    settle = _settle_share if measure.kind is MeasureKind.HAPPENED else _settle_amount
    defined = not measure.given or bool(values[measure.given])
    return settle(measure, bet.guesses, values[measure.name] if defined else None, ordinary)


def _settle_share(
    measure: Measure, guesses: tuple[float, ...], own: Any, ordinary: Results
) -> SettledBet:
    share, low, high = (100 * end for end in share_interval(measure, ordinary))
    answer = "n/a" if own is None else "yes" if own else "no"
    sentence = (
        f"{measure.short}: in {format_percent(share / 100)} of ordinary worlds; your middle guess "
        f"was {_describe(guesses, '%')}. In your world: {answer}."
    )
    return _build(measure, guesses, (share, low, high), 100.0, sentence)


def _settle_amount(
    measure: Measure, guesses: tuple[float, ...], own: Any, ordinary: Results
) -> SettledBet:
    column = defined_values(measure, ordinary)
    low, middle, high = (float(value) for value in np.quantile(column, _MIDDLE))
    answer = "n/a" if own is None else format_amount(float(own))
    sentence = (
        f"{measure.short_with_unit}: {format_amount(middle)} in a typical world, "
        f"{format_amount(low)} to {format_amount(high)} in nine of ten; your middle guess was "
        f"{_describe(guesses, '')}. In your world: {answer}."
    )
    top = max(high, *guesses) or 1.0
    return _build(measure, guesses, (middle, low, high), top, sentence)


def _build(
    measure: Measure,
    guesses: tuple[float, ...],
    answer: tuple[float, float, float],
    top: float,
    sentence: str,
) -> SettledBet:
    return SettledBet(
        measure.short, tuple(sorted(guesses)), median(guesses), *answer, top, sentence
    )


def _describe(guesses: tuple[float, ...], unit: str) -> str:
    """Return the middle guess and, of several, their range."""
    spread = f" ({min(guesses):g} to {max(guesses):g})" if len(guesses) > 1 else ""
    return f"{median(guesses):g}{unit}{spread}"
