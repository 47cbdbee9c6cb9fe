"""Builds the debrief of a game: everything that its page shows."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.stories.replay import WorldRecord, resimulate
from sim.analysis.stories.short_story import ShortStory, short_story
from sim.model.measures.registry import list_measures
from sim.play.debrief.bets import SettledBet, check_bets, settle_bets
from sim.play.debrief.forks import Fork, build_forks, check_turns
from sim.play.debrief.lines import draw_lines
from sim.play.debrief.request import DebriefRequest
from sim.play.debrief.runs import Simulation
from sim.play.debrief.sides import PlayedGame, open_beside, open_game, ordinary_side
from sim.play.debrief.standing import Standing, find_standings, write_lead
from sim.play.debrief.surprises import Delegation, group_by_seat, list_moves
from sim.play.debrief.treaty import TreatyEffect, find_treaty_effect
from sim.report.figures.figure import Figure
from sim.report.run_view import Run
from sim.steps import announce

_DEFAULT_SIMULATION = Simulation()
_STEP = "Simulating the game again"


@dataclass(frozen=True)
class Debrief:
    """The debrief of a game.

    Attributes:
        game: the game.
        lead: its most unusual outcome, in a sentence.
        standings: where it stands among ordinary worlds, the most unusual outcome first.
        figures: the game as one line through the fan of ordinary worlds.
        delegations: where each delegation surprised the model.
        treaty: what the treaty did to the game; None where there is none to take away.
        forks: one changed line each.
        bets: what was guessed, and the frequencies.
        story: the game in half a page.
        worlds: number of ordinary worlds.
    beside: names of the games of other rooms.
        request: what was asked for.
    """

    game: PlayedGame
    lead: str
    standings: tuple[Standing, ...]
    figures: tuple[Figure, ...]
    delegations: tuple[Delegation, ...]
    treaty: TreatyEffect | None
    forks: tuple[Fork, ...]
    bets: tuple[SettledBet, ...]
    story: ShortStory
    worlds: int
    beside: tuple[str, ...]
    request: DebriefRequest


def build_debrief(request: DebriefRequest, simulation: Simulation = _DEFAULT_SIMULATION) -> Debrief:
    """Return the debrief of a game; worlds that were simulated before are not simulated again.

    Raises:
        ScenarioError: the file of the game cannot be used.
        RequestError: nothing was played in it, or a fork, a bet or the counterpart makes no sense.
        ResultsError: a results folder cannot be read or written.
        SimulationError: no world could be simulated.
    """
    game = open_game(request.file)
    check_bets(request.bets, {each.name: each for each in list_measures(game.whole)})
    rooms = open_beside(game, request.beside)
    announce(_STEP)
    record = resimulate(game.scenario, game.past.world)
    moves = list_moves(record, game.past)
    check_turns(game, record, request.turns)
    ordinary = simulation.run(ordinary_side(game, request.worlds))
    treaty = find_treaty_effect(game, record, ordinary, request.without, simulation)
    forks = build_forks(game, record, moves, request.turns, request.fork_worlds, simulation)
    values = record.measure_values
    beside = {name: resimulate(other.scenario, other.past.world) for name, other in rooms.items()}
    standings = find_standings(values, ordinary, [each.measure_values for each in beside.values()])
    return Debrief(
        game,
        write_lead(standings, len(ordinary.worlds)),
        tuple(standings),
        tuple(draw_lines(Run(ordinary, ordinary.title), record, beside)),
        tuple(group_by_seat(record, moves)),
        treaty,
        tuple(forks),
        tuple(settle_bets(request.bets, values, ordinary)),
        _tell(game, record),
        len(ordinary.worlds),
        tuple(beside),
        request,
    )


def _tell(game: PlayedGame, record: WorldRecord) -> ShortStory:
    return short_story(game.scenario, record.world)
