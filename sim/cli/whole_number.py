"""Options that take whole numbers as people write them: 10000, 10_000, 10,000 or 1e4."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,_'\u2019 ]\d{3})+")
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_PLAIN = re.compile(r"[+-]?\d{1,30}")


def whole_number_option(
    *names: str, least: int = 0, most: int | None = None, metavar: str = "N", text: str
) -> Any:
    """Return an option that takes a whole number within limits.

    Args:
        names: the option's names, if they differ from its parameter's.
        least: the least number allowed.
        most: the largest; None for no limit.
        metavar: the word for the number in the help.
        text: the help.
    """
    return typer.Option(*names, metavar=metavar, help=text, parser=_parse_within(least, most))


def read_whole_number(text: str) -> int | None:
    """Return the whole number that a text states, or None if it states none."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+-]", "", text)
    if _POWER.fullmatch(text):
        number = float(text)
        return int(number) if number.is_integer() else None
    return int(text) if _PLAIN.fullmatch(text) else None


def _parse_within(least: int, most: int | None) -> Callable[[str | int], int]:
    allowed = f"{least:,} or more" if most is None else f"{least:,} to {most:,}"

    def parse(value: str | int) -> int:
        number = read_whole_number(str(value))
        if number is None:
            raise typer.BadParameter(f"{value!r} is not a whole number, such as 1000")
        if number < least or (most is not None and number > most):
            raise typer.BadParameter(f"{number:,} is not allowed; allowed: {allowed}")
        return number

    return parse
