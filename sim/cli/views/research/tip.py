"""Renders the result of `sim tip`: what turns an outcome, by how much, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable

from sim.analysis.tipping.decision import DecisionTip
from sim.analysis.tipping.sentences import describe_decision, describe_move, describe_tip
from sim.analysis.tipping.target import Target
from sim.analysis.tipping.tip import Move, Tipping, TipResult
from sim.cli.output import OutputRecord, open_console, print_paragraphs
from sim.model.measures.registry import Measure
from sim.output import format_exact_number
from sim.scenario.schema.scenario import Scenario

_CAVEAT = (
    "A set within the ranges shows what the finding rests on, not how likely that is. Sets are "
    "sought among the assumptions most strongly related to the outcome; a smaller one may exist."
)
_DECISION_CAVEAT = "One world among many; that a decision turns it says nothing of how often."


def show_tip(result: TipResult, scenario: Scenario, file: str) -> None:
    """Print the smallest set of assumptions that turns an outcome.

    Args:
        result: what was found.
        scenario: the scenario.
        file: the scenario, as it was named.
    """
    console = open_console()
    _print_title(scenario, result.measure, result.target)
    print_paragraphs(console, describe_tip(result))
    found = result.tipping or result.nearest
    for move in found.moves if found else ():
        _print_move(move)
    if found:
        console.print("\nTo look at such worlds", style="bold")
        print_paragraphs(console, [_command(found, file)])
    if not result.holds_already:
        console.print()
        print_paragraphs(console, [_CAVEAT])


def show_decision(result: DecisionTip, scenario: Scenario) -> None:
    """Print the decision that turns one world."""
    _print_title(scenario, result.measure, result.target)
    console = open_console()
    print_paragraphs(console, describe_decision(result))
    if result.near:
        console.print()
        print_paragraphs(console, [_DECISION_CAVEAT])


def build_tip_records(result: TipResult) -> list[OutputRecord]:
    """Return a line for each assumption of the set, for a spreadsheet."""
    found = result.tipping or result.nearest
    return [] if not found else [_build_record(result, found, move) for move in found.moves]


def _print_title(scenario: Scenario, measure: Measure, target: Target) -> None:
    title = f"\n{scenario.title}: what turns {measure.name} to {target}"
    open_console().print(title, style="bold", soft_wrap=True)
    open_console().print(f"  {measure.short_with_unit}", soft_wrap=True)


def _print_move(move: Move) -> None:
    console = open_console()
    console.print(f"\n  {move.key}: {describe_move(move)}", soft_wrap=True)
    print_paragraphs(console, filter(None, [move.meaning]))


def _command(found: Tipping, file: str) -> str:
    return f"sim run {file} {' '.join(_settings(found.moves))}"


def _settings(moves: Iterable[Move]) -> Iterable[str]:
    for move in moves:
        yield f"--set {move.key}={format_exact_number(float(f'{move.value:.4g}'))}"


def _build_record(result: TipResult, found: Tipping, move: Move) -> OutputRecord:
    return {
        "measure": result.measure.name,
        "target": str(result.target),
        "key": move.key,
        "set_to": move.value,
        "value": move.number.value,
        "low": move.number.low,
        "high": move.number.high,
        "unit": move.number.unit,
        "share_of_the_way": found.share,
        "outcome_as_drawn": result.base.value,
        "outcome": found.value,
        "fresh": found.fresh.value,
        "fresh_low": found.fresh.low,
        "fresh_high": found.fresh.high,
        "certified": found.certified,
    }
