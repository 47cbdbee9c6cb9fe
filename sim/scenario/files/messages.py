"""Conversion of pydantic errors into problems with file, line, key and the nearest valid name."""

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
from sim.scenario.files.layers import FILE_KEYS, Layer, find_effective_layer
from sim.scenario.files.line_numbers import Key
from sim.scenario.schema.identifiers import PATTERN_DESCRIPTIONS
from sim.scenario.schema.scenario import Scenario


def locate_problem(
    layers: list[Layer], key: Key, message: str, allowed: str = "", suggestion: str = ""
) -> Problem:
    """Return a problem at `key`, located in the file and line that determine its value."""
    layer = find_effective_layer(layers, key)
    line = layer.find_line(key) if layer else None
    file = layer.file if layer else None
    name = ".".join(key) if file or layer is None else f"--set {'.'.join(key)}"
    return Problem(file, line, name, message, allowed, suggestion)


def find_nearest_name(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def convert_validation_error(
    error: ErrorDetails, layers: list[Layer], content_type: Any = Scenario
) -> Problem:
    """Return an error of pydantic as a problem; `content_type` is that of the file's content."""
    key = tuple(str(part) for part in error["loc"])
    message, allowed, nearest = _describe_error(error), "", ""
    match error["type"]:
        case "extra_forbidden":
            known = _list_known_keys(key[:-1], content_type)
            message, allowed = "unknown key", ", ".join(known)
            nearest = find_nearest_name(key[-1], known)
        case "missing":
            message = f"is missing: {_describe_key(key, content_type)}"
        case "enum":
            allowed = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            message = f"{_format_value(error['input'])} is not one of the words allowed"
            nearest = find_nearest_name(str(error["input"]), allowed.split(", "))
        case "model_type":
            allowed = ", ".join(_list_known_keys(key, content_type))
        case "string_pattern_mismatch":
            message = f"{_format_value(error['input'])} is not written as it should be"
            allowed = PATTERN_DESCRIPTIONS[error["ctx"]["pattern"]]
            key = key[:-1] if key[-1] == "[key]" else key
        case "value_error":
            message, _, allowed = str(error["ctx"]["error"]).partition("|")
    return locate_problem(layers, key, message, allowed, nearest)


_TYPE_DESCRIPTIONS = {
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
_SIZE_MESSAGES = {
    "too_short": "has too few entries: at least {min_length} needed",
    "too_long": "has too many entries: at most {max_length} possible",
}


_MAX_BITS = 1_000  # Python itself refuses to write numbers of more than 4,300 digits


def _describe_error(error: ErrorDetails) -> str:
    """Return the message of an error, in terms of files rather than of programs."""
    if error["type"] in _SIZE_MESSAGES:
        return _SIZE_MESSAGES[error["type"]].format(**error["ctx"])
    expected = _TYPE_DESCRIPTIONS.get(error["type"].partition("_")[0])
    message = f"should be {expected}" if expected else error["msg"].removeprefix("Input ")
    return f"{message} (given: {_format_value(error['input'])})"


def _format_value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > _MAX_BITS:
            return f"a number of about {value.bit_length() * 3 // 10:,} digits"
        case str() | int():
            return reprlib.repr(value)
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return str(value)


def _list_known_keys(key: Key, content_type: Any) -> list[str]:
    model = _find_model(key, content_type)
    return [
        *(model.model_fields if model else ()),
        *(() if key or content_type != Scenario else FILE_KEYS),
    ]


def _describe_key(key: Key, content_type: Any) -> str:
    """Return the schema's description of a field, or else of the class of its value."""
    model, table = _find_model(key[:-1], content_type), _find_model(key, content_type)
    field = model.model_fields.get(key[-1]) if model else None
    description = (field.description if field else None) or (table.__doc__ if table else None)
    return (description or "").partition("\n")[0].rstrip(".")


def _find_model(key: Key, content_type: Any) -> type[BaseModel] | None:
    """Return the schema class that describes the table at `key`."""
    model = content_type
    for part in key:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(part)
            model = _unwrap_type(field.annotation) if field else None
        elif get_origin(model) is dict:
            model = _unwrap_type(get_args(model)[1])
        elif get_origin(model) is tuple:
            model = _unwrap_type(get_args(model)[0])
        else:
            return None
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _unwrap_type(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return _unwrap_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _unwrap_type(next(arg for arg in get_args(annotation) if arg is not type(None)))
    return (
        annotation if not (isinstance(annotation, type) and issubclass(annotation, Enum)) else None
    )
