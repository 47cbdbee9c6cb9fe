"""Puts decisions as questions: the lines of an order sheet, and those of a crisis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from sim.model.calendar import first_day
from sim.model.decision_log import Decision, DrawKey
from sim.play.sheet import Mode, Option, Question, Sheet
from sim.play.words import DecisionWords, fill, load_game_phrases, words_of
from sim.scenario.playable import Occasion, list_occasions
from sim.scenario.schema.scenario import Scenario

MOST_STANDING = 6
"""Most standing orders on a sheet; more cannot be talked over in a quarter."""
Expected = Mapping[Occasion, int]
"""The first month in which each decision is expected to come up in a quarter."""


def build_sheet(
    scenario: Scenario,
    seat: str,
    months: range,
    expected: Expected,
    before: Mapping[str, int],
) -> Sheet:
    """Return the order sheet of a delegation.

    Args:
        scenario: the scenario.
        seat: the code of the delegation.
        months: the months of the quarter.
        expected: when each decision is expected to come up.
        before: the options chosen on its last sheet, by question: the standing orders are preset.
    """
    occasions = [
        occasion
        for occasion in list_occasions(scenario)
        if occasion.who == seat and (occasion in expected or words_of(occasion).always)
    ]
    standing = _questions(scenario, occasions, Mode.STANDING, expected, before)
    initiatives = _questions(scenario, occasions, Mode.INITIATIVE, expected, {})
    return Sheet(
        seat,
        1 + (months.start - 1) // 3,
        months_in_words(scenario, months),
        tuple(standing[:MOST_STANDING]),
        tuple(initiatives),
    )


def find_expected(decisions: Iterable[Decision], months: range) -> dict[Occasion, int]:
    """Return the decisions that are open to a delegation in a quarter, and the first month of each.

    They are found in the quarter as the model would simulate it. What chance brings in it must not
    be read off a sheet: so a decision counts only if it is there in the first month and was there
    in the month before. Those that depend on the calendar (`ahead`) count from any month.

    Args:
        decisions: the log of one world, from before the quarter to its end.
        months: the months of the quarter.
    """
    arises: dict[Occasion, list[int]] = {}
    for decision in decisions:
        if decision.where[0]:
            arises.setdefault(Occasion(*decision.key), []).append(decision.month)
    found = {occasion: _first_month(occasion, there, months) for occasion, there in arises.items()}
    return {occasion: month for occasion, month in found.items() if month}


def _first_month(occasion: Occasion, arises: list[int], months: range) -> int:
    """Return the first month of a quarter in which a decision is open; 0 if there is none."""
    if words_of(occasion).ahead:
        return next((month for month in arises if month in months), 0)
    known = months.start == 1 or months.start - 1 in arises
    return months.start if known and months.start in arises else 0


def build_crisis(scenario: Scenario, month: int, key: DrawKey) -> Question:
    """Return the question of a decision that has come up in a month."""
    occasion = Occasion(*key)
    words = words_of(occasion)
    options = tuple(Option(str(text), (int(level),)) for text, level in words.options)
    name = f"m{month}:{_name(occasion)}"
    text = fill(words.question, scenario, *occasion[1:])
    return Question(name, key.who, Mode.CRISIS, text, options, (key,), words.note, month)


def months_in_words(scenario: Scenario, months: range) -> str:
    """Return the months of a quarter as text, such as "June to August 2024"."""
    first, last = (first_day(month, scenario.start) for month in (months[0], months[-1]))
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B}{f' {first:%Y}' if first.year != last.year else ''} to {last:%B %Y}"


def _questions(
    scenario: Scenario,
    occasions: Iterable[Occasion],
    mode: Mode,
    expected: Expected,
    before: Mapping[str, int],
) -> list[Question]:
    """Return the questions of a mode, the first in rank first."""
    asked = [occasion for occasion in occasions if words_of(occasion).mode is mode]
    ranked = sorted(enumerate(asked), key=lambda pair: (words_of(pair[1]).rank, pair[0]))
    groups = groupby((occasion for _, occasion in ranked), key=_line)
    return [
        _question(scenario, mode, list(group), expected, before.get(f"{mode}:{line}", 0))
        for line, group in groups
    ]


def _line(occasion: Occasion) -> str:
    """Return the name of the line on which a decision stands."""
    together = words_of(occasion).together
    return f"{occasion.what}:{occasion.who}" if together else _name(occasion)


def _name(occasion: Occasion) -> str:
    return ":".join(part.replace(" ", "_") for part in occasion if part)


def _question(
    scenario: Scenario, mode: Mode, occasions: list[Occasion], expected: Expected, default: int
) -> Question:
    first = occasions[0]
    words = words_of(first)
    keys = tuple(key for occasion in occasions for key in _keys(occasion, words))
    options = tuple(_options(words, mode, len(occasions)))
    return Question(
        f"{mode}:{_line(first)}",
        first.who,
        mode,
        fill(words.question, scenario, *first[1:]),
        options,
        keys,
        words.note,
        expected.get(first, 0) if mode is Mode.INITIATIVE else 0,
        default if default < len(options) else 0,
    )


def _keys(occasion: Occasion, words: DecisionWords) -> Iterator[DrawKey]:
    yield DrawKey(*occasion)
    if words.beside:
        yield DrawKey(words.beside, occasion.who, "", occasion.about)


def _options(words: DecisionWords, mode: Mode, lines: int) -> Iterator[Option]:
    """Yield the options, the first of which is to leave it to the model, or not to act."""
    phrases = load_game_phrases()["sheet"]
    beside = 1 if words.beside else 0
    if mode is Mode.STANDING:
        yield Option(phrases["leave"], (None,) * (lines * (1 + beside)))
    else:
        yield Option(phrases["no_initiative"], (0, *(None,) * beside) * lines)
    for text, *levels in words.options:
        yield Option(str(text), tuple(int(level) for level in levels) * lines)
