"""The debrief of a room: asked for when the game is over, of what was decided, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import RequestError
from sim.play.acts import Fork
from sim.play.debrief.choices import TurnChoice
from sim.play.debrief.request import DebriefRequest
from sim.play.game import Move
from sim.play.web.state import Web
from sim.scenario.schema.past import MoveSpec
from tests.play.web.fake import CODE, Visitor, act

MOVE = Move(2, "restrain", "russia", "dprk", "", 1)


def list_one(_file: Path) -> list[TurnChoice]:
    """Offer one decision."""
    spec = MoveSpec(month=2, what="restrain", who="russia", towards="dprk", level=1)
    others = ((0, "do not restrain"),)
    return [
        TurnChoice(1, spec, "Jul 2024", "russia", "Russia restrains", 0.1, "one in ten", others)
    ]


def make_short(request: DebriefRequest, out: Path) -> str:
    """Make a page that says what it was asked for."""
    return f"<p>{request.worlds} worlds, {len(request.turns)} turns, {out.name}</p>"


def wait_for(teacher: Visitor, key: str) -> Any:
    """Return the debrief of the room once something in it is there."""
    for _ in range(200):
        debrief = teacher.get("/teacher/state").json()["rooms"][0]["debrief"]
        if debrief[key]:
            return debrief
    raise AssertionError(key)


def send(teacher: Visitor, path: str, **body: Any) -> str:
    """Ask for something, and return what is said to it."""
    return str(teacher.post(path, {"room": CODE, "id": path, **body}).json().get("message", "done"))


@pytest.fixture
def over(web: Web, teacher: Visitor) -> Visitor:
    """The teacher of a class whose game is over."""
    web.debriefs.make, web.debriefs.list_turns = make_short, list_one
    act(teacher, "close")
    return teacher


def test_the_debrief_is_made_of_what_was_played_and_chosen(
    over: Visitor, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.play.check_act._CHECKS", {Fork: lambda _room, fork: fork})
    assert send(over, "/teacher/turns") == "done"
    (turn,) = wait_for(over, "turns")["turns"]
    assert (turn["text"], turn["odds"], turn["chosen"]) == ("Russia restrains", "one in ten", None)
    assert send(over, "/teacher/turn", number=1, level=3) == "this decision is not offered"
    assert send(over, "/teacher/turn", number=1, level=0) == "done"
    assert wait_for(over, "chosen")["turns"][0]["chosen"] == 0
    assert send(over, "/teacher/debrief", worlds=1000) == "done"
    wait_for(over, "ready")
    page = over.get(f"/teacher/debrief/{CODE}")
    assert page.text == "<p>1000 worlds, 1 turns, results</p>"
    assert page.headers["Content-Security-Policy"].startswith("sandbox")
    assert web.desk.classroom.log.file.with_name(f"class-{CODE}.toml").is_file()


def test_a_debrief_before_its_time_or_of_no_size_is_refused(
    teacher: Visitor, phone: Visitor, web: Web
) -> None:
    assert send(teacher, "/teacher/debrief", worlds=1000) == (
        "the debrief comes when the game is over"
    )
    act(teacher, "close")
    assert "allowed are 1000" in send(teacher, "/teacher/debrief", worlds=5)
    assert "is no whole number" in send(teacher, "/teacher/debrief", worlds="x")
    web.debriefs.said[CODE] = "Under way…"
    assert "is being prepared" in send(teacher, "/teacher/debrief", worlds=1000)
    assert "only the teacher" in send(phone, "/teacher/debrief", worlds=1000)


def test_what_goes_wrong_is_said(over: Visitor, web: Web) -> None:
    def fail(_request: DebriefRequest, _out: Path) -> str:
        raise RequestError("nothing was played")

    web.debriefs.make = fail
    send(over, "/teacher/debrief", worlds=10000)
    for _ in range(200):
        said = over.get("/teacher/state").json()["rooms"][0]["debrief"]["said"]
        if not said.endswith("…"):
            break
    assert said == "The debrief cannot be made: nothing was played"
