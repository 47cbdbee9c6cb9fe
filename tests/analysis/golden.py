"""What is told of the world put together by hand, as it was looked at and found good.

`python -m tests.analysis.golden` renews the files after a change of words; look at what it wrote.
"""

from __future__ import annotations

from pathlib import Path

from sim.analysis.telling import Told, as_page, as_record, as_text, shown
from sim.cli.written import as_json
from tests.analysis.lives import by_hand

DATA = Path(__file__).parents[1] / "data"


def told() -> Told:
    """Return the world put together by hand, ready to be put on paper."""
    life = by_hand()
    return Told("korea_crisis", life, "put together by hand", shown(life.scenario))


def forms() -> dict[str, str]:
    """Return what is told, by the file that keeps it."""
    return {
        "told_world.txt": as_text(told()),
        "told_world_page.txt": as_page(told()),
        "told_world.json": as_json(as_record(told())),
    }


if __name__ == "__main__":
    for name, text in forms().items():
        (DATA / name).write_text(text, encoding="utf-8")
