"""Consistency of a past: months that the scenario has, and moves that can be made in it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import RequestError
from sim.scenario.checks.arrangements import Inconsistency
from sim.scenario.files.line_numbers import Key
from sim.scenario.playable import Occasion, list_occasions, load_playable
from sim.scenario.schema.past import MoveSpec
from sim.scenario.schema.scenario import Scenario

_NAMES = ("who", "about", "towards")
"""The names of a move, in the order in which they are checked: each given those before it."""
_MOST_SHOWN = 12


def find_past_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the inconsistencies of a scenario's past, move by move."""
    past = scenario.past
    if past is None:
        return
    if past.months > scenario.months:
        message = f"is more than the scenario's {scenario.months} months"
        yield Inconsistency(("past", "months"), message, f"0 to {scenario.months}")
    seen: dict[tuple[int, Occasion], int] = {}
    for place, move in enumerate(past.moves):
        key = ("past", "moves", str(place))
        yield from _check_move(scenario, key, move)
        first = seen.setdefault((move.month, _occasion(move)), place)
        if first != place:
            message = f"was decided before, in move {first}: one decision is taken once a month"
            yield Inconsistency((*key, "what"), message)


def refuse_past(scenario: Scenario, doing: str) -> None:
    """Refuse what makes no sense where all worlds share a past.

    Args:
        scenario: the scenario.
        doing: what is refused, such as "a sensitivity analysis".

    Raises:
        RequestError: the scenario has a past.
    """
    if scenario.past is not None:
        raise RequestError(
            f"{scenario.title}: has a past, in which all worlds are as world "
            f"{scenario.past.world:,}; {doing} needs worlds that are not\n"
            "    allowed: the scenario that the file extends"
        )


def _occasion(move: MoveSpec) -> Occasion:
    return Occasion(move.what, move.who, move.towards, move.about)


def _check_move(scenario: Scenario, key: Key, move: MoveSpec) -> Iterator[Inconsistency]:
    decision = load_playable()[move.what]
    if move.month > scenario.months:
        message = "is after the last month of the scenario"
        yield Inconsistency((*key, "month"), message, f"1 to {scenario.months}")
    if move.level > decision.highest:
        message = f"{move.level} is more than can be decided"
        yield Inconsistency((*key, "level"), message, decision.levels_in_words)
    yield from _check_names(list_occasions(scenario, move.what), key, move)


def _check_names(occasions: list[Occasion], key: Key, move: MoveSpec) -> Iterator[Inconsistency]:
    """Yield the first name of a move with which nobody ever takes this decision."""
    for field in _NAMES:
        name = getattr(move, field)
        fitting = [occasion for occasion in occasions if getattr(occasion, field) == name]
        if not fitting:
            yield _describe_misfit(occasions, key, move, field)
            return
        occasions = fitting


def _describe_misfit(
    occasions: list[Occasion], key: Key, move: MoveSpec, field: str
) -> Inconsistency:
    name = getattr(move, field)
    known = sorted({getattr(occasion, field) for occasion in occasions})
    decider = f"{move.who!r}" if field != "who" else "nobody here"
    if not known:
        return Inconsistency(
            (*key, "what"), f"no actor of this scenario ever decides {move.what!r}"
        )
    allowed = ", ".join(known) if known != [""] else f"a move without `{field}`"
    if len(known) > _MOST_SHOWN:
        allowed = f"one of {len(known)}"
    message = _MESSAGES[field, bool(name)].format(name=name, what=move.what, who=decider)
    return Inconsistency((*key, field), message, allowed)


_MESSAGES = {
    ("who", True): "{name!r} never decides {what!r} in this scenario",
    ("who", False): "is empty: who decides {what!r}",
    ("about", True): "{who} never decides {what!r} about {name!r}",
    ("about", False): "is missing: what {who} decides {what!r} about",
    ("towards", True): "{who} never decides {what!r} towards {name!r} there",
    ("towards", False): "is missing: towards whom {who} decides {what!r}",
}
"""What is wrong with a name of a move, by its field and whether there is a name at all."""
