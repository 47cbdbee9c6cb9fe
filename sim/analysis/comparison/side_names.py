"""Names of runs that are shown together."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiment.storage.results import Results

_MAX_CHANGES = 2
"""Changes in a name; the list of assumptions has all."""


def name_sides(sides: Sequence[Results]) -> list[str]:
    """Return a name for each run: the user's, or the title of its scenario.

    Runs of one title are named by what the command line changed, such as `reputation 1.2`, and
    otherwise by their folders.
    """
    titles = [side.title for side in sides]
    names = list(titles)
    for title in {title for title in titles if titles.count(title) > 1}:
        alike = [index for index, other in enumerate(titles) if other == title]
        for index, name in zip(alike, _distinguish([sides[i] for i in alike]), strict=True):
            names[index] = name
    return names


def _distinguish(sides: Sequence[Results]) -> list[str]:
    """Return the names of runs of one title."""
    changes = [_list_changes(side) for side in sides]
    shared = set.intersection(*(set(own.items()) for own in changes))
    named = [_describe(dict(own.items() - shared)) for own in changes]
    names = [name or side.title for name, side in zip(named, sides, strict=True)]
    if len(set(names)) == len(names):
        return names
    return [f"{side.title} ({side.path.name})" for side in sides]


def _list_changes(side: Results) -> dict[str, str]:
    """Return what was changed, by key; for a point of a sweep, its levels."""
    if side.sweep is not None:
        return {key: _format_level(level) for key, level in side.sweep.design[side.point].items()}
    return {change.key: change.value for change in side.changes}


def _describe(changes: dict[str, str]) -> str:
    """Return changes in the order of their keys, each by the last part of its key."""
    parts = [f"{key.rpartition('.')[2]} {changes[key]}" for key in sorted(changes)]
    more = f" and {len(parts) - _MAX_CHANGES} more" if len(parts) > _MAX_CHANGES else ""
    return ", ".join(parts[:_MAX_CHANGES]) + more


def _format_level(level: object) -> str:
    return f"{level:g}" if isinstance(level, float) else str(level)
