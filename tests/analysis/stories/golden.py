"""What is told of the world put together by hand, as it was looked at and found good.

`python -m tests.analysis.stories.golden` renews the files after a change of words; look at what it
wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.analysis.stories import render_divergence, render_promise
from sim.analysis.stories.divergence import compare_histories
from sim.analysis.stories.promise import (
    PromiseExplanation,
    historical_reference,
    list_promises,
    split_chance,
)
from sim.analysis.stories.render_story import (
    WorldStory,
    render_story_markdown,
    render_story_text,
    story_measures,
    story_record,
)
from sim.output import render_json
from tests.analysis.stories.example_worlds import by_hand, by_hand_otherwise

DATA = Path(__file__).parents[2] / "data"


def told() -> WorldStory:
    """Return the world put together by hand, ready to be put on paper."""
    life = by_hand()
    return WorldStory("korea_crisis", life, "put together by hand", story_measures(life.scenario))


def pair() -> render_divergence.DivergenceReport:
    """Return the same world as it went otherwise, beside it."""
    lives = by_hand(), by_hand_otherwise()
    names = "one", "another"
    return render_divergence.DivergenceReport(names, lives, [], compare_histories(*lives))


def promise() -> PromiseExplanation:
    """Return why one ally did not come."""
    life = by_hand()
    broken = list_promises(life)[1]
    return split_chance(life, broken, *historical_reference(broken))


GOLDEN: dict[str, Callable[[], str]] = {
    "told_world.txt": lambda: render_story_text(told()),
    "told_world_page.txt": lambda: render_story_markdown(told()),
    "told_world.json": lambda: render_json(story_record(told())),
    "told_pair.txt": lambda: render_divergence.render_divergence_text(pair()),
    "told_pair.json": lambda: render_json(render_divergence.divergence_record(pair())),
    "told_promise.txt": lambda: render_promise.render_promise_text(promise()),
    "told_promise.json": lambda: render_json(render_promise.promise_record(promise())),
}
"""What is told, by the file that keeps it."""


if __name__ == "__main__":
    for name, text in GOLDEN.items():
        (DATA / name).write_text(text(), encoding="utf-8")
