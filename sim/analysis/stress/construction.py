"""Which cells a scenario can only fill by way of a promise of aid: true by construction."""

from __future__ import annotations

from collections.abc import Iterable

from sim.analysis.stress.matrix import Cell, StressComparison, StressMatrix
from sim.analysis.stress.openings import CrisisKind, CrisisOpening
from sim.scenario.commitments import can_bind
from sim.scenario.schema.treaties import Obligation, TreatySpec

_AID = {Obligation.DEFENCE, Obligation.OFFENCE}
_NEEDS_PROMISE = ("aid_due", "aid_refused", "abandoned", "entrapped")

RULES = {
    "home_soil": (
        "An attack on home soil calls only those who promised aid, and soldiers go only to a buyer "
        "to whom aid was promised; where one scenario lacks the promise, all that follows differs."
    ),
    "promise": (
        "Only a promise can be refused or drag an actor in: with other promises there are others "
        "to break."
    ),
    "coup": (
        "Ground taken at the outset moves no ally's decision: a coup differs from an attack in how "
        "it ends, and in who arrives before that."
    ),
}
"""What is true by construction, by the name of the rule."""


def find_rule(comparison: StressComparison, cell: Cell) -> str:
    """Return the name of the rule by which two matrices differ in a cell, or an empty string."""
    if not differ_in_promises(comparison):
        return ""
    if cell.outcome in _NEEDS_PROMISE:
        return "promise"
    opening = comparison.with_.opening(cell.opening)
    if opening.kind not in (CrisisKind.HOME_SOIL, CrisisKind.NONE):
        return ""
    with_, without = (
        _list_promisors(matrix, opening) for matrix in (comparison.with_, comparison.without)
    )
    return "home_soil" if with_ != without else ""


def differ_in_promises(comparison: StressComparison) -> bool:
    """Whether the two scenarios differ in who promises aid to whom."""
    return _list_promises(comparison.with_) != _list_promises(comparison.without)


def list_rules(matrix: StressMatrix, comparisons: Iterable[StressComparison] = ()) -> list[str]:
    """Return what is true by construction in a matrix, and in how others differ from it."""
    kinds = {opening.kind for opening in matrix.openings}
    names = [name for name in ("home_soil", "coup") if CrisisKind(name) in kinds]
    names += ["promise" for comparison in comparisons if differ_in_promises(comparison)]
    return [RULES[name] for name in dict.fromkeys(names)]


def is_left_alone(opening: CrisisOpening) -> bool:
    """Whether an opening opens nothing, and is there to be compared with."""
    return opening.kind is CrisisKind.NONE


def _list_promises(matrix: StressMatrix) -> list[TreatySpec]:
    """Return the treaties that promise aid and have not lapsed on the opening day."""
    scenario = matrix.scenario
    return [
        treaty
        for code, treaty in scenario.treaties.items()
        if can_bind(scenario, code) and _AID & set(treaty.obligations)
    ]


def _list_promisors(matrix: StressMatrix, opening: CrisisOpening) -> list[str]:
    """Return who promised aid to the attacked side of a crisis."""
    return [
        ally
        for ally in matrix.actors
        if any(_promises(treaty, ally, opening) for treaty in _list_promises(matrix))
    ]


def _promises(treaty: TreatySpec, ally: str, opening: CrisisOpening) -> bool:
    return (
        ally in treaty.parties
        and opening.attacked in (treaty.protects or treaty.parties)
        and (not treaty.theatres or opening.rivalry in treaty.theatres)
    )
