"""The mechanisms that can be switched off, by the names under which a difference is split."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import RequestError
from sim.scenario.files.messages import nearest_name
from sim.scenario.schema.scenario import Mechanisms

GROUPS = {
    "deterrence": ("deterrence",),
    "emboldenment": ("emboldenment",),
    "mutual_defence": ("mutual_defence",),
    "exchange": ("exchange", "technology", "payment"),
    "political_cover": ("political_cover",),
    "reputation": ("memory",),
    "balancing": ("balancing",),
}
"""What is switched by default, and the switches that go with each; others stand for themselves."""

_COMPANIONS = {"council": ("council", "political_cover")}
"""Further switches without which others are nothing."""

MOST = len(GROUPS)
"""Mechanisms that can be switched together: one more would take twice the runs."""


def chosen_mechanisms(given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the mechanisms to switch: those asked for, or the usual ones.

    Raises:
        RequestError: one is not known, or there are too many.
    """
    names = tuple(dict.fromkeys(given or GROUPS))
    known = list(dict.fromkeys([*GROUPS, *Mechanisms.model_fields]))
    for name in names:
        if name not in known:
            near = nearest_name(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
            raise RequestError(
                f"--mechanism {name}: is not a mechanism\n    allowed: {', '.join(known)}{hint}"
            )
    if len(names) > MOST:
        raise RequestError(
            f"--mechanism: {len(names)} mechanisms take {runs(len(names)):,} runs\n"
            f"    allowed: up to {MOST}, which take {runs(MOST)}"
        )
    return names


def runs(mechanisms: int) -> int:
    """Return how many runs it takes to switch so many mechanisms: every subset, on both sides."""
    return 2 * 2**mechanisms


def switches(name: str) -> tuple[str, ...]:
    """Return the switches that are put off with a mechanism, its own first."""
    return {**_COMPANIONS, **GROUPS}.get(name, (name,))


def put_off(names: Sequence[str], at_work: Sequence[bool]) -> list[str]:
    """Return the switches that are off where only some mechanisms are at work."""
    off = (
        switch
        for name, on in zip(names, at_work, strict=True)
        if not on
        for switch in switches(name)
    )
    return list(dict.fromkeys(off))
