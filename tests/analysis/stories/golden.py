"""The reviewed renderings of the world constructed by hand.

`python -m tests.analysis.stories.golden` renews the files after a change of words; review the diff.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.analysis.stories import render_divergence, render_promise
from sim.analysis.stories.divergence import compare_histories
from sim.analysis.stories.divergence_report import DivergenceReport
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


def story() -> WorldStory:
    """Return the story of the world constructed by hand."""
    record = by_hand()
    return WorldStory(
        "korea_crisis", record, "put together by hand", story_measures(record.scenario)
    )


def pair() -> DivergenceReport:
    """Return the same world with another history beside it."""
    records = by_hand(), by_hand_otherwise()
    names = "one", "another"
    return DivergenceReport(names, records, [], compare_histories(*records))


def promise() -> PromiseExplanation:
    """Return why an ally did not send aid."""
    record = by_hand()
    reneged = list_promises(record)[1]
    return split_chance(record, reneged, *historical_reference(reneged))


GOLDEN: dict[str, Callable[[], str]] = {
    "story_world.txt": lambda: render_story_text(story()),
    "story_world_page.txt": lambda: render_story_markdown(story()),
    "story_world.json": lambda: render_json(story_record(story())),
    "story_pair.txt": lambda: render_divergence.render_divergence_text(pair()),
    "story_pair.json": lambda: render_json(render_divergence.divergence_record(pair())),
    "story_promise.txt": lambda: render_promise.render_promise_text(promise()),
    "story_promise.json": lambda: render_json(render_promise.promise_record(promise())),
}
"""The rendering in each file."""


if __name__ == "__main__":
    for name, text in GOLDEN.items():
        (DATA / name).write_text(text(), encoding="utf-8")
