"""Control characters, which no scenario may contain: they break SVG and act on terminals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sim.scenario.files.line_numbers import Key

_CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Unicode control characters except tab and line ends, and the two noncharacters: XML 1.0, and so
# SVG, excludes them (section 2.2).


def find_control_characters(tree: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Yield each key whose name or text contains a control character, with the message."""
    if isinstance(tree, str) and (match := _CONTROL_CHARACTER.search(tree)):
        yield key, f"contains the control character U+{ord(match[0]):04X}"
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from find_control_characters(name, (*key, name))
            yield from find_control_characters(value, (*key, name))
    elif isinstance(tree, list):
        for value in tree:
            yield from find_control_characters(value, key)


def replace_control_characters(name: str) -> str:
    """Return a name with every control character replaced."""
    return _CONTROL_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", name)
