"""Turns what pydantic found into problems that name file, line, key and the nearest right word."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sim.errors import Problem
from sim.scenario.files.layers import FILE_KEYS, Layer, winner
from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.identifiers import IN_WORDS
from sim.scenario.schema.scenario import Scenario


def problem_at(
    layers: list[Layer], key: Key, what: str, allowed: str = "", nearest: str = ""
) -> Problem:
    """Return a problem at `key`, placed in the file and line whose word counts there."""
    layer = winner(layers, key)
    line = layer.line(key) if layer else None
    file = layer.file if layer else None
    name = ".".join(key) if file or layer is None else f"--set {'.'.join(key)}"
    return Problem(file, line, name, what, allowed, nearest)


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def explain(error: ErrorDetails, layers: list[Layer], root: Any = Scenario) -> Problem:
    """Return one of pydantic's findings as a problem; `root` is what the file as a whole holds."""
    key = tuple(str(part) for part in error["loc"])
    what, allowed, nearest = _plain(error), "", ""
    match error["type"]:
        case "extra_forbidden":
            known = _fields(key[:-1], root)
            what, allowed = "is not a key that is known here", ", ".join(known)
            nearest = nearest_name(key[-1], known)
        case "missing":
            what = f"is missing: {_description(key, root)}"
        case "enum":
            allowed = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            what = f"{_shown(error['input'])} is not one of the words allowed"
            nearest = nearest_name(str(error["input"]), allowed.split(", "))
        case "model_type":
            allowed = ", ".join(_fields(key, root))
        case "string_pattern_mismatch":
            what = f"{_shown(error['input'])} is not written as it should be"
            allowed = IN_WORDS[error["ctx"]["pattern"]]
            key = key[:-1] if key[-1] == "[key]" else key
        case "value_error":
            what, _, allowed = str(error["ctx"]["error"]).partition("|")
    return problem_at(layers, key, what, allowed, nearest)


_KINDS = {
    "bool": "true or false",
    "date": "a date, such as 2024-06-19",
    "dict": "a table",
    "finite": "a finite number",
    "float": "a number",
    "int": "a whole number",
    "model": "a table",
    "string": "text in quotes",
    "tuple": "a list",
}
_SIZES = {
    "too_short": "has too few entries: at least {min_length} needed",
    "too_long": "has too many entries: at most {max_length} possible",
}


def _plain(error: ErrorDetails) -> str:
    """Return what pydantic says, in the words of someone who writes files and not programs."""
    if error["type"] in _SIZES:
        return _SIZES[error["type"]].format(**error["ctx"])
    kind = _KINDS.get(error["type"].partition("_")[0])
    message = f"should be {kind}" if kind else error["msg"].removeprefix("Input ")
    return f"{message} (given: {_shown(error['input'])})"


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str() | int():
            return reprlib.repr(value)
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return str(value)


def _fields(key: Key, root: Any) -> list[str]:
    model = _model(key, root)
    return [*(model.model_fields if model else ()), *(() if key or root != Scenario else FILE_KEYS)]


def _description(key: Key, root: Any) -> str:
    """Return what the schema says of a field, or else of the class of what stands there."""
    model, table = _model(key[:-1], root), _model(key, root)
    field = model.model_fields.get(key[-1]) if model else None
    said = (field.description if field else None) or (table.__doc__ if table else None) or ""
    return said.partition("\n")[0].rstrip(".")


def _model(key: Key, root: Any) -> type[BaseModel] | None:
    """Return the schema class that describes the table at `key`."""
    kind = root
    for part in key:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(part)
            kind = _bare(field.annotation) if field else None
        elif get_origin(kind) is dict:
            kind = _bare(get_args(kind)[1])
        else:
            return None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _bare(kind: Any) -> Any:
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(arg for arg in get_args(kind) if arg is not type(None)))
    return kind if not (isinstance(kind, type) and issubclass(kind, Enum)) else None
