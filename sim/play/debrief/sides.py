"""The scenarios that a debrief compares: the game, ordinary worlds, and the counterpart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.errors import RequestError
from sim.experiment.storage.run_key import canonical_json
from sim.play.debrief.request import MAX_BESIDE
from sim.scenario.files.layers import Layer, resolve_file_references
from sim.scenario.load import LoadedScenario, load_scenario
from sim.scenario.schema.past import PastSpec
from sim.scenario.schema.scenario import Scenario

_UNFIT = re.compile(r"[^\w -]+")
_TAKEN = {"month", "worlds", "p05", "p25", "median", "p75", "p95", "your world"}
"""Names of columns in the table of a figure."""
_SHARED = {"start": "start differs", "actors": "actors differ"}
"""What a counterpart must have in common with the game, for the same moves to make sense in it."""


@dataclass(frozen=True)
class PlayedGame:
    """A game as its scenario file has it.

    Attributes:
        loaded: the file.
        past: the world and the moves played in it.
    """

    loaded: LoadedScenario
    past: PastSpec

    @property
    def whole(self) -> Scenario:
        """The scenario with its full number of months, of which the last may not be played."""
        return self.loaded.scenario

    @property
    def months(self) -> int:
        """How many months were played: those that all worlds share, and those with a move."""
        last = max((move.month for move in self.past.moves), default=0)
        return min(max(self.past.months, last), self.whole.months)

    @property
    def scenario(self) -> Scenario:
        """The scenario as far as it was played."""
        return self.whole.model_copy(update={"months": self.months})

    @property
    def text(self) -> str:
        """The file as it stands."""
        return self.loaded.file.read_text(encoding="utf-8-sig")


def open_game(file: Path) -> PlayedGame:
    """Open the scenario file of a game.

    Raises:
        ScenarioError: the file cannot be used.
        RequestError: nothing was played in it.
    """
    loaded = load_scenario(file)
    if loaded.scenario.past is None:
        raise RequestError(
            f"{file}: has no [past], so no game was played in it\n"
            "    sim play writes such a file; docs/past.md says how to write one by hand"
        )
    game = PlayedGame(loaded, loaded.scenario.past)
    if not game.months:
        raise RequestError(f"{file}: past: has no months and no moves, so nothing was played")
    return game


def open_beside(game: PlayedGame, files: Sequence[Path]) -> dict[str, PlayedGame]:
    """Return the games of other rooms, by the names of their files.

    Raises:
        ScenarioError: a file cannot be used.
        RequestError: there are too many, or one was played on another scenario or not as far.
    """
    if len(files) > MAX_BESIDE:
        raise RequestError(
            f"--beside: {len(files)} games are too many on one page; allowed: {MAX_BESIDE}"
        )
    games = {name: open_game(file) for name, file in zip(_name_games(files), files, strict=True)}
    for file, other in zip(files, games.values(), strict=True):
        if _describe_board(other) != _describe_board(game):
            raise RequestError(
                f"--beside {file}: was not played on the same scenario, or not for as many months\n"
                "    name games that differ in their world and their moves only"
            )
    return games


def _name_games(files: Sequence[Path]) -> list[str]:
    """Return a name for each file, which can stand beside the columns of a figure's table."""
    names = [" ".join(_UNFIT.sub(" ", file.stem).split()) for file in files]
    known = {*map(str.lower, names)}
    if len(known) < len(names) or known & _TAKEN or "" in known:
        return [f"game {number}" for number in range(2, len(files) + 2)]
    return names


def _describe_board(game: PlayedGame) -> tuple[str, int]:
    """Return what two games must have in common: their scenario and how far they were played."""
    plain = game.whole.model_copy(update={"past": None, "worlds": 1})
    return canonical_json(plain), game.months


def ordinary_side(game: PlayedGame, worlds: int) -> LoadedScenario:
    """Return the scenario of a game with nothing played, of as many months as were played.

    It bears the name of the file that the game extends, so that results are found again.
    """
    return _as_ordinary(game.loaded, game.scenario, worlds, _name_base(game.loaded))


def counterpart_side(game: PlayedGame, without: Path | None, worlds: int) -> LoadedScenario | None:
    """Return the scenario with which a game is compared, with nothing played.

    Without a name it is the same scenario without the treaties signed when it opens or later; if
    none of these was concluded, with them. None where there is no such treaty.

    Raises:
        ScenarioError: the scenario named cannot be used.
        RequestError: it differs in its start or its actors.
    """
    if without:
        named = load_scenario(without)
        _require_alike(game.whole, named.scenario, without)
        months = {"months": game.months, "seed": game.whole.seed}
        return _as_ordinary(named, named.scenario.model_copy(update=months), worlds, named.file)
    turned = _turn_treaties(game.scenario)
    if turned is None:
        return None
    base = _name_base(game.loaded)
    return _as_ordinary(game.loaded, turned, worlds, base.with_stem(f"{base.stem}-treaty"))


def with_past(game: PlayedGame, counterpart: Scenario) -> Scenario:
    """Return a counterpart in which the moves of a game were played."""
    return counterpart.model_copy(update={"past": game.past})


def _as_ordinary(
    loaded: LoadedScenario, scenario: Scenario, worlds: int, file: Path
) -> LoadedScenario:
    plain = scenario.model_copy(update={"past": None, "worlds": worlds})
    return replace(loaded, scenario=plain, file=file)


def _name_base(loaded: LoadedScenario) -> Path:
    """Return the file that a game extends, or the game's own where it extends none or several."""
    own: Layer = loaded.layers[-2]
    extended = resolve_file_references(own, "extends")
    return extended[0] if len(extended) == 1 else loaded.file


def _turn_treaties(scenario: Scenario) -> Scenario | None:
    """Return a scenario without its new treaties, or with them; None where it has none."""
    new = {
        code: spec
        for code, spec in scenario.treaties.items()
        if spec.signed and spec.signed >= scenario.start
    }
    if not new:
        return None
    concluded = not any(spec.concluded for spec in new.values())
    turned = {code: spec.model_copy(update={"concluded": concluded}) for code, spec in new.items()}
    names = " and ".join(spec.name for spec in new.values())
    title = f"{scenario.title}, {'with' if concluded else 'without'} the {names}"
    treaties: Mapping[str, Any] = {**scenario.treaties, **turned}
    return scenario.model_copy(update={"treaties": treaties, "title": title})


def _require_alike(ours: Scenario, theirs: Scenario, named: Path) -> None:
    for part, words in _SHARED.items():
        own, other = (_identify(getattr(scenario, part)) for scenario in (ours, theirs))
        if own != other:
            raise RequestError(
                f"--without {named}: its {words} from that of the game\n"
                "    name a scenario that differs in its treaties or rules only"
            )


def _identify(part: Any) -> Any:
    """Return a part as it is compared: of tables, their names."""
    return sorted(part) if isinstance(part, Mapping) else part
