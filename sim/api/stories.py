"""Python API: tell, diff."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.analysis.data.notebook import render_notebook
from sim.analysis.data.resolve import open_source
from sim.analysis.stories import render_promise
from sim.analysis.stories.divergence_report import (
    DivergenceReport,
    divergence_sentences,
    reach_sentences,
)
from sim.analysis.stories.promise import PromiseExplanation
from sim.analysis.stories.render_divergence import (
    divergence_record,
    render_divergence_markdown,
    render_divergence_text,
)
from sim.analysis.stories.render_story import (
    WorldStory,
    render_story_markdown,
    render_story_text,
    story_record,
)
from sim.analysis.stories.tell import (
    compare_world,
    explain_promise,
    prepare_story,
    require_same_draws,
)
from sim.api.inputs import ResultsInput, as_side


class Story:
    """The story of a world, or of one commitment in it: `print` it, or show it in a notebook."""

    def __init__(self, story: WorldStory, explanation: PromiseExplanation | None = None) -> None:
        self._story, self._explanation = story, explanation

    def __str__(self) -> str:
        return (
            render_story_text(self._story)
            if self._explanation is None
            else render_promise.render_promise_text(self._explanation)
        )

    def __repr__(self) -> str:
        return f"<{self._story.title}>"

    def _repr_markdown_(self) -> str:
        return self.page

    @property
    def page(self) -> str:
        """The story as Markdown."""
        return (
            render_story_markdown(self._story)
            if self._explanation is None
            else render_promise.render_promise_markdown(self._explanation)
        )

    @property
    def record(self) -> dict[str, Any]:
        """The story as data, with all reasons of every decision and unrounded figures."""
        return (
            story_record(self._story)
            if self._explanation is None
            else render_promise.promise_record(self._explanation)
        )


def tell(
    results: ResultsInput,
    *,
    world: int | None = None,
    pick: str | None = None,
    why: str | None = None,
    against: str = "average",
) -> Story:
    """Return the story of one world month by month, as `sim tell` does.

    `results` is a results folder, a result of `load` or `run`, or a scenario file. Give the number
    of the `world`, from 0, or a rule that `pick`s one from results: `typical`, `war`, `surprising`
    or `first-honoured`. With `why`, such as `russia` or `russia@7` for month 7, the story explains
    why that ally honoured its commitment or did not, `against` the `average` of such calls or the
    historical `record`.

    Raises:
        ScenarioError: the scenario cannot be used.
        RequestError: there is no such world, rule or commitment.
        ResultsError: the folder cannot be read, or this engine would simulate other worlds.
    """
    story = prepare_story(open_source(as_side(results)), world, pick)
    return Story(story, explain_promise(story, why, against) if why else None)


class Divergence:
    """Two histories of one world: `print` them, or show in a notebook where they diverge."""

    def __init__(self, report: DivergenceReport) -> None:
        self._report = report

    @property
    def page(self) -> str:
        """The two histories as Markdown."""
        return render_divergence_markdown(self._report)

    @property
    def record(self) -> dict[str, Any]:
        """The first decision that differs, what follows and what stays the same, as data."""
        return divergence_record(self._report)

    def frame(self) -> pd.DataFrame:
        """One row per assumption that differs: `key`, and its value in `first` and `second`."""
        rows = [(each.key, *map(str, each.values)) for each in self._report.inputs]
        return pd.DataFrame(rows, columns=["key", "first", "second"])

    def __str__(self) -> str:
        return render_divergence_text(self._report)

    def __repr__(self) -> str:
        return f"<{self._report.title}>"

    def _repr_html_(self) -> str:
        sentences = [*divergence_sentences(self._report), *reach_sentences(self._report)]
        return render_notebook(self._report.title, self.frame(), *sentences)


def diff(
    first: ResultsInput, second: ResultsInput, *, world: int, every: bool = False
) -> Divergence:
    """Return where two histories of the same world diverge, as `sim diff` does.

    With `every`, the text has all months in which they differ.

    Raises:
        RequestError: the worlds do not have the same random draws, or there is no such world.
        ScenarioError: a scenario cannot be used.
        ResultsError: a folder cannot be read, or this engine would simulate other worlds.
    """
    sources = open_source(as_side(first)), open_source(as_side(second))
    require_same_draws(*sources, world)
    return Divergence(compare_world(*sources, world, every=every))
