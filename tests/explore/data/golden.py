"""The layout of a header, which a page of before relies on: run as a module, this renews it.

Texts and numbers change with the scenarios, and other tests compare them with the tables. What is
stored here is which keys there are, and the kind of what they hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.explore.build import PackOptions, build_pack
from sim.explore.data.arrays import PackedArray
from sim.explore.sides import Sides, open_sides
from tests.explore.small import HERE, folder_of

FILE = Path(__file__).parent / "golden" / "header.json"
CHOICE_WORLDS, STRESS_WORLDS = 30, 6
_BY_NAME = ("glossary",)
"""Parts whose keys are words."""


def build(sides: Sides) -> dict[str, Any]:
    """Return the header of some sides with all parts, with choices and crises of few worlds."""
    options = PackOptions(
        choice_worlds=CHOICE_WORLDS, stress_worlds=STRESS_WORLDS, workers=HERE.workers
    )
    return build_pack(sides, options)


def outline(part: Any, key: str = "") -> Any:
    """Return a part of a header with the kinds of its contents; of a list, that of its first."""
    match part:
        case PackedArray():
            entry = part.describe(0)
            return f"{entry['dtype']} {len(entry['shape'])} axes {'+'.join(part.delta)}".strip()
        case dict() if key in _BY_NAME:
            return {"<term>": "str"}
        case dict():
            return {name: outline(item, name) for name, item in part.items()}
        case list() | tuple():
            return [outline(next(filter(_holds, part), part[0]))] if part else []
        case bool() | str() | None:
            return type(part).__name__
        case _:
            return "number"


def _holds(part: Any) -> bool:
    """Whether a part is no empty list, so that it shows what such a list holds."""
    return not isinstance(part, dict) or [] not in part.values()


if __name__ == "__main__":
    text = json.dumps(
        outline(build(open_sides([folder_of("pact"), folder_of("no_pact")]))),
        indent=1,
        ensure_ascii=False,
    )
    FILE.write_text(f"{text}\n", encoding="utf-8")
