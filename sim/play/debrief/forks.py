"""Forks of a game: one changed line, and a thousand worlds that go on from there.

Both versions share the months of the game up to that line. Afterwards nobody orders anything: the
model plays all seats, in pairs of worlds with the same random draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sim.analysis.stories.replay import WorldRecord, resimulate
from sim.errors import RequestError
from sim.model.measures.registry import MeasureKind, list_measures
from sim.play.debrief.pairs import WorldPair, pair_worlds
from sim.play.debrief.request import MAX_TURNS
from sim.play.debrief.runs import Effect, Simulation, find_effect
from sim.play.debrief.sides import PlayedGame
from sim.play.debrief.surprises import PlayedMove, chance_of
from sim.play.debrief.words import describe_question, format_month, move_key, name_level
from sim.scenario.load import LoadedScenario
from sim.scenario.playable import load_playable
from sim.scenario.schema.past import MoveSpec, PastSpec

NAMES = ("your game", "your game with one line changed")
_MINOR = ("admit", "reassure", "restrain", "threaten arms")
"""Decisions that seldom turn a history, turned unasked only where there are no others."""
_MONTHS_LEFT = 12
"""Months that should be left after a line that is turned unasked, so that something can follow."""


@dataclass(frozen=True)
class Fork:
    """A fork of a game.

    Attributes:
        turn: the changed line.
        title: the question, such as "Aug 2025: whether Russia restrains the DPRK".
        own, other: what was decided in the game, and in the fork.
        pair: the whole game again with this line changed, all other orders and draws as they were.
        effect: what differs in the worlds that go on from there.
        chosen: whether somebody chose it.
    """

    turn: MoveSpec
    title: str
    own: str
    other: str
    pair: WorldPair
    effect: Effect
    chosen: bool

    @property
    def finding(self) -> str:
        """What differs in the game itself, to follow a colon."""
        return f"{self.pair.finding[:1].lower()}{self.pair.finding[1:]}"


def build_forks(
    game: PlayedGame,
    record: WorldRecord,
    moves: Sequence[PlayedMove],
    turns: Sequence[MoveSpec],
    worlds: int,
    simulation: Simulation,
) -> list[Fork]:
    """Return a fork for each turn; without any, the rarest moves of two seats are turned.

    Raises:
        RequestError: a turn is no decision of the game's months, or what was decided anyway.
    """
    chosen = bool(turns)
    picked = list(turns) if chosen else pick_turns(moves, game.whole.months - _MONTHS_LEFT)
    check_turns(game, record, picked)
    return [_fork(game, record, turn, worlds, simulation, chosen=chosen) for turn in picked]


def check_turns(game: PlayedGame, record: WorldRecord, turns: Sequence[MoveSpec]) -> None:
    """Require that turns change the game.

    Raises:
        RequestError: there are too many, or one is no decision of the game, or none that differs.
    """
    if len(turns) > MAX_TURNS:
        raise RequestError(f"{len(turns)} forks are too many for one debrief; allowed: {MAX_TURNS}")
    for turn in turns:
        question = describe_question(game.whole, move_key(turn))
        where = f"{format_month(game.whole, turn.month)}, {question}"
        decided = find_level(record, turn)
        if decided is None:
            raise RequestError(f"{where}: nobody had to decide it in the game")
        highest = load_playable()[turn.what].highest
        if not 0 <= turn.level <= highest:
            raise RequestError(
                f"{where}: level {turn.level} is not possible; allowed: 0 to {highest}"
            )
        if decided == turn.level:
            raise RequestError(f"{where}: was decided so in the game; name another level")


def find_level(record: WorldRecord, turn: MoveSpec) -> int | None:
    """Return what was decided in the game; None where the decision did not arise."""
    key = move_key(turn)
    found = (choice.level for choice in record.choices_in(turn.month) if choice.key == key)
    return next(found, None)


def pick_turns(moves: Sequence[PlayedMove], last: int) -> list[MoveSpec]:
    """Return the rarest moves of two delegations, each turned to what was likeliest.

    Moves after month `last`, and those that seldom turn a history, only where there are no others.
    """

    def rank(played: PlayedMove) -> tuple[bool, float]:
        move = played.move
        return move.month > last or move.what in _MINOR, -played.bits

    picked: dict[str, MoveSpec] = {}
    for each in sorted(moves, key=rank):
        other = likeliest_other(each)
        if each.bits > 1 and other is not None and each.move.who not in picked:
            picked[each.move.who] = each.move.model_copy(update={"level": other})
    return list(picked.values())[:MAX_TURNS]


def likeliest_other(played: PlayedMove) -> int | None:
    """Return the likeliest level that was not played; None where nothing was to decide."""
    if played.choice is None:
        return None
    levels = range(len(played.choice.chances) + 1)
    others = [level for level in levels if level != played.move.level]
    return max(others, key=lambda level: chance_of(played.choice, level))  # type: ignore[arg-type]


def _fork(
    game: PlayedGame,
    record: WorldRecord,
    turn: MoveSpec,
    worlds: int,
    simulation: Simulation,
    *,
    chosen: bool,
) -> Fork:
    question = describe_question(game.whole, move_key(turn))
    decided = find_level(record, turn)
    assert decided is not None
    as_played = turn.model_copy(update={"level": decided})
    base, other = (_cut(game, line, worlds) for line in (as_played, turn))
    return Fork(
        turn,
        f"{format_month(game.whole, turn.month)}: {question}",
        name_level(turn.what, decided),
        name_level(turn.what, turn.level),
        _replay_whole(game, record, turn),
        find_effect(simulation.run(base), simulation.run(other), _find_decided(base, other)),
        chosen,
    )


def _find_decided(base: LoadedScenario, other: LoadedScenario) -> set[str]:
    """Return the outcomes that have happened by the month of the changed line in one version."""
    from sim.model.simulate import simulate  # noqa: PLC0415  Mesa takes a while to load

    measures = [each for each in list_measures(base.scenario) if each.kind is MeasureKind.HAPPENED]
    first, second = (
        simulate(
            side.scenario, side.scenario.past.world, 1, months=side.scenario.past.months
        ).worlds
        for side in (base, other)
        if side.scenario.past
    )
    return {
        each.name for each in measures if bool(first[each.name][0]) != bool(second[each.name][0])
    }


def _cut(game: PlayedGame, line: MoveSpec, worlds: int) -> LoadedScenario:
    """Return the game up to the month of a line, with that line in it."""
    moves = tuple(move for move in _change(game.past.moves, line) if move.month <= line.month)
    past = game.past.model_copy(update={"months": line.month, "moves": moves})
    scenario = game.whole.model_copy(update={"past": past, "worlds": worlds})
    return replace(game.loaded, scenario=scenario, file=game.loaded.file.with_stem(
        f"{game.loaded.file.stem}-fork"))  # fmt: skip


def _replay_whole(game: PlayedGame, record: WorldRecord, turn: MoveSpec) -> WorldPair:
    past: PastSpec = game.past.model_copy(update={"moves": tuple(_change(game.past.moves, turn))})
    changed = game.scenario.model_copy(update={"past": past})
    return pair_worlds(record, resimulate(changed, past.world), NAMES)


def _change(moves: Iterable[MoveSpec], line: MoveSpec) -> Iterator[MoveSpec]:
    """Yield the moves with a line in place of that on the same decision, or added to them."""
    same = (line.month, move_key(line))
    yield from (move for move in moves if (move.month, move_key(move)) != same)
    yield line
