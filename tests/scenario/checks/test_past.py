"""A past and its moves fit the scenario; what does not is reported with its line."""

from __future__ import annotations

import pytest

from sim.errors import RequestError
from sim.scenario.checks.past import refuse_past
from sim.scenario.load import load_scenario
from tests.scenario.folder import Folder
from tests.worlds import SCENARIOS, quarrel

HEAD = 'extends = "whole.toml"\n[past]\nworld = 17\nmonths = 14\n'
CHALLENGE = 'what = "challenge"\nwho = "aland"\ntowards = "syldavia"\nabout = "strait"\n'


def game(folder: Folder, *moves: str, head: str = HEAD) -> str:
    """Write a game of these moves; return the message to the user."""
    tables = [f"[[past.moves]]\n{move}" for move in moves]
    folder.write("game.toml", head + "".join(tables))
    return folder.message(name="game.toml")


def test_a_game_is_a_scenario(folder: Folder) -> None:
    folder.write("game.toml", f"{HEAD}[[past.moves]]\nmonth = 3\n{CHALLENGE}")
    past = folder.load(name="game.toml").scenario.past
    assert past is not None
    assert (past.world, past.months, past.rules) == (17, 14, "own")
    assert [str(move) for move in past.moves] == ["month 3: aland, challenge, syldavia, strait = 1"]


def test_a_file_that_extends_a_game_forks_it_elsewhere(folder: Folder) -> None:
    folder.write("game.toml", f"{HEAD}[[past.moves]]\nmonth = 3\n{CHALLENGE}")
    folder.write("later.toml", 'extends = "game.toml"\n[past]\nmonths = 20\nrules = "unknown"\n')
    past = folder.load(name="later.toml").scenario.past
    assert past is not None
    assert (past.months, past.rules, len(past.moves)) == (20, "unknown", 1)


MISTAKES = [
    (
        'what = "challange"\nwho = "aland"',
        (
            "7: past.moves.0.what: 'challange' is not a known decision"
            "\n    allowed: one of {kinds}; did you mean 'challenge'?"
        ),
    ),
    (
        'what = "challenge"\nwho = "alandia"\ntowards = "syldavia"\nabout = "strait"',
        (
            "8: past.moves.0.who: 'alandia' is not a known actor"
            "\n    allowed: aland, borduria, syldavia; did you mean 'aland'?"
        ),
    ),
    (
        'what = "challenge"\nwho = "aland"\ntowards = "syldavia"\nabout = "straight"',
        (
            "10: past.moves.0.about: 'straight' is not a known rivalry"
            "\n    allowed: strait, mountains; did you mean 'strait'?"
        ),
    ),
    (
        'what = "challenge"\nwho = "aland"\ntowards = "syldavia"\nabout = "mountains"',
        (
            "10: past.moves.0.about: 'aland' never decides 'challenge' about 'mountains'"
            "\n    allowed: strait"
        ),
    ),
    (
        'what = "challenge"\nwho = "aland"\nabout = "strait"',
        (
            "5: past.moves.0.towards: is missing: towards whom 'aland' decides 'challenge'"
            "\n    allowed: syldavia"
        ),
    ),
    (
        'what = "challenge"\nwho = "aland"\ntowards = "syldavia"',
        (
            "5: past.moves.0.about: is missing: what 'aland' decides 'challenge' about"
            "\n    allowed: strait"
        ),
    ),
    (
        'what = "opening"\nwho = "aland"\ntowards = "syldavia"\nabout = "strait"',
        (
            "9: past.moves.0.towards: 'aland' never decides 'opening' towards 'syldavia' there"
            "\n    allowed: a move without `towards`"
        ),
    ),
    (
        f"{CHALLENGE}level = 2",
        (
            "11: past.moves.0.level: 2 is more than can be decided"
            "\n    allowed: 0 no challenge, 1 challenge"
        ),
    ),
    (
        'what = "restrain"\nwho = "aland"\ntowards = "syldavia"',
        "7: past.moves.0.what: no actor of this scenario ever decides 'restrain'",
    ),
    (
        f"{CHALLENGE}lvl = 1",
        (
            "11: past.moves.0.lvl: unknown key"
            "\n    allowed: month, what, who, towards, about, level; did you mean 'level'?"
        ),
    ),
    (
        f'{CHALLENGE}level = "yes"',
        "11: past.moves.0.level: should be a whole number (given: 'yes')",
    ),
    (
        'who = "aland"',
        (
            '5: past.moves.0.what: is missing: The decision, such as "challenge", "answer" or '
            '"restrain"'
        ),
    ),
    (
        'what = "sign"\nwho = "aland"\ntowards = "syldavia"\nabout = "defense"',
        (
            "10: past.moves.0.about: 'defense' is not a known kind of pact"
            "\n    allowed: defence, consultation, nonaggression; did you mean 'defence'?"
        ),
    ),
    (
        'what = "leave"\nwho = "aland"\nabout = "pakt"',
        (
            "9: past.moves.0.about: 'pakt' is not a known treaty"
            "\n    allowed: pact, friendship, new_defence_aland_borduria, "
            "new_consultation_aland_borduria, new_nonaggression_aland_borduria, "
            "new_defence_aland_syldavia, new_consultation_aland_syldavia, "
            "new_nonaggression_aland_syldavia, new_defence_borduria_syldavia, "
            "new_consultation_borduria_syldavia, new_nonaggression_borduria_syldavia"
            "; did you mean 'pact'?"
        ),
    ),
    (
        'what = "leave"\nwho = "aland"\nabout = "new_defence_borduria_syldavia"',
        (
            "9: past.moves.0.about: 'aland' never decides 'leave' about "
            "'new_defence_borduria_syldavia'"
            "\n    allowed: new_consultation_aland_borduria, new_consultation_aland_syldavia, "
            "new_defence_aland_borduria, new_defence_aland_syldavia, "
            "new_nonaggression_aland_borduria, new_nonaggression_aland_syldavia, pact"
        ),
    ),
]


@pytest.mark.parametrize(("move", "message"), MISTAKES)
def test_a_move_that_cannot_be_made_is_reported_on_its_line(
    folder: Folder, move: str, message: str
) -> None:
    from sim.scenario.playable import load_playable  # noqa: PLC0415

    said = game(folder, f"month = 3\n{move}\n")
    assert said == f"game.toml:{message.replace('{kinds}', str(len(load_playable())))}"


@pytest.mark.parametrize(
    "move",
    [
        'what = "sign"\nwho = "aland"\ntowards = "syldavia"\nabout = "defence"',
        'what = "leave"\nwho = "aland"\nabout = "pact"',
        'what = "leave"\nwho = "syldavia"\nabout = "new_consultation_aland_syldavia"',
    ],
)
def test_a_pact_may_be_signed_and_one_of_the_scenario_or_a_later_one_left(
    folder: Folder, move: str
) -> None:
    folder.write("game.toml", f"{HEAD}[[past.moves]]\nmonth = 3\n{move}\n")
    past = folder.load(name="game.toml").scenario.past
    assert past is not None
    assert past.moves[0].about in move


def test_where_treaties_do_not_move_nobody_signs(folder: Folder) -> None:
    still = 'extends = "whole.toml"\n[mechanisms]\ntreaties_move = false\n'
    move = 'month = 3\nwhat = "sign"\nwho = "aland"\ntowards = "syldavia"\nabout = "defence"\n'
    assert game(folder, move, head=f"{still}[past]\nworld = 17\nmonths = 14\n") == (
        "game.toml:9: past.moves.0.what: no actor of this scenario ever decides 'sign'"
    )


def test_a_move_after_the_last_month_is_reported(folder: Folder) -> None:
    assert game(folder, f"month = 25\n{CHALLENGE}") == (
        "game.toml:6: past.moves.0.month: is after the last month of the scenario\n"
        "    allowed: 1 to 24"
    )


def test_a_second_move_on_one_decision_is_reported_on_its_own_line(folder: Folder) -> None:
    move = f"month = 3\n{CHALLENGE}"
    assert game(folder, move, f"{move}level = 0\n") == (
        "game.toml:13: past.moves.1.what: was decided before, in move 0: one decision is taken "
        "once a month"
    )


def test_a_past_longer_than_the_scenario_is_reported(folder: Folder) -> None:
    head = HEAD.replace("14", "25")
    assert game(folder, head=head) == (
        "game.toml:4: past.months: is more than the scenario's 24 months\n    allowed: 0 to 24"
    )


def test_unknown_rules_are_a_word_of_two(folder: Folder) -> None:
    assert game(folder, head=f'{HEAD}rules = "unkown"\n') == (
        "game.toml:5: past.rules: 'unkown' is not one of the words allowed\n"
        "    allowed: own, unknown; did you mean 'unknown'?"
    )


def test_moves_that_are_no_tables_are_left_to_the_schema(folder: Folder) -> None:
    assert "past.moves.0: should be a table" in game(folder, head=f"{HEAD}moves = [3]\n")
    assert "past.moves: should be a list" in game(folder, head=f"{HEAD}moves = 3\n")


def test_what_needs_worlds_of_their_own_refuses_a_past() -> None:
    refuse_past(quarrel(), "a stress test")
    played = load_scenario(SCENARIOS / "pact.toml", ["past.world=17", "past.months=3"]).scenario
    with pytest.raises(RequestError) as caught:
        refuse_past(played, "a stress test")
    assert str(caught.value) == (
        f"{played.title}: has a past, in which all worlds are as world 17; a stress test needs "
        "worlds that are not\n    allowed: the scenario that the file extends"
    )
