"""What each seat of a scenario has to decide: how often, with which chance, and to which effect.

    python -m benchmarks.seats [scenario] [worlds]

Prints two tables. The first has, by seat, the share of quarters without a live choice: one of which
the model itself would take either side, with a chance between 5 and 95%. Amounts have no chance;
they count in a column of their own, where the model's share lies between 5 and 95%. The second has,
by decision of one of several sides, the measures that change clearly if a seat decides it always
one way rather than always the other, in paired worlds.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from sim.model.arrays import Mask, Vector
from sim.model.decision_log import Decision, DecisionLog, DrawKey
from sim.model.decisions.played import Played
from sim.model.simulate import simulate
from sim.scenario.load import load_scenario
from sim.scenario.playable import Occasion, list_occasions, load_playable
from sim.scenario.schema.scenario import Scenario

MONTHS_A_QUARTER = 3
LEAST, MOST = 0.05, 0.95
"""Between these a chance leaves a choice alive."""
JOINT_KINDS = (
    "ready to settle",
    "strike home soil",
    "consent to strikes",
    "take part",
    "join sanctions",
    "enforce",
    "deliver",
    "order",
)
MORE_MEASURES = ("front_ukraine", "enforcement_security_council", "coordination_atlantic")
"""Measures beside the headlines that joint decisions may move."""
CLEAR_ERRORS = 3
"""A difference of so many standard errors is reported."""
_BLOCK = 150


def main() -> None:
    """Print both tables for a scenario."""
    name, worlds = (*sys.argv[1:], *("pact", "300")[len(sys.argv) - 1 :])
    file = Path(__file__).parents[1] / "scenarios" / f"{name}.toml"
    scenario = load_scenario(file).scenario
    print(f"{scenario.title}: {worlds} worlds\n")
    print_quarters(scenario, int(worlds))
    print_levers(scenario, int(worlds))


def print_quarters(scenario: Scenario, worlds: int) -> None:
    """Print the share of quarters without a live choice, by seat."""
    columns = quarters_with_choice(scenario, worlds)
    print(f"| Seat | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for who in scenario.actors:
        without = (1 - np.mean(seats[who]) for seats in columns.values())
        print(f"| {who} | {' | '.join(f'{share:.0%}' for share in without)} |", flush=True)


def quarters_with_choice(scenario: Scenario, worlds: int) -> dict[str, dict[str, Mask]]:
    """Return in which quarters a seat has a live choice, (world, quarter) by seat.

    Once of decisions that one actor takes alone, once with its side of joint ones, and once with
    amounts.
    """
    quarters = -(-scenario.months // MONTHS_A_QUARTER)
    columns = {
        name: {who: np.zeros((worlds, quarters), dtype=bool) for who in scenario.actors}
        for name in ("alone", "with its side of joint decisions", "with amounts as well")
    }
    for first in range(0, worlds, _BLOCK):
        rows = slice(first, min(first + _BLOCK, worlds))
        for decision in _decisions(scenario, first, rows.stop - first):
            at = rows, (decision.month - 1) // MONTHS_A_QUARTER
            counts = (
                _counts_alone(decision),
                _counts_drawn(decision),
                decision.key.what != "exercise",
            )
            for seats, counted in zip(columns.values(), counts, strict=True):
                if counted:
                    seats[decision.key.who][at] |= live(decision)
    return columns


def _counts_alone(decision: Decision) -> bool:
    """Whether one actor takes a decision alone; an exercise was its leader's alone."""
    return decision.key.what not in JOINT_KINDS


def _counts_drawn(decision: Decision) -> bool:
    """Whether a decision can be taken by hand, and is drawn otherwise."""
    what = decision.key.what
    return what in load_playable() and load_playable()[what].drawn


def live(decision: Decision) -> Mask:
    """Return where a decision arises and its chance, of some level, leaves a choice, (world,)."""
    between = [(chance > LEAST) & (chance < MOST) for chance in decision.chances]
    return decision.where & np.any(between, axis=0)


def _decisions(scenario: Scenario, first: int, count: int) -> Iterator[Decision]:
    """Yield the decisions of a block that can be taken by hand."""
    log, kinds = DecisionLog(leanings=True), {*load_playable(), "exercise"}
    simulate(scenario, first, count, log=log)
    return (decision for decision in log.decisions if decision.key.what in kinds)


def print_levers(scenario: Scenario, worlds: int) -> None:
    """Print what it changes if one seat decides always one way or always the other."""
    print("\n| Decision | What changes, from always the lowest to always the highest |\n|---|---|")
    for occasion in _joint_occasions(scenario):
        low, high = (
            _outcomes(scenario, worlds, occasion, level)
            for level in (0, load_playable()[occasion.what].highest)
        )
        print(f"| {_words(occasion)} | {_what_moves(low, high) or 'nothing'} |", flush=True)


def _what_moves(low: dict[str, Vector], high: dict[str, Vector]) -> str:
    """Return the measures whose means in paired worlds differ clearly, and visibly."""
    moved = []
    for name, before in low.items():
        change = high[name] - before
        error = np.nanstd(change) / np.sqrt(len(change))
        shown = f"{np.nanmean(before):.2f}", f"{np.nanmean(high[name]):.2f}"
        if abs(np.nanmean(change)) > CLEAR_ERRORS * error and shown[0] != shown[1]:
            moved.append(f"`{name}` {' to '.join(shown)}")
    return ", ".join(moved)


def _joint_occasions(scenario: Scenario) -> Iterable[Occasion]:
    """Return the joint decisions and amounts, of wars only those under way."""
    under_way = {war.rivalry for war in scenario.wars.values()}
    return [
        occasion
        for kind in JOINT_KINDS
        for occasion in list_occasions(scenario, kind)
        if occasion.about not in scenario.rivalries or occasion.about in under_way
    ]


def _words(occasion: Occasion) -> str:
    return f"{occasion.what}: {', '.join(filter(None, occasion[1:]))}"


def _outcomes(scenario: Scenario, worlds: int, occasion: Occasion, level: int) -> dict[str, Vector]:
    """Return the headlines, (world,) each, where a seat always decides one level."""
    moves = {(m, DrawKey(*occasion)): level for m in range(1, scenario.months + 1)}
    parts: dict[str, list[Vector]] = defaultdict(list)
    for first in range(0, worlds, _BLOCK):
        count = min(_BLOCK, worlds - first)
        history = simulate(scenario, first, count, played=Played(moves))
        for name in (*scenario.headlines, *MORE_MEASURES):
            if name in history.worlds:
                parts[name].append(history.worlds[name].astype(float))
    return {name: np.concatenate(values) for name, values in parts.items()}


if __name__ == "__main__":
    main()
