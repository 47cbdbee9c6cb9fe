"""A class over HTTP: it joins, orders, answers and bets, and each mistake has its sentence."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from starlette.testclient import TestClient

from sim.play.web.state import Web
from tests.play.web.fake import CODE, CRISIS, Visitor, act


def test_phones_are_dealt_to_delegations_without_a_name(client: TestClient) -> None:
    phones = [Visitor(client).join() for _ in range(9)]
    seats = [phone.seat() for phone in phones]
    assert [seat["you"] for seat in seats[:2]] == ["Russia 1", "DPRK 1"]
    assert len({seat["code"] for seat in seats[:8]}) == 8
    assert seats[8]["you"] == "Russia 2"
    assert seats[8]["phones"] == 2


def test_a_code_may_be_typed_as_people_type(client: TestClient) -> None:
    assert Visitor(client).join(" ab-cde ").seat()["you"] == "Russia 1"


def test_a_sheet_counts_once_it_is_written(phone: Visitor, teacher: Visitor, web: Web) -> None:
    act(teacher, "begin")
    answer = phone.order(standing=2, initiative=1)
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["at"])
    assert answer.json()["by"] == "Russia 1"
    sheet = web.desk.rooms[CODE].orders[1].sheets["russia"]
    assert sheet == {"standing:restrain:russia": 2, "initiative:challenge:russia": 1}


def test_a_repetition_is_answered_alike_and_written_once(
    client: TestClient, phone: Visitor, teacher: Visitor, web: Web
) -> None:
    Visitor(client).join()
    act(teacher, "begin")
    first, again = phone.order(standing=1), phone.order(standing=1)
    assert first.json() == again.json()
    orders = [entry for entry in web.desk.classroom.log.entries() if entry.act.kind == "order"]
    assert len(orders) == 1


def test_when_all_are_in_the_quarter_is_simulated_and_the_next_begins(
    phone: Visitor, teacher: Visitor
) -> None:
    act(teacher, "begin")
    phone.order()
    _wait_for(phone, "orders", 2)
    assert phone.seat()["sent"] is None


def _wait_for(phone: Visitor, phase: str, quarter: int) -> Any:
    for _ in range(200):
        state = phone.state()
        if (state["phase"], state["quarter"]) == (phase, quarter):
            return state
    raise AssertionError(state)


def test_who_is_asked_answers_and_others_bet(
    client: TestClient, phone: Visitor, teacher: Visitor, web: Web
) -> None:
    other = Visitor(client).join()
    act(teacher, "begin")
    for each in (phone, other):
        each.order()
    _wait_for(phone, "orders", 2)
    for each in (phone, other):
        each.order(2, "second")
    state = _wait_for(phone, "crisis", 2)
    (question,) = state["seats"][0]["questions"]
    assert question["text"].startswith("Ukraine escalates")
    assert other.seat()["questions"] == []
    assert other.seat()["others"][0]["of"] == "Russia"
    assert other.post("/bet", {"id": "b", "subject": CRISIS, "value": 1}).status_code == 200
    wrong = other.post("/answer", {"id": "a", "question": CRISIS, "option": 1})
    assert wrong.json()["message"] == "this question is for Russia"
    assert phone.post("/answer", {"id": "a", "question": CRISIS, "option": 1}).status_code == 200
    _wait_for(phone, "orders", 3)
    assert web.desk.rooms[CODE].orders[2].answers == {CRISIS: 1}


def test_a_guess_before_the_game_is_kept(phone: Visitor, web: Web) -> None:
    figures = phone.seat()["figures"]
    assert 1 <= len(figures) <= 4
    assert figures[0]["label"][0].isupper()
    subject = figures[0]["subject"]
    assert phone.post("/bet", {"id": "g", "subject": subject, "value": 40}).status_code == 200
    assert phone.seat()["figures"][0]["bet"] == 40
    again = phone.post("/bet", {"id": "h", "subject": subject, "value": 50})
    assert "the first one counts" in again.json()["message"]
    far = phone.post("/bet", {"id": "i", "subject": subject, "value": 101})
    assert far.json()["message"] == "value: a guess is a number from 0 to 100"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"choices": {"standing:restrian:russia": 1}}, "did you mean 'standing:restrain:russia'?"),
        ({"choices": {"standing:restrain:russia": 7}}, "is no answer to 'Urge restraint'; allowed"),
        ({"choices": {"standing:restrain:russia": "x"}}, "standing:restrain:russia: is no whole"),
        ({"choices": []}, "choices: is not an object"),
        ({"quarter": 0}, "quarter 0 is over; quarter 1 is played now"),
        ({"quarter": 2}, "quarter 2 has not begun"),
        ({"quarter": "1"}, "quarter: is no whole number"),
        ({"id": ""}, "id: missing"),
    ],
)
def test_a_sheet_that_cannot_be_has_one_sentence(
    phone: Visitor, teacher: Visitor, body: dict[str, Any], message: str
) -> None:
    act(teacher, "begin")
    sent = {"id": "x", "quarter": 1, "choices": {}} | body
    answer = phone.post("/order", sent)
    assert answer.status_code == 409
    assert message in answer.json()["message"]


def test_a_second_sheet_is_refused(client: TestClient, phone: Visitor, teacher: Visitor) -> None:
    Visitor(client).join()
    act(teacher, "begin")
    phone.order()
    assert phone.order(act_id="second").json()["message"] == (
        "Russia has sent in its sheet; the first counts"
    )


def test_a_closed_lobby_takes_no_phone(client: TestClient, teacher: Visitor) -> None:
    act(teacher, "shut")
    late = Visitor(client)
    late.get("/")
    answer = late.post("/join", {"code": CODE})
    assert answer.json()["message"].startswith("this room is closed to further phones")
    act(teacher, "open")
    assert late.post("/join", {"code": CODE}).status_code == 200


def test_a_phone_that_has_a_seat_does_not_join_again(phone: Visitor) -> None:
    assert phone.post("/join", {"code": CODE}).json()["message"].startswith("this browser has")


def test_a_released_phone_has_no_seat_and_may_join_anew(phone: Visitor, teacher: Visitor) -> None:
    (device,) = teacher.get("/teacher/state").json()["rooms"][0]["delegations"][0]["devices"]
    assert device["name"] == "Russia 1"
    act(teacher, "release", phone=device["phone"])
    assert phone.state()["out"]
    phone.join()
    assert phone.seat()["you"] == "Russia 1"


def test_the_teacher_ends_pauses_and_adds_time(phone: Visitor, teacher: Visitor) -> None:
    act(teacher, "begin")
    ends = phone.state()["clock"]["ends"]
    act(teacher, "minute")
    assert phone.state()["clock"]["ends"] == ends + 60
    act(teacher, "pause")
    assert phone.state()["clock"]["ends"] is None
    assert 0 < phone.state()["clock"]["left"] <= 210
    act(teacher, "resume")
    act(teacher, "bell")
    _wait_for(phone, "orders", 2)
    act(teacher, "close")
    assert phone.state()["phase"] == "over"
    unknown = act(teacher, "order")
    assert unknown.json()["message"].startswith("what: allowed are release, begin")
    assert act(teacher, "begin", "XXXXX").json()["message"] == "there is no such room"


def test_the_game_is_sent_as_a_scenario_file(phone: Visitor, teacher: Visitor) -> None:
    act(teacher, "begin")
    phone.order()
    _wait_for(phone, "orders", 2)
    answer = teacher.get(f"/teacher/file/{CODE}")
    assert 'filename="class-1.toml"' in answer.headers["Content-Disposition"]
    assert tomllib.loads(answer.text)["past"]["world"] == 17
    assert teacher.get("/teacher/file/NONE0").status_code == 404


def test_another_room_has_the_same_world(client: TestClient, teacher: Visitor, web: Web) -> None:
    teacher.post("/teacher/room", {})
    second = next(code for code in web.desk.rooms if code != CODE)
    assert Visitor(client).join(second).seat()["you"] == "Russia 1"
    assert web.desk.rooms[second].setup.world == 17
    assert teacher.get("/projector/state?room=2").json()["room"] == second


def test_a_class_has_a_limit_of_rooms(teacher: Visitor, web: Web) -> None:
    web.rates.each.most = 100
    answers = [teacher.post("/teacher/room", {}) for _ in range(12)]
    assert answers[-1].json()["message"] == "a class has at most 12 rooms"


@pytest.mark.parametrize(("device", "called"), [("paper", "on paper"), ("laptop", "at the laptop")])
def test_one_laptop_holds_several_seats(
    teacher: Visitor, web: Web, device: str, called: str
) -> None:
    looked = teacher.post("/laptop/look", {"code": CODE}).json()["seats"]
    assert all(seat["free"] for seat in looked)
    body = {"code": CODE, "device": device, "seats": ["japan", "china"]}
    assert teacher.post("/laptop/join", body).status_code == 200
    act(teacher, "begin")
    assert [seat["you"] for seat in teacher.state()["seats"]] == [
        f"Japan ({called})",
        f"China ({called})",
    ]
    sent = {"id": "p", "quarter": 1, "choices": {"standing:restrain:china": 1}}
    assert teacher.post("/order", {**sent, "seat": "china"}).status_code == 200
    refused = teacher.post("/order", {**sent, "id": "q", "seat": "russia"})
    assert refused.json()["message"] == "this laptop does not hold that delegation"
    assert list(web.desk.rooms[CODE].orders[1].sheets) == ["china"]
    shown = teacher.get("/projector/state").json()["delegations"]
    assert {one["name"]: one["paper"] for one in shown}["China"] is (device == "paper")


def test_a_laptop_takes_only_delegations_without_phones(phone: Visitor, teacher: Visitor) -> None:
    def join(**body: Any) -> str:
        sent = {"code": CODE, "device": "paper", "seats": ["japan"]} | body
        return str(teacher.post("/laptop/join", sent).json().get("message"))

    assert join(seats=["russia"]) == "russia: has phones of its own, which decide for it"
    assert join(seats=["atlantis"]) == "choose at least one delegation of this room"
    assert join(seats=[]) == "choose at least one delegation of this room"
    assert join(device="phone") == "device: allowed are laptop and paper"
    assert join() == "None"
    assert join(seats=["china"]) == "this browser has a seat already"
