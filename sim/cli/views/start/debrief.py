"""Renders a debrief on the terminal: its findings, and the decisions of a game by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.play.debrief.build import Debrief
from sim.play.debrief.choices import TurnChoice
from sim.play.debrief.page import describe_extent

_MOST_MOVES = 40
"""Decisions listed; a game has a thousand, most of them as likely as not."""


def show_debrief(debrief: Debrief) -> None:
    """Print the findings of a debrief; its page has the rest."""
    console = open_console()
    console.print()
    print_wrapped(console, f"Debrief: {debrief.game.whole.title}", style="bold")
    print_paragraphs(console, [describe_extent(debrief)])
    for heading, lines in _list_findings(debrief):
        console.print()
        print_wrapped(console, heading, style="bold")
        print_paragraphs(console, lines)


def _list_findings(debrief: Debrief) -> Iterator[tuple[str, list[str]]]:
    """Yield each part of a debrief with its findings, one sentence a line."""
    yield "Your world among ordinary ones", [debrief.lead]
    surprises = list(_write_surprises(debrief))
    yield "Where you surprised the model most", surprises or ["No decision was unlikely."]
    if debrief.treaty:
        yield "What the treaty did to your game", [debrief.treaty.finding]
    for fork in debrief.forks:
        heading = f"{fork.title}: {fork.other}, in place of {fork.own}"
        yield heading, [" ".join(fork.effect.sentences), *filter(None, [fork.effect.construction])]
    if debrief.bets:
        yield "Your bets", [bet.sentence for bet in debrief.bets]


def _write_surprises(debrief: Debrief) -> Iterator[str]:
    """Yield the least likely decision of each delegation."""
    for delegation in debrief.delegations:
        for surprise in delegation.surprises[:1]:
            rarest = surprise.rarest
            yield f"{rarest.when}: {rarest.text} The model gave it {rarest.odds}."


def show_moves(choices: Sequence[TurnChoice]) -> None:
    """Print the least likely decisions of a game, with what else could be decided."""
    console = open_console()
    for choice in choices[:_MOST_MOVES]:
        others = ", ".join(
            words if words == str(level) else f"{level} {words}" for level, words in choice.others
        )
        print_wrapped(console, f"{choice.number}  {choice.when}  {choice.text}")
        print_paragraphs(console, [f"The model gave it {choice.odds}. Else: {others}."])
    if (left := len(choices) - _MOST_MOVES) > 0:
        more = f"{left:,} more, all likelier; the number of a decision is its place in the file."
        print_wrapped(console, more)
