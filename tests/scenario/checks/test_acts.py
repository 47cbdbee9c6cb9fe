"""Dated acts on treaties can be done on their day, or the message says why they cannot."""

from __future__ import annotations

import pytest

from tests.scenario.folder import Folder

TEXT = """
[treaties.text]
name = "A text"
parties = ["aland", "syldavia"]
obligations = ["defence"]
notice = 6
source = "treaties"
"""


def act(kind: str, day: str, *, treaty: str = "text", actor: str = "", name: str = "deed") -> str:
    """Return an event that is an act on a treaty, as TOML."""
    who = f'actor = "{actor}"\n' if actor else ""
    on = f'treaty = "{treaty}"\n' if treaty else ""
    return f'\n[shocks.{name}]\ndate = {day}\nkind = "{kind}"\n{on}{who}source = "judgement"\n'


SIGNED = TEXT + act("sign", "2024-08-01", name="signing")

CANNOT_BE_DONE = [
    (act("sign", "2024-08-01", treaty="pact"), "treaty",
     "is in force already, signed on 2024-06-01", "a text not yet signed"),
    (SIGNED + act("sign", "2024-09-01"), "treaty",
     "is in force already, signed on 2024-08-01", "a text not yet signed"),
    (TEXT.replace("notice = 6", "signed = 2025-01-01") + act("sign", "2024-08-01"), "treaty",
     "is signed on 2025-01-01 by the scenario itself", "a text not yet signed"),
    (TEXT + act("renegotiate", "2024-08-01"), "treaty",
     "replaces no treaty, so that nothing is renegotiated", 'kind = "sign"'),
    (TEXT + act("leave", "2024-08-01", actor="aland"), "treaty",
     "binds nobody on 2024-08-01", "pact, friendship"),
    (TEXT + act("accede", "2024-08-01", actor="borduria"), "treaty",
     "binds nobody on 2024-08-01", "pact, friendship"),
    (SIGNED + act("leave", "2024-09-01", actor="borduria"), "actor",
     "is no party", "aland, syldavia"),
    (SIGNED + act("leave", "2024-09-01"), "actor", "is missing: who leaves", "aland, syldavia"),
    (SIGNED + act("accede", "2024-09-01", actor="aland"), "actor",
     "is a party already", "borduria"),
    (SIGNED + act("accede", "2024-09-01"), "actor", "is missing: who joins", "borduria"),
    (SIGNED + act("leave", "2026-01-19", actor="aland"), "date",
     "is left with 6 months of notice, which end after the months simulated",
     "months = 26 or more, or an earlier date"),
    (SIGNED + act("leave", "2024-09-01", actor="aland", name="first")
     + act("leave", "2024-10-01", actor="syldavia"), "treaty",
     "binds nobody on 2024-10-01", "pact, friendship"),
    (act("sign", "2024-08-01", treaty=""), "treaty",
     "is missing: which treaty is signed, left or joined", "pact, friendship"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "field", "message", "allowed"), CANNOT_BE_DONE)
def test_an_act_that_cannot_be_done_is_one_message(
    folder: Folder, lines: str, field: str, message: str, allowed: str
) -> None:
    folder.write("child.toml", f'extends = "whole.toml"\n{lines}')
    reported, *rest = folder.message(name="child.toml").splitlines()
    assert reported.endswith(f": shocks.deed.{field}: {message}")
    assert rest == [f"    allowed: {allowed}"]


def test_an_unknown_treaty_is_one_message_with_the_nearest_name(folder: Folder) -> None:
    folder.write("child.toml", 'extends = "whole.toml"\n' + act("sign", "2024-08-01", treaty="pac"))
    assert folder.message(name="child.toml") == (
        "child.toml:6: shocks.deed.treaty: 'pac' is not a known treaty\n"
        "    allowed: pact, friendship; did you mean 'pact'?"
    )


def test_nobody_signs_with_itself(folder: Folder) -> None:
    itself = TEXT.replace('"syldavia"', '"aland"') + act("sign", "2024-08-01")
    folder.write("child.toml", f'extends = "whole.toml"\n{itself}')
    assert folder.message(name="child.toml") == (
        "child.toml:5: treaties.text.parties: is a treaty of an actor with itself\n"
        "    allowed: two or more"
    )


@pytest.mark.parametrize(
    ("kind", "more", "field", "message"),
    [
        ("sign", 'treaty = "text"\nrivalry = "strait"', "rivalry",
         "has no bearing on an event of kind sign"),
        ("ceasefire", 'rivalry = "strait"\ntreaty = "pact"', "treaty",
         "has no bearing on an event of kind ceasefire"),
        ("ceasefire", "", "rivalry", "is missing: where it happens"),
    ],
)  # fmt: skip
def test_an_event_has_the_place_that_its_kind_needs(
    folder: Folder, kind: str, more: str, field: str, message: str
) -> None:
    deed = f'{TEXT}\n[shocks.deed]\ndate = 2024-08-01\nkind = "{kind}"\n{more}\n'
    folder.write("child.toml", f'extends = "whole.toml"\n{deed}')
    assert f": shocks.deed.{field}: {message}" in folder.message(name="child.toml")


@pytest.mark.parametrize("field", ["in_force", "ends"])
def test_a_text_without_a_day_of_signing_has_no_other_days(folder: Folder, field: str) -> None:
    dated = TEXT.replace("notice = 6", f"{field} = 2025-01-01")
    folder.write("child.toml", f'extends = "whole.toml"\n{dated}')
    assert folder.message(name="child.toml") == (
        f"child.toml:7: treaties.text.{field}: needs the day of signing\n    allowed: add signed"
    )


@pytest.mark.parametrize(
    "lines",
    [
        SIGNED,
        SIGNED + act("leave", "2025-12-18", actor="aland"),
        SIGNED + act("leave", "2026-07-01", actor="aland"),
        SIGNED + act("accede", "2024-08-01", actor="borduria"),
        act("leave", "2024-08-01", treaty="pact", actor="aland"),
        TEXT.replace("notice = 6", 'replaces = "pact"') + act("renegotiate", "2024-08-01"),
        SIGNED.replace("notice = 6", "")
        + act("leave", "2024-09-01", actor="aland", name="goes")
        + act("sign", "2024-10-01", name="again"),
    ],
)
def test_an_act_that_can_be_done_is_no_misfit(folder: Folder, lines: str) -> None:
    folder.write("child.toml", f'extends = "whole.toml"\n{lines}')
    folder.load(name="child.toml")
