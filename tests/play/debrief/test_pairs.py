"""Two versions of a world in one sentence."""

from __future__ import annotations

import pytest

from sim.play.debrief.pairs import OutcomePair, WorldPair, pair_worlds
from sim.play.debrief.treaty import find_treaty_effect
from sim.play.debrief.words import describe_question, move_key
from sim.scenario.schema.past import MoveSpec
from tests.play.debrief.small import simulation, small_game, small_record

WAR = OutcomePair("A war", "a war", "yes", "no", differs=True, constructed=False)
PEACE = OutcomePair("Peace", "peace", "no", "no", differs=False, constructed=False)
INVOKED = OutcomePair("Invoked", "invoked", "yes", "no", differs=True, constructed=True)
NAMES = ("your game", "your game without the treaty")


@pytest.mark.parametrize(
    ("outcomes", "months", "finding"),
    [
        ((PEACE,), 0, "Nothing differs: the two worlds are the same, event for event."),
        ((PEACE, INVOKED), 1, "None of 1 outcome differs, though events of 1 month do."),
        ((PEACE, WAR), 2, "1 of 2 outcomes differs: a war (yes; without the treaty no)."),
        (
            (WAR, WAR, INVOKED),
            2,
            f"2 of 2 outcomes differ: {'; '.join(['a war (yes; without the treaty no)'] * 2)}.",
        ),
    ],
)
def test_what_differs_is_counted_without_what_differs_by_construction(
    outcomes: tuple[OutcomePair, ...], months: int, finding: str
) -> None:
    assert WorldPair(NAMES, outcomes, (), months).finding == finding


def test_a_world_does_not_differ_from_itself() -> None:
    pair = pair_worlds(small_record(), small_record(), NAMES)
    assert pair.months == 0
    assert not pair.differing


def test_a_counterpart_of_the_same_treaties_is_called_by_its_title(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game = small_game()
    side = game.loaded.__class__(**vars(game.loaded) | {"scenario": game.scenario})
    monkeypatch.setattr("sim.play.debrief.treaty.counterpart_side", lambda *_: side)
    monkeypatch.setattr("sim.play.debrief.treaty.find_effect", lambda *_: None)
    monkeypatch.setattr(type(simulation()), "run", lambda *_: None)
    ordinary = type("Ordinary", (), {"scenario": game.scenario})()
    effect = find_treaty_effect(game, small_record(), ordinary, None, simulation())
    assert effect
    assert effect.pair.names[1] == "your game in Our <game>"
    assert effect.idle == 0
    monkeypatch.setattr("sim.play.debrief.treaty.counterpart_side", lambda *_: None)
    assert find_treaty_effect(game, small_record(), ordinary, None, simulation()) is None


def test_a_bloc_is_called_by_its_members() -> None:
    move = MoveSpec(month=1, what="reassure", who="usa", about="pacific")
    assert "the United States, Japan and South Korea" in describe_question(
        small_game().whole, move_key(move)
    )
