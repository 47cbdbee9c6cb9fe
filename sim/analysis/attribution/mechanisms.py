"""The mechanisms that an attribution can disable, by name, with the switches of each."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import RequestError
from sim.scenario.files.messages import find_nearest_name
from sim.scenario.schema.scenario import Mechanisms

MECHANISM_GROUPS = {
    "deterrence": ("deterrence",),
    "emboldenment": ("emboldenment",),
    "mutual_defence": ("mutual_defence",),
    "exchange": ("exchange", "technology", "payment"),
    "political_cover": ("political_cover",),
    "reputation": ("memory",),
    "balancing": ("balancing",),
}
"""The default mechanisms with their switches; any other mechanism is its own switch."""

_COMPANION_SWITCHES = {
    "council": ("council", "political_cover"),
    "provocation": ("provocation", "calming_down"),
}
"""Switches that have no effect without another, disabled together with it."""

MAX_MECHANISMS = len(MECHANISM_GROUPS)
"""The largest number of mechanisms; each further one doubles the number of runs."""


def select_mechanisms(requested: Sequence[str] | None) -> tuple[str, ...]:
    """Return the mechanisms to switch: those requested, or the default ones.

    Raises:
        RequestError: one is not known, or there are too many.
    """
    names = tuple(dict.fromkeys(requested or MECHANISM_GROUPS))
    known = list(dict.fromkeys([*MECHANISM_GROUPS, *Mechanisms.model_fields]))
    for name in names:
        if name not in known:
            nearest = find_nearest_name(name, known)
            hint = f"; did you mean {nearest!r}?" if nearest else ""
            raise RequestError(
                f"--mechanism {name}: is not a mechanism\n    allowed: {', '.join(known)}{hint}"
            )
    if len(names) > MAX_MECHANISMS:
        raise RequestError(
            f"--mechanism: {len(names)} mechanisms take {count_runs(len(names)):,} runs\n"
            f"    allowed: up to {MAX_MECHANISMS}, which take {count_runs(MAX_MECHANISMS)}"
        )
    return names


def count_runs(mechanisms: int) -> int:
    """Return the number of runs for so many mechanisms: one per subset and side."""
    return 2 * 2**mechanisms


def mechanism_switches(name: str) -> tuple[str, ...]:
    """Return the switches disabled with a mechanism, its own first."""
    return {**_COMPANION_SWITCHES, **MECHANISM_GROUPS}.get(name, (name,))


def disabled_switches(names: Sequence[str], enabled: Sequence[bool]) -> list[str]:
    """Return the switches that are off where only some mechanisms are enabled."""
    off = (
        switch
        for name, on in zip(names, enabled, strict=True)
        if not on
        for switch in mechanism_switches(name)
    )
    return list(dict.fromkeys(off))
