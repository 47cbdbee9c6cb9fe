"""The mechanisms that can be switched off, by the names under which a difference is split."""

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
"""What is switched by default, and the switches that go with each; others stand for themselves."""

_COMPANION_SWITCHES = {"council": ("council", "political_cover")}
"""Further switches without which others are nothing."""

MAX_MECHANISMS = len(MECHANISM_GROUPS)
"""Mechanisms that can be switched together: one more would take twice the runs."""


def select_mechanisms(requested: Sequence[str] | None) -> tuple[str, ...]:
    """Return the mechanisms to switch: those asked for, or the usual ones.

    Raises:
        RequestError: one is not known, or there are too many.
    """
    names = tuple(dict.fromkeys(requested or MECHANISM_GROUPS))
    known = list(dict.fromkeys([*MECHANISM_GROUPS, *Mechanisms.model_fields]))
    for name in names:
        if name not in known:
            near = find_nearest_name(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
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
    """Return how many runs it takes to switch so many mechanisms: every subset, on both sides."""
    return 2 * 2**mechanisms


def mechanism_switches(name: str) -> tuple[str, ...]:
    """Return the switches that are put off with a mechanism, its own first."""
    return {**_COMPANION_SWITCHES, **MECHANISM_GROUPS}.get(name, (name,))


def disabled_switches(names: Sequence[str], enabled: Sequence[bool]) -> list[str]:
    """Return the switches that are off where only some mechanisms are at work."""
    off = (
        switch
        for name, on in zip(names, enabled, strict=True)
        if not on
        for switch in mechanism_switches(name)
    )
    return list(dict.fromkeys(off))
