"""What is told of the world put together by hand, as it was looked at and found good.

`python -m tests.analysis.stories.golden` renews the files after a change of words; look at what it
wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.analysis.stories import render_divergence, render_promise
from sim.analysis.stories.divergence import difference
from sim.analysis.stories.promise import Why, promises, record_case, why
from sim.analysis.stories.render_story import Told, as_page, as_record, as_text, shown
from sim.cli.output import as_json
from tests.analysis.stories.example_worlds import by_hand, by_hand_otherwise

DATA = Path(__file__).parents[2] / "data"


def told() -> Told:
    """Return the world put together by hand, ready to be put on paper."""
    life = by_hand()
    return Told("korea_crisis", life, "put together by hand", shown(life.scenario))


def pair() -> render_divergence.Pair:
    """Return the same world as it went otherwise, beside it."""
    lives = by_hand(), by_hand_otherwise()
    names = "one", "another"
    return render_divergence.Pair(names, lives, [], difference(*lives))


def promise() -> Why:
    """Return why one ally did not come."""
    life = by_hand()
    broken = promises(life)[1]
    return why(life, broken, *record_case(broken))


GOLDEN: dict[str, Callable[[], str]] = {
    "told_world.txt": lambda: as_text(told()),
    "told_world_page.txt": lambda: as_page(told()),
    "told_world.json": lambda: as_json(as_record(told())),
    "told_pair.txt": lambda: render_divergence.as_text(pair()),
    "told_pair.json": lambda: as_json(render_divergence.as_record(pair())),
    "told_promise.txt": lambda: render_promise.as_text(promise()),
    "told_promise.json": lambda: as_json(render_promise.as_record(promise())),
}
"""What is told, by the file that keeps it."""


if __name__ == "__main__":
    for name, text in GOLDEN.items():
        (DATA / name).write_text(text(), encoding="utf-8")
