"""The pasts in which scenarios differ: whose months are shared, and the moves one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.analysis.comparison.differing_input import ABSENT, DifferingInput
from sim.scenario.playable import load_playable
from sim.scenario.schema.past import MoveSpec, PastSpec
from sim.scenario.schema.scenario import Scenario

AS_DRAWN = "as drawn"
"""What is decided where nobody decides by hand."""


def compare_pasts(scenarios: Sequence[Scenario]) -> Iterator[DifferingInput]:
    """Yield every part of the past in which scenarios differ, then every move."""
    pasts = [scenario.past for scenario in scenarios]
    for name, field in PastSpec.model_fields.items():
        if name != "moves":
            values = tuple(getattr(past, name) if past else ABSENT for past in pasts)
            if len(set(values)) > 1:
                yield DifferingInput(f"past.{name}", field.description or "", values)
    yield from _compare_moves(pasts)


def shared_draws(first: Scenario, second: Scenario) -> str:
    """Return which draws worlds of one number share: all, or those after their pasts, in words."""
    pasts = [scenario.past for scenario in (first, second)]
    worlds = {(past.world, past.months) if past else None for past in pasts}
    if len(worlds) == 1:
        return "the same random draws"
    return f"the same random draws after month {max(past.months for past in pasts if past)}"


def _compare_moves(pasts: Sequence[PastSpec | None]) -> Iterator[DifferingInput]:
    levels = [_levels(past) for past in pasts]
    keys = dict.fromkeys(key for moves in levels for key in moves)
    for key in sorted(keys, key=lambda key: key[0]):
        values = tuple(moves.get(key, AS_DRAWN) for moves in levels)
        if len(set(values)) > 1:
            month, *names = key
            words = ", ".join(filter(None, names))
            yield DifferingInput(f"past.moves, month {month}: {words}", "decided by hand", values)


def _levels(past: PastSpec | None) -> dict[tuple[int, str, str, str, str], str]:
    """Return what each move decides, in words, by its month, who decides, what and about what."""
    return {_key(move): _words(move) for move in (past.moves if past else ())}


def _key(move: MoveSpec) -> tuple[int, str, str, str, str]:
    return move.month, move.who, move.what, move.towards, move.about


def _words(move: MoveSpec) -> str:
    return load_playable()[move.what].level_in_words(move.level)
