"""Simulates a game: one step from bell to bell, or all of it from its first month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sim.analysis.stories.replay import BlockRecord, WorldRecord
from sim.model.decision_log import Decision, DecisionLog
from sim.model.decisions.played import Question as Asked
from sim.model.recording.history import History
from sim.play.game import Choices, Game, Move, Orders, count_quarters, months_of
from sim.play.gauges import read_gauges
from sim.play.moves import answer_moves, as_specs, by_hand, key_of, left_to_model, sheet_moves
from sim.play.news import News, report_news
from sim.play.questions import build_crisis, build_sheet
from sim.play.sheet import Sheet
from sim.scenario.playable import Occasion
from sim.scenario.schema.scenario import Scenario


@dataclass(frozen=True)
class Step:
    """A game up to a bell: what is needed to simulate what follows.

    Attributes:
        scenario: the scenario, without a past.
        world: the number of the world.
        seats: codes of the delegations; the model plays all other actors.
        game: where the game stood when the bell rang; None before the opening day.
        moves: the decisions of all full quarters so far.
        orders: what came in for the quarter.
        standing: the options on the last sheet of each delegation, this quarter's included.
    """

    scenario: Scenario
    world: int
    seats: tuple[str, ...]
    game: Game | None = None
    moves: tuple[Move, ...] = ()
    orders: Orders = field(default_factory=Orders)
    standing: Mapping[str, Choices] = field(default_factory=dict)


def advance(step: Step) -> Game:
    """Simulate from a bell to the end of the quarter, or to the next crisis.

    The same step gives the same game, in any process.
    """
    game = step.game
    if game is None:
        return _finish(step, 0, ())
    own = (*game.moves, *_new_moves(step, game))
    months = months_of(step.scenario, game.quarter)
    played = _simulate(step, own, months[-1], step.orders.present)
    if not played.questions:
        return _finish(step, game.quarter, own)
    record = _simulate(step, own, months[-1], step.orders.present, log=True).record
    month = played.questions[0].month
    return replace(
        game,
        month=month,
        questions=tuple(
            build_crisis(step.scenario, each.month, each.key) for each in played.questions
        ),
        sheets=(),
        moves=own,
        news=_news(step, record, range(months[0], month + 1), own),
        digest=digest(played.history),
    )


def play_game(
    scenario: Scenario, world: int, orders: Mapping[int, Orders], seats: Sequence[str]
) -> Game:
    """Simulate a game from the first month, as far as it was ordered and answered.

    The same arguments give the same game, in any process, and the game to which `advance` leads
    bell by bell.

    Args:
        scenario: the scenario, without a past.
        world: the number of the world.
        orders: what was decided, by quarter: of 1 to q for a game of q quarters; empty for the
            opening day.
        seats: codes of the delegations, for the order sheets; the model plays all other actors.
    """
    step = Step(scenario, world, tuple(seats))
    game = advance(step)
    for quarter in sorted(orders):
        own = orders[quarter]
        step = replace(step, game=game, orders=own, standing={**step.standing, **own.sheets})
        game = advance(step)
        while game.questions and all(each.id in own.answers for each in game.questions):
            game = advance(replace(step, game=game))
        step = replace(step, moves=step.moves + game.moves)
    return game


def digest(history: History) -> str:
    """Return a digest of a history: of all events and months, to the last bit."""
    found = sha256()
    for table in (history.events, history.months):
        for name, column in sorted(table.items()):
            found.update(name.encode())
            text = column.dtype == object
            found.update(repr(column.tolist()).encode() if text else column.tobytes())
    return found.hexdigest()


@dataclass(frozen=True)
class _Played:
    """A world simulated up to some month."""

    history: History
    questions: tuple[Asked, ...]
    record: WorldRecord
    decisions: list[Decision]


def _new_moves(step: Step, game: Game) -> list[Move]:
    """Return what was decided for the step: by sheets, or by the answers to a crisis."""
    if game.questions:
        return list(answer_moves(game.questions, step.orders.answers))
    months = months_of(step.scenario, game.quarter)
    sent = [sheet for sheet in game.sheets if sheet.seat in step.orders.sheets]
    return [
        move
        for sheet in sent
        for move in sheet_moves(sheet, step.orders.sheets[sheet.seat], months)
    ]


def _finish(step: Step, quarter: int, own: tuple[Move, ...]) -> Game:
    """Return the game at the end of a quarter, with the sheets of the next; 0 for the opening."""
    scenario, quarters = step.scenario, count_quarters(step.scenario)
    past = months_of(scenario, quarter) if quarter else range(1, 1)
    month = past.stop - 1
    coming = months_of(scenario, quarter + 1)
    ahead = _simulate(step, own, coming.stop - 1, (), log=True)
    return Game(
        quarter + 1,
        quarters,
        month,
        (),
        _sheets(step, ahead.decisions, coming) if coming else (),
        own,
        _news(step, ahead.record, past, own),
        read_gauges(ahead.record, month, past.start - 1),
        digest(_until(ahead.history, month)),
    )


def _sheets(step: Step, decisions: list[Decision], months: range) -> tuple[Sheet, ...]:
    """Return the order sheets of a quarter, given the decisions that are expected in it."""
    expected: dict[Occasion, int] = {}
    for decision in decisions:
        if decision.month in months and decision.where[0]:
            expected.setdefault(Occasion(*decision.key), decision.month)
    return tuple(
        build_sheet(step.scenario, seat, months, expected, step.standing.get(seat, {}))
        for seat in step.seats
    )


def _news(
    step: Step, record: WorldRecord, months: range, own: tuple[Move, ...]
) -> tuple[News, ...]:
    hands = {key_of(move) for move in by_hand((*step.moves, *own))}
    return report_news(record, months, hands)


def _simulate(
    step: Step, own: tuple[Move, ...], months: int, asked: Sequence[str], *, log: bool = False
) -> _Played:
    """Simulate the world of a step up to a month, or to where a delegation is asked."""
    from sim.model.replay import replay  # noqa: PLC0415  Mesa takes a while to load

    moves = (*step.moves, *own)
    decisions = DecisionLog() if log else None
    played = replay(
        step.scenario,
        step.world,
        months,
        as_specs(moves),
        seats=asked,
        left=left_to_model(moves),
        log=decisions,
    )
    logged = decisions.decisions if decisions else []
    block = BlockRecord(step.scenario, step.world, played.history, logged)
    return _Played(played.history, played.questions, block.world_record(step.world), logged)


def _until(history: History, month: int) -> History:
    """Return a history up to the end of a month."""
    events, months = (
        {name: column[table["month"] <= month] for name, column in table.items()} if table else {}
        for table in (history.events, history.months)
    )
    return History(history.worlds, months, events)
