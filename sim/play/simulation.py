"""Simulates a game: one step from bell to bell, or all of it from its first month."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sim.analysis.stories.replay import BlockRecord, WorldRecord
from sim.model.decision_log import Decision, DecisionLog, DrawKey
from sim.model.decisions.played import Question as Asked
from sim.model.recording.history import History
from sim.play.game import Choices, Game, Move, Orders, count_quarters, months_of
from sim.play.gauges import read_gauges
from sim.play.moves import answer_moves, as_specs, left_to_model, sheet_moves
from sim.play.news import report_news
from sim.play.questions import build_crisis, build_sheet, find_expected
from sim.play.sheet import Sheet
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
        return _finish(step, 0, (), _simulate(step, (), 0))
    own = tuple(_moves_of_quarter(step, game))
    played = _simulate(step, own, game.quarter)
    if not played.questions:
        return _finish(step, game.quarter, own, played)
    months, month = months_of(step.scenario, game.quarter), played.questions[0].month
    return replace(
        game,
        month=month,
        questions=tuple(
            build_crisis(step.scenario, each.month, each.key) for each in played.questions
        ),
        sheets=(),
        moves=own,
        news=report_news(played.record, range(months[0], month + 1), played.questions),
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


def replay_digest(step: Step) -> str:
    """Return the digest of the game of a step, simulated anew from its first month in one go.

    The step has the `game` as recorded, and what came in before it.
    """
    game = step.game
    if game is None:
        return ""
    if game.questions:
        return digest(_simulate(step, game.moves, game.quarter).history)
    quarter = game.quarter - 1
    history = _simulate(replace(step, orders=Orders()), (), quarter).history
    return digest(_until(history, game.month))


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


def _moves_of_quarter(step: Step, game: Game) -> list[Move]:
    """Return what was decided in a quarter: by sheets, then by the answers to its crises."""
    if game.questions:
        return [*game.moves, *answer_moves(game.questions, step.orders.answers)]
    months = months_of(step.scenario, game.quarter)
    sent = [sheet for sheet in game.sheets if sheet.seat in step.orders.sheets]
    return [
        move
        for sheet in sent
        for move in sheet_moves(sheet, step.orders.sheets[sheet.seat], months)
    ]


def _finish(step: Step, quarter: int, own: tuple[Move, ...], played: _Played) -> Game:
    """Return the game at the end of a quarter, with the sheets of the next; 0 for the opening."""
    scenario, quarters = step.scenario, count_quarters(step.scenario)
    past = months_of(scenario, quarter) if quarter else range(1, 1)
    month = past.stop - 1
    coming = months_of(scenario, quarter + 1)
    return Game(
        quarter + 1,
        quarters,
        month,
        (),
        _sheets(step, played.decisions, coming) if coming else (),
        own,
        report_news(played.record, past),
        read_gauges(played.record, month, past.start - 1),
        digest(_until(played.history, month)),
    )


def _sheets(step: Step, decisions: list[Decision], months: range) -> tuple[Sheet, ...]:
    """Return the order sheets of a quarter, given the decisions that are expected in it."""
    expected = find_expected(decisions, months)
    return tuple(
        build_sheet(step.scenario, seat, months, expected, step.standing.get(seat, {}))
        for seat in step.seats
    )


def _simulate(step: Step, own: tuple[Move, ...], quarter: int) -> _Played:
    """Simulate the world of a step up to where a delegation is asked, or to a quarter's end.

    Where nobody is asked, the quarter after it is simulated as well, as the model would decide:
    what is expected in it is what stands on its sheets.
    """
    from sim.model.replay import replay  # noqa: PLC0415  Mesa takes a while to load

    moves, months = (*step.moves, *own), months_of(step.scenario, quarter)
    log, last = _LaterDecisions(months.start), months.stop - 1
    ahead = months_of(step.scenario, quarter + 1).stop - 1
    played = replay(
        step.scenario,
        step.world,
        ahead,
        as_specs(moves),
        seats=step.orders.present,
        left=_LeftToModel(left_to_model(moves), last),
        log=log,
    )
    block = BlockRecord(step.scenario, [step.world], played.history, log.decisions)
    record = block.world_record(step.world)
    return _Played(played.history, played.questions, record, log.decisions)


class _LaterDecisions(DecisionLog):
    """The decisions from a month on, those of each party to joint ones included."""

    def __init__(self, first: int) -> None:
        super().__init__(leanings=True)
        self._first = first

    def record(self, month: int, *decision: Any, **more: Any) -> None:
        """Record a decision, unless it was taken before the first month."""
        if month >= self._first:
            super().record(month, *decision, **more)


class _LeftToModel(Collection[tuple[int, DrawKey]]):
    """The decisions that the model takes: some that were left to it, and all after a month."""

    def __init__(self, left: frozenset[tuple[int, DrawKey]], last: int) -> None:
        self._left, self._last = left, last

    def __contains__(self, decision: object) -> bool:
        return decision in self._left or (isinstance(decision, tuple) and decision[0] > self._last)

    def __iter__(self) -> Iterator[tuple[int, DrawKey]]:
        return iter(self._left)

    def __len__(self) -> int:
        return len(self._left)


def _until(history: History, month: int) -> History:
    """Return a history up to the end of a month."""
    events, months = (
        {name: column[table["month"] <= month] for name, column in table.items()} if table else {}
        for table in (history.events, history.months)
    )
    return History(history.worlds, months, events)
