"""The example of the guide on pasts is a scenario."""

from __future__ import annotations

import re
from pathlib import Path

from sim.scenario.load import load_scenario
from tests.worlds import SCENARIOS

GUIDE = Path(__file__).parents[2] / "docs" / "past.md"


def test_the_game_and_the_fork_of_the_guide_can_be_loaded(tmp_path: Path) -> None:
    game, fork = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    base = (SCENARIOS / "pact.toml").as_posix()
    (tmp_path / "our_game.toml").write_text(game.replace("pact.toml", base), encoding="utf-8")
    (tmp_path / "fork.toml").write_text(fork, encoding="utf-8")
    played, forked = (
        load_scenario(tmp_path / f"{name}.toml").scenario.past for name in ("our_game", "fork")
    )
    assert played is not None
    assert forked is not None
    assert forked.moves == played.moves
    assert (forked.months, forked.rules) == (6, "unknown")
