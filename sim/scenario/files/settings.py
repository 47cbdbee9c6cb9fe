"""`--set key.path=value`: settings that the command line adds on top of a scenario."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from typing import Any

from sim.errors import RequestError
from sim.scenario.characters import find_control_characters, replace_control_characters
from sim.scenario.files.bare_numbers import (
    describe_misfit,
    fix_quantity,
    is_number,
    is_quantity,
    is_within,
)
from sim.scenario.files.layers import FILE_KEYS, MAX_DEPTH, Layer, Tree, is_too_deep
from sim.scenario.files.line_numbers import Key


def write_setting(key: str, value: object) -> str:
    """Return a setting `key=value` as `--set` takes it, from a value of Python.

    Raises:
        RequestError: the value is none that a scenario can hold.
    """
    return f"{key}={_write_value(key, value)}"


def _write_value(key: str, value: object) -> str:
    if hasattr(value, "item"):  # a number of NumPy
        value = value.item()
    match value:
        case bool():
            return str(value).lower()
        case int() | float() | date():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(_write_value(key, item) for item in value)}]"
        case dict():
            items = (f"{json.dumps(name)} = {_write_value(key, v)}" for name, v in value.items())
            return f"{{{', '.join(items)}}}"
        case _:
            raise RequestError(
                f"--set {key}: {type(value).__name__} is no value of a scenario\n"
                "    allowed: a number, true or false, a text, a date, a list or a table of these"
            )


def build_settings_layer(settings: Iterable[str], base: Tree) -> Layer:
    """Return the settings as a layer over the scenario `base`.

    A bare number set on a quantity fixes it in every world. Setting `key.value` changes the best
    figure only and leaves the range to the scenario.

    Raises:
        RequestError: a setting is not of the form `key.path=value` or names a file, or a quantity
            is set to something other than a number within its own range.
    """
    tree: Tree = {}
    for setting in settings:
        key, value = _parse_setting(setting)
        _insert_value(tree, key, _fix_quantity(setting, value, _get_value(base, key)))
    return Layer(None, tree)


def _parse_setting(setting: str) -> tuple[Key, Any]:
    path, equals, text = setting.partition("=")
    key = tuple(part.strip() for part in path.split("."))
    if not equals or not all(key):
        raise RequestError(
            f"--set {setting}: is not of the form key.path=value\n"
            "    for example: --set rules.honour.reputation=1.2"
        )
    if len(key) > MAX_DEPTH:
        message = f"the key has {len(key):,} parts; at most {MAX_DEPTH} are possible"
        raise RequestError(f"--set {'.'.join(key[:3])}...: {message}")
    if key[0] in FILE_KEYS:
        raise RequestError(f"--set {setting}: only a file can set this key")
    value = _parse_value(text.strip())
    if is_too_deep(value):
        raise RequestError(f"--set {path}: is more than {MAX_DEPTH} levels deep")
    for _, message in find_control_characters({path: value}):
        raise RequestError(
            f"--set {replace_control_characters('.'.join(key))}: {message}\n"
            "    allowed: printable text"
        )
    return key, value


def _parse_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):  # words need no quotes here
        return text


def _fix_quantity(setting: str, value: Any, current: Any) -> Any:
    if isinstance(value, dict) or not is_quantity(current):
        return value
    key = setting.partition("=")[0]
    if not is_number(value):
        raise RequestError(f"--set {setting}: {key} is a number, and {value!r} is not")
    if not is_within(value, current):
        message, allowed = describe_misfit(key, value, current)
        raise RequestError(f"--set {setting}: {message}\n    allowed: {allowed}")
    return fix_quantity(value)


def _get_value(tree: Tree, key: Key) -> Any:
    value: Any = tree
    for part in key:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _insert_value(tree: Tree, key: Key, value: Any) -> None:
    for part in key[:-1]:
        table = tree.setdefault(part, {})
        if not isinstance(table, dict):
            raise RequestError(f"--set {'.'.join(key)}: {part} was already set to a value")
        tree = table
    old = tree.get(key[-1])
    tree[key[-1]] = old | value if isinstance(old, dict) and isinstance(value, dict) else value
