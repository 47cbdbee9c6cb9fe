"""A condition as written: `[not] EVENT [of WHO] [towards WHOM] [by MONTH | in A-B]`.

Or `[not] MEASURE [>= NUMBER]`, or `COLUMN >= NUMBER [by MONTH | in A-B]` of the table of months.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from sim.analysis.conditioning.spans import Period, Span, parse_until, parse_within
from sim.errors import RequestError

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "=": operator.eq,
}
PLACES = ("actor", "towards", "subject")
"""The columns of the table of events that say who and what it concerns."""
FORM = (
    "[not] EVENT [of WHO] [towards WHOM] [by MONTH | in A-B], [not] MEASURE [>= NUMBER], "
    "or COLUMN >= NUMBER [by MONTH]"
)
_TOKEN = re.compile(r">=|<=|==|[<>=]|[^\s<>=]+")
_KEYWORDS = ("of", "towards", "by", "in")


@dataclass(frozen=True)
class Comparison:
    """A comparison with a number, in the unit of what is compared."""

    sign: str
    number: float

    def holds(self, values: Any) -> Any:
        """Return where values meet it, in their own shape; nowhere where they are not defined."""
        return OPERATORS[self.sign](values, self.number)

    def __str__(self) -> str:
        return f"{self.sign} {self.number:g}"


@dataclass(frozen=True)
class Who:
    """A code that a row of the table of events must have.

    Attributes:
        code: such as `dprk` or `arms_2023`.
        places: the columns of which one must have it.
    """

    code: str
    places: tuple[str, ...] = ("actor", "subject")


@dataclass(frozen=True)
class Condition:
    """A condition, in the terms of its author.

    Attributes:
        text: as written.
        name: the event, alias, measure or column.
        negated: whether the worlds that do not meet it are wanted.
        who: what the rows of an event must have.
        comparison: of the level of an event, of a measure, or of a column.
        span: the months in which it must hold; None for any month.
    """

    text: str
    name: str
    negated: bool = False
    who: tuple[Who, ...] = ()
    comparison: Comparison | None = None
    span: Span | None = None


def parse_condition(text: str, period: Period) -> Condition:
    """Return a condition as written; its names are checked later, against the tables.

    Raises:
        RequestError: it is not written as conditions are, or its months are not simulated.
    """
    return _Parser(text, period).parse()


class _Parser:
    """Reads the words of a condition one after the other."""

    def __init__(self, text: str, period: Period) -> None:
        self._text, self._period = " ".join(text.split()), period
        self._words = _TOKEN.findall(text)
        self._who: list[Who] = []
        self._comparison: Comparison | None = None
        self._span: Span | None = None

    def parse(self) -> Condition:
        """Return the condition."""
        negated = self._next_is("not")
        name = "_".join(self._take_plain_words()).lower().replace("-", "_")
        if not name:
            raise RequestError(f"names nothing\n    allowed: {FORM}")
        while self._words:
            self._read_part(self._words.pop(0))
        return Condition(self._text, name, negated, tuple(self._who), self._comparison, self._span)

    def _read_part(self, word: str) -> None:
        match word:
            case "of":
                self._who += [_parse_who(code) for code in self._some_words(word)]
            case "towards":
                self._who += [Who(code, ("towards",)) for code in self._some_words(word)]
            case "by" | "in":
                self._read_span(word)
            case _ if word in OPERATORS and self._comparison is None:
                self._comparison = Comparison(word, self._number(word))
            case _:
                raise RequestError(f"{word!r} is not understood here\n    allowed: {FORM}")

    def _read_span(self, word: str) -> None:
        months = self._some_words(word)
        if self._span:
            raise RequestError("names its months twice")
        text = "..".join(part for part in months if part not in ("to", "-"))
        read = parse_until if word == "by" else parse_within
        self._span = read(text, self._period)

    def _number(self, sign: str) -> float:
        text = self._words.pop(0) if self._words else ""
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            raise RequestError(f"a number is needed after {sign}" + f", not {text!r}" * bool(text))
        return number

    def _some_words(self, keyword: str) -> list[str]:
        if words := self._take_plain_words():
            return words
        raise RequestError(f"nothing follows {keyword!r}\n    allowed: {FORM}")

    def _take_plain_words(self) -> list[str]:
        """Take the words up to the next keyword or comparison."""
        words = []
        while self._words and self._words[0] not in (*_KEYWORDS, *OPERATORS):
            words.append(self._words.pop(0).rstrip(","))
        return words

    def _next_is(self, word: str) -> bool:
        if self._words[:1] == [word]:
            self._words.pop(0)
            return True
        return False


def _parse_who(text: str) -> Who:
    """Return a code; `actor:ukraine` names the column of a code that stands in several."""
    place, colon, code = text.partition(":")
    if not colon:
        return Who(text)
    if place not in PLACES or not code:
        raise RequestError(f"{text!r} is not understood\n    allowed: {', '.join(PLACES)}, then :")
    return Who(code, (place,))
