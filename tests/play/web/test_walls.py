"""Nobody moves for another, the teacher never, and nobody from elsewhere at all."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from sim.play.acts import Answer, Bet, Order
from sim.play.web.app import create_app
from sim.play.web.state import Web
from tests.play.web.fake import CODE, CRISIS, HOST, Visitor, act, teacher_of

EVERYTHING: dict[str, Any] = {
    "id": "forged",
    "code": CODE,
    "room": CODE,
    "seat": "japan",
    "delegation": "japan",
    "actor": "japan",
    "phone": "somebody's",
    "quarter": 1,
    "choices": {"standing:restrain:japan": 1},
    "question": CRISIS,
    "option": 1,
    "subject": "war_korea",
    "value": 10,
    "device": "paper",
    "seats": ["atlantis"],
    "key": "wrong",
}
"""What any route may look for, naming a delegation that is not the sender's."""
WHATS = ("", "order", "answer", "begin", "pause", "resume", "minute", "open", "shut", "release")


def routes_of(web: Web) -> list[BaseRoute]:
    """Return the routes of a class."""
    return list(create_app(web).routes)


def posts(web: Web) -> list[str]:
    """Return the paths to which something can be sent."""
    found = [route for route in routes_of(web) if isinstance(route, Route)]
    return [route.path for route in found if route.methods and "POST" in route.methods]


def decisions(web: Web) -> list[Any]:
    """Return the sheets, answers and guesses that were written."""
    acts = [entry.act for entry in web.desk.classroom.log.entries()]
    return [each for each in acts if isinstance(each, Order | Answer | Bet)]


def send_everything(web: Web, visitor: Visitor) -> None:
    """Send everything to every route, as fast as it goes."""
    web.rates.each.most = web.rates.all.most = 10_000
    web.rates.each.seconds = web.rates.all.seconds = 0.01
    for path in posts(web):
        for what in WHATS:
            visitor.post(path, EVERYTHING | {"what": what, "id": f"{path} {what}"})


def test_every_route_is_one_that_these_tests_know(web: Web) -> None:
    assert sorted(posts(web)) == [
        "/answer", "/bet", "/join", "/laptop/join", "/laptop/look", "/order",
        "/teacher/act", "/teacher/debrief", "/teacher/key", "/teacher/room", "/teacher/turn",
        "/teacher/turns",
    ]  # fmt: skip
    sockets = [route.path for route in routes_of(web) if isinstance(route, WebSocketRoute)]
    assert sockets == ["/projector/ws", "/ws", "/teacher/ws"]


def test_the_teacher_cannot_decide_for_a_delegation(
    phone: Visitor, teacher: Visitor, web: Web
) -> None:
    assert phone.seat()["code"] == "russia"
    act(teacher, "begin")
    send_everything(web, teacher)
    assert decisions(web) == []


def test_the_teachers_browser_takes_no_seat_by_the_code(teacher: Visitor) -> None:
    assert teacher.post("/join", {"code": CODE}).json()["message"] == (
        "this is the teacher's browser, which takes no seat; a laptop for several does"
    )


def test_a_phone_decides_for_its_own_delegation_whatever_it_sends(
    client: TestClient, phone: Visitor, teacher: Visitor, web: Web
) -> None:
    thief = Visitor(client).join()
    assert thief.seat()["code"] == "dprk"
    act(teacher, "begin")
    send_everything(web, thief)
    phones = web.desk.rooms[CODE].phones
    written = decisions(web)
    assert {phones[each.phone] for each in written} == {"dprk"}
    assert {each.seat for each in written if not isinstance(each, Bet)} <= {"dprk"}
    assert thief.post("/order", EVERYTHING | {"choices": {}}).status_code == 200
    assert list(web.desk.rooms[CODE].orders[1].sheets) == ["dprk"]


def test_a_stranger_changes_nothing(client: TestClient, teacher: Visitor, web: Web) -> None:
    act(teacher, "begin")
    web.rates.each.most = 100
    stranger = Visitor(client)
    stranger.get("/")
    before = len(web.desk.classroom.log.entries())
    for path in posts(web):
        if path != "/join":
            answer = stranger.post(path, EVERYTHING | {"what": "bell"})
            assert answer.status_code in (401, 403, 409), path
    assert len(web.desk.classroom.log.entries()) == before


def test_looking_changes_nothing(client: TestClient, teacher: Visitor, web: Web) -> None:
    before = len(web.desk.classroom.log.entries())
    for route in routes_of(web):
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            path = route.path.replace("{name}", "style.css").replace("{place:int}", "0")
            expected = 404 if "debrief" in path else 200  # the game is not over
            assert teacher.get(path.replace("{room}", CODE)).status_code == expected, path
    assert len(web.desk.classroom.log.entries()) == before


def test_a_stolen_id_is_nobody_elses(
    client: TestClient, phone: Visitor, teacher: Visitor, web: Web
) -> None:
    other = Visitor(client).join()
    act(teacher, "begin")
    phone.order(act_id="same")
    assert other.order(act_id="same").json()["by"] == "DPRK 1"
    assert set(web.desk.rooms[CODE].orders[1].sheets) == {"russia", "dprk"}


def test_a_guessed_or_planted_cookie_has_no_seat(client: TestClient, phone: Visitor) -> None:
    guess = Visitor(client)
    guess.cookies["alliance-seat"] = "0" * 48
    assert guess.state()["out"]
    planted = Visitor(client)
    planted.cookies["alliance-seat"] = "planted"
    planted.join()
    assert planted.cookies["alliance-seat"] != "planted"


def test_the_log_holds_no_token(phone: Visitor, teacher: Visitor, web: Web) -> None:
    text = web.desk.classroom.log.file.read_bytes()
    beside = web.desk.classroom.log.file.with_name("class.db-wal").read_bytes()
    assert len(phone.cookies["alliance-seat"]) == 48
    for token in (phone.cookies["alliance-seat"], teacher.cookies["alliance-teacher"]):
        assert token.encode() not in text + beside


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    given = client.get("/").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=strict" in given


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Host": "rebound.example:8000", "Origin": "http://rebound.example:8000"}, 400),
        ({"Host": "127.0.0.1:8000;x"}, 400),
        ({"Host": ""}, 400),
    ],
)
def test_only_a_page_of_the_class_may_send(
    phone: Visitor, teacher: Visitor, web: Web, headers: dict[str, str], status: int
) -> None:
    act(teacher, "begin")
    sent = phone.post("/order", {"id": "x", "quarter": 1, "choices": {}}, **headers)
    assert sent.status_code == status
    assert decisions(web) == []


def test_what_is_too_long_or_no_json_is_refused(phone: Visitor) -> None:
    assert phone.post("/order", {"id": "x" * 5000}).status_code == 413
    headers = phone.headers | {"Content-Type": "application/json"}
    for content in (b"{", b"[]", b"\xff", b"[" * 3000):
        answer = phone.client.post("/order", content=content, headers=headers)
        assert answer.status_code == 409
        assert answer.json()["message"] == "quarter: is no whole number"


def test_without_a_cookie_nothing_can_be_sent(client: TestClient) -> None:
    answer = Visitor(client).post("/join", {"code": CODE})
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("open the page first")


def test_who_sends_too_much_waits(client: TestClient, phone: Visitor, web: Web) -> None:
    now = [0.0]
    web.rates.each.clock = lambda: now[0]
    codes = {phone.post("/bet", {}).status_code for _ in range(10)}
    assert 429 not in codes
    assert phone.post("/bet", {}).status_code == 429
    assert Visitor(client).join().seat()["you"] == "DPRK 1"
    now[0] = 0.2
    assert phone.post("/bet", {}).status_code == 409


def test_codes_cannot_be_guessed_one_after_another(client: TestClient, web: Web) -> None:
    guesser = Visitor(client)
    guesser.get("/")
    said = [guesser.post("/join", {"code": f"AAAA{n}"}).json()["message"] for n in range(2, 8)]
    assert said[0] == "there is no room with this code; it stands on the projector"
    assert said[-1] == "too many wrong codes; wait a minute"
    assert guesser.post("/join", {"code": CODE}).status_code == 409
    assert Visitor(client).join().seat()
    for _ in range(200):
        web.rates.all_wrong.allows()
    assert Visitor(client).join_or_say() == "too many wrong codes; wait a minute"


def test_the_key_makes_a_teacher_and_cannot_be_guessed(client: TestClient, web: Web) -> None:
    browser = Visitor(client)
    browser.get("/teacher")
    assert browser.get("/teacher/state").json()["out"]
    wrong = browser.post("/teacher/key", {"key": "AAAA-AAAA"})
    assert (wrong.status_code, wrong.json()["message"][:22]) == (403, "this is not the key; i")
    assert browser.post("/teacher/key", {"key": web.key.lower()}).status_code == 200
    assert browser.get("/teacher/state").json()["rooms"]
    guesser = Visitor(client)
    guesser.get("/teacher")
    for _ in range(5):
        guesser.post("/teacher/key", {"key": "WRONG"})
    assert guesser.post("/teacher/key", {"key": web.key}).status_code == 409


def test_pages_may_use_their_own_files_alone(client: TestClient) -> None:
    for path in ("/", "/laptop", "/teacher", "/projector", "/static/common.js"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "connect-src 'self' ws://127.0.0.1:8000;" in policy
        assert "http" not in answer.text.replace(
            'location.origin.replace("http", "ws")', ""
        ).replace("http://www.w3.org/2000/svg", "").replace("https", "")
        assert "innerHTML" not in answer.text
        assert " style=" not in answer.text
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/nothing.js").status_code == 404


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://elsewhere.example"}, {"Host": "rebound.example"}, {"Origin": ""}]
)
def test_a_socket_is_opened_by_a_page_of_the_class_alone(
    phone: Visitor, headers: dict[str, str]
) -> None:
    with phone.listen() as socket:
        assert socket.receive_json()["seats"]
    with pytest.raises(WebSocketDisconnect) as refused, phone.listen(**headers):
        pass
    assert refused.value.code == 4403


def test_a_viewer_without_the_key_sees_neither_code_nor_address(
    client: TestClient, teacher: Visitor
) -> None:
    seen = Visitor(client).get("/projector/state").json()
    assert (seen["room"], seen["addresses"], seen["open"]) == ("", [], False)
    assert CODE not in Visitor(client).get("/projector/state").text
    assert teacher.get("/projector/state").json()["room"] == CODE
    for number in ("0", "2", "x", "-1", CODE, "1" * 30):
        assert teacher.get(f"/projector/state?room={number}").status_code == 404


def test_secrets_and_orders_are_shown_to_nobody_before_their_time(
    client: TestClient, phone: Visitor, teacher: Visitor
) -> None:
    other = [Visitor(client).join() for _ in range(2)][1]
    act(teacher, "begin")
    phone.order(standing=2)
    assert teacher.get("/teacher/state").json()["rooms"][0]["orders"] == []
    assert "standing:restrain:russia" not in other.get("/state").text
    act(teacher, "bell")
    while phone.state()["quarter"] < 2:
        pass
    (orders,) = teacher.get("/teacher/state").json()["rooms"][0]["orders"]
    assert orders["lines"] == [
        {"of": "Russia", "text": "Urge restraint", "answer": "Yes, every month"}
    ]
    assert "Russia pays in secret" in phone.get("/state").text
    for page in ("/projector/state", "/teacher/state"):
        assert "secret" not in teacher.get(page).text
    assert other.seat()["name"] == "United States"
    assert "secret" not in other.get("/state").text


def test_the_qr_code_holds_an_address_that_phones_can_reach(client: TestClient) -> None:
    drawn = client.get("/qr/0")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg xmlns")
    assert client.get("/qr/1").status_code == 404
    assert teacher_of(client).get("/projector/state").json()["addresses"] == [
        "http://192.168.1.20:8000/"
    ]


def test_the_class_says_that_it_is_here(client: TestClient) -> None:
    assert client.get("/probe").text.startswith("This is the class game.")
    assert client.get("/probe", headers={"Host": "192.168.1.20:8000"}).status_code == 200
    assert HOST.startswith("http://127")
