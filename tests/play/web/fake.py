"""A class with an engine that answers at once, and visitors who each have cookies of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from sim.play.acts import Create
from sim.play.classroom import Classroom, Job, new_room
from sim.play.figures import choose_bets
from sim.play.game import Game
from sim.play.gauges import Gauge
from sim.play.news import News
from sim.play.sheet import Mode, Option, Question, Sheet
from sim.play.tokens import hash_token
from sim.play.web.addresses import Reach
from sim.play.web.desk import Desk
from sim.play.web.state import Web
from sim.scenario.load import load_scenario
from tests.docs.pages import TOP
from tests.explore.serve.fake import Here

HOST = "http://127.0.0.1:8000"
CODE = "ABCDE"
TOKEN = "teacher-token"
QUARTERS = 3
CRISIS = "m4:resist:russia"


@cache
def room_setup() -> Create:
    """Return a room of the pact with its eight delegations."""
    loaded = load_scenario(TOP / "scenarios" / "pact.toml")
    room = new_room(loaded, 17, teacher=hash_token(TOKEN))
    return replace(room, bets=choose_bets(loaded.scenario))


def simulate_at_once(job: Job) -> Game:
    """Return the next quarter, without an engine; in the second quarter Russia is asked."""
    done = job.game
    if done is None:
        return _game(job, 1)
    asks = done.quarter == 2 and CRISIS not in job.orders.answers
    if asks and "russia" in job.orders.present:
        return replace(_game(job, 2), sheets=(), questions=(_crisis(),))
    return _game(job, done.quarter + 1)


def _game(job: Job, quarter: int) -> Game:
    over = quarter > QUARTERS
    said = repr((job.game and job.game.digest, job.orders))
    return Game(
        quarter,
        QUARTERS,
        3 * (quarter - 1),
        (),
        () if over else tuple(_sheet(seat, quarter) for seat in job.seats),
        (),
        _news(quarter),
        (Gauge("tension_dprk", "Tension", 0.25, 0.2, 0.0, 1.0, ("calm", "tense"), ("dprk",)),),
        sha256(said.encode()).hexdigest(),
    )


def _news(quarter: int) -> tuple[News, ...]:
    month = 3 * (quarter - 1)
    open_ = News(month, "Sep 2024", "The United States and Japan exercise together.", weight=5)
    secret = News(month, "Sep 2024", "Russia pays in secret.", seen_by=("russia", "dprk"), weight=1)
    begun = News(
        month,
        "Sep 2024",
        "South Korea opens a dispute.",
        "challenge",
        ("rok", "dprk"),
        "delegation",
        weight=0,
    )
    return (open_, secret, begun) if quarter > 1 else ()


def _sheet(seat: str, quarter: int) -> Sheet:
    left = Option("Leave it to the model", (None,))
    standing = Question(
        f"standing:restrain:{seat}",
        seat,
        Mode.STANDING,
        "Urge restraint",
        (left, Option("No", (0,)), Option("Yes, every month", (1,))),
        (),
        "It provokes less.",
    )
    not_taken = Option("Not now", (None,))
    initiative = Question(
        f"initiative:challenge:{seat}",
        seat,
        Mode.INITIATIVE,
        "Open a dispute",
        (not_taken, Option("With a threat", (0,)), Option("With force", (1,))),
        (),
    )
    return Sheet(seat, quarter, "June to August 2024", (standing,), (initiative,))


def _crisis() -> Question:
    options = (Option("Back down", (0,)), Option("Stand firm", (1,)))
    text = "Ukraine escalates its dispute with you. How do you answer?"
    return Question(CRISIS, "russia", Mode.CRISIS, text, options, (), "", 4)


def find_here() -> list[str]:
    """Return the address of this computer that phones would use."""
    return ["192.168.1.20"]


def open_web(file: Path, *, lan: bool = True, rooms: tuple[str, ...] = (CODE,)) -> Web:
    """Return a class with its rooms; it goes on if there is one."""
    classroom = Classroom(file)
    for code in rooms:
        if code not in classroom.rooms:
            classroom.act(code, room_setup()).result()
    desk = Desk(classroom, Here, simulate_at_once, lambda _room: "")
    return Web(desk, Reach(8000, lan, find_here), TOKEN)


class Visitor:
    """A browser: a client with cookies of its own."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}

    @property
    def headers(self) -> dict[str, str]:
        """What the browser sends with everything."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Origin": HOST, **({"Cookie": cookies} if cookies else {})}

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to a question."""
        return self._note(self.client.get(path, headers=self.headers | headers))

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        """Return the answer to what is sent."""
        return self._note(self.client.post(path, json=body, headers=self.headers | headers))

    def listen(self, path: str = "/ws", **headers: str) -> Any:
        """Return a socket to open."""
        address = HOST.replace("http", "ws") + path
        return self.client.websocket_connect(address, headers=self.headers | headers)

    def state(self) -> Any:
        """Return what the phone sees."""
        return self.get("/state").json()

    def seat(self) -> Any:
        """Return what the phone sees of its delegation."""
        return self.state()["seats"][0]

    def join(self, code: str = CODE) -> Visitor:
        """Open the page and join."""
        self.get("/")
        answer = self.post("/join", {"code": code})
        assert answer.status_code == 200, answer.text
        return self

    def join_or_say(self, code: str = CODE) -> str:
        """Open the page and try to join; return what the server says."""
        self.get("/")
        return str(self.post("/join", {"code": code}).json().get("message"))

    def order(self, quarter: int = 1, act_id: str = "first", **choices: int) -> Any:
        """Send in a sheet with the choices, each by the first part of the question's id."""
        seat = self.seat()["code"]
        kinds = {
            "standing": f"standing:restrain:{seat}",
            "initiative": f"initiative:challenge:{seat}",
        }
        chosen = {kinds.get(name, name): option for name, option in choices.items()}
        return self.post("/order", {"id": act_id, "quarter": quarter, "choices": chosen})

    def _note(self, answer: Any) -> Any:
        self.cookies |= dict(answer.cookies.items())
        self.client.cookies.clear()
        return answer


def teacher_of(client: TestClient) -> Visitor:
    """Return the teacher's browser."""
    visitor = Visitor(client)
    visitor.get("/teacher")
    visitor.cookies["alliance-teacher"] = TOKEN
    return visitor


def act(teacher: Visitor, what: str, room: str = CODE, **more: str) -> Any:
    """Have the teacher do something in a room."""
    return teacher.post("/teacher/act", {"room": room, "what": what, **more})
