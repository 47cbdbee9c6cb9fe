"""All parts of a pack, from the results folders of one to three runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sim._version import __version__
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.explore.data import choices, stories, stress
from sim.explore.data.assumptions import list_assumptions
from sim.explore.data.glossary import read_glossary
from sim.explore.data.happened import list_happened
from sim.explore.data.outcomes import choose_headlines, list_outcomes
from sim.explore.data.pack import PACK_FORMAT
from sim.explore.data.series import list_series
from sim.explore.progress import TrackWorlds, track_nothing
from sim.explore.sides import Pair, Sides

MOST_ASSUMPTIONS = 12
"""Assumptions that a reader may hold to a third of their range."""


@dataclass(frozen=True)
class PackOptions:
    """What is packed.

    Attributes:
        command: the command as the user typed it.
        measures: the outcomes shown first; empty for the headlines of the scenarios.
        assumptions: how many assumptions are chosen.
        choice_worlds: worlds whose choices are recorded; 0 for none.
        stress_worlds: worlds of each crisis; 0 for no matrix.
        stories: whether every world has its story.
        workers: number of processes; None leaves it to the size of the work.
        track: reports progress of what is simulated again.
    """

    command: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    assumptions: int = MOST_ASSUMPTIONS
    choice_worlds: int = choices.MOST_WORLDS
    stress_worlds: int = stress.DEFAULT_WORLDS
    stories: bool = True
    workers: int | None = None
    track: TrackWorlds = track_nothing

    def quick(self) -> PackOptions:
        """Return the options without the parts for which worlds are simulated again."""
        return replace(self, choice_worlds=0, stress_worlds=0, stories=False)


def build_pack(sides: Sides, options: PackOptions = PackOptions()) -> dict[str, Any]:
    """Return the header of a pack with its arrays, to be encoded.

    Raises:
        RequestError: a measure that was asked for is unknown.
        ResultsError: a table is missing or damaged.
    """
    headlines = choose_headlines(sides, options.measures)
    return {
        **_describe_run(sides, options.command),
        "sides": _list_sides(sides),
        "pairs": [_describe_pair(sides, pair) for pair in sides.pairs],
        "assumptions": list(list_assumptions(sides, headlines, options.assumptions)),
        "outcomes": list(list_outcomes(sides, headlines)),
        "series": list(list_series(sides)),
        "happened": list(list_happened(sides)),
        **_simulate_again(sides, options),
        "glossary": read_glossary(),
    }


def _simulate_again(sides: Sides, options: PackOptions) -> dict[str, Any]:
    """Return the parts for which worlds are simulated again."""
    how = options.workers, options.track
    worlds = options.choice_worlds
    return {
        "choices": list(choices.list_choices(sides, worlds, *how)) if worlds else [],
        "stress": stress.describe_stress(sides, options.stress_worlds, *how),
        "stories": stories.describe_stories(sides, *how) if options.stories else None,
    }


def _describe_run(sides: Sides, command: Sequence[str]) -> dict[str, Any]:
    return {
        "format": PACK_FORMAT,
        "version": __version__,
        "engine": engine_fingerprint(),
        "command": " ".join(command),
        "worlds": len(sides.worlds),
        "first_world": int(sides.worlds[0]),
        "months": sides.months,
        "start": sides.first.start.isoformat(),
        "seed": sides.first.seed,
    }


def _describe_pair(sides: Sides, pair: Pair) -> dict[str, Any]:
    """Return which side is compared with which, and the treaties that one adds, if it does."""
    treaties = sides.scenarios[pair.with_].treaties
    return {
        "with": pair.with_,
        "without": pair.without,
        "added_treaties": [treaties[code].name for code in pair.added_treaties],
    }


def _list_sides(sides: Sides) -> list[dict[str, Any]]:
    return [
        {
            "name": results.name,
            "title": title,
            "question": " ".join(results.scenario.question.split()),
            "description": " ".join(results.scenario.description.split()),
            "seed": results.scenario.seed,
            "start": results.scenario.start.isoformat(),
            "scenario": {
                "digest": sha256(results.scenario.model_dump_json().encode()).hexdigest(),
                "changes": [str(change) for change in results.changes],
            },
        }
        for results, title in zip(sides.results, sides.titles, strict=True)
    ]
