"""Turns what pydantic found into problems that name file, line, key and the nearest right word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sim.errors import Problem
from sim.scenario.layers import Layer, winner
from sim.scenario.lines import Key
from sim.scenario.schema import Scenario


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


def explain(error: ErrorDetails, layers: list[Layer]) -> Problem:
    """Return one of pydantic's findings as a problem."""
    key = tuple(str(part) for part in error["loc"] if part != "[key]")
    match error["type"]:
        case "extra_forbidden":
            known = _fields(key[:-1])
            what = "is not a key that is known here"
            return problem_at(layers, key, what, ", ".join(known), nearest_name(key[-1], known))
        case "missing":
            return problem_at(layers, key, "is missing", _description(key))
        case "enum":
            allowed = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            near = nearest_name(str(error["input"]), allowed.split(", "))
            return problem_at(
                layers, key, f"{error['input']!r} is not one of the words allowed", allowed, near
            )
        case "value_error":
            what, _, allowed = str(error["ctx"]["error"]).partition("|")
            return problem_at(layers, key, what, allowed)
        case _:
            return problem_at(layers, key, _plain(error))


def _plain(error: ErrorDetails) -> str:
    message = error["msg"].removeprefix("Input ").removeprefix("Value error, ")
    given = error["input"]
    shown = f" (given: {given!r})" if isinstance(given, str | int | float | bool) else ""
    return message + shown


def _fields(key: Key) -> list[str]:
    model = _model(key)
    return list(model.model_fields) if model else []


def _description(key: Key) -> str:
    model = _model(key[:-1])
    field = model.model_fields.get(key[-1]) if model else None
    return (field.description or "").rstrip(".") if field else ""


def _model(key: Key) -> type[BaseModel] | None:
    """Return the schema class that describes the table at `key`."""
    kind: Any = Scenario
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
