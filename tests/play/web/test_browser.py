"""Three phones, the projector and the teacher in a real browser, on a class that can be killed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.play.web.fake import CODE
from tests.play.web.serving import KEY, NAME, Server, serving
from tests.report.page.browser import axe_core, browsing

pytestmark = pytest.mark.slow
_RULES = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, EXCLUDE 127.0.0.1"
_LOST = ("Failed to load resource", "WebSocket connection to", "net::ERR")
"""How a browser says that it has lost the server, which tests make it do."""

_FORGED = """async (address) => {
    const body = JSON.stringify({id: "x", quarter: 1, choices: {}});
    for (const [type, mode] of [["text/plain", "no-cors"], ["application/json", "cors"]])
        await fetch(address + "/order", {
            method: "POST", credentials: "include", headers: {"Content-Type": type}, body, mode,
        }).catch(() => 0);
    return await new Promise((said) => {
        const socket = new WebSocket(address.replace("http", "ws") + "/ws");
        socket.onopen = () => said("open");
        socket.onerror = () => said("refused");
    });
}"""
"""What a page of another site tries in the browser of a phone."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser that finds the class by its name, started once."""
    with browsing(_RULES) as running:
        yield running


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the module, with a room for each test."""
    file = tmp_path_factory.mktemp("class") / "class.db"
    with serving(file, tuple(f"ROOM{n}" for n in range(2, 11))) as server:
        yield server


class Class:
    """One room of the class, and the browsers in it."""

    def __init__(self, browser: Any, server: Server, number: int) -> None:
        self.browser, self.server, self.number = browser, server, number
        self.code = f"ROOM{number}"
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def open(self, path: str = "/", width: int = 390, context: Any = None, **more: Any) -> Any:
        """Open a page in a browser of its own; what goes wrong on it is noted."""
        if context is None:
            size = {"width": width, "height": 800}
            context = self.browser.new_context(viewport=size, **more)
            self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.on("request", self._see)
        base = self.server.here if path.startswith(("/teacher", "/laptop")) else self.server.address
        page.goto(base + path)
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not any(lost in message.text for lost in _LOST):
            self.faults.append(message.text)

    def _see(self, request: Any) -> None:
        own = (self.server.here, self.server.address, "data:")
        if not request.url.startswith(own):
            self.faults.append(request.url)

    def phone(self, **more: Any) -> Any:
        """Open a phone and join."""
        page = self.open(**more)
        page.locator("#code").fill(self.code.lower())
        page.get_by_role("button", name="Join").click()
        page.locator("#lobby:not([hidden])").wait_for()
        return page

    def teacher(self) -> Any:
        """Open the teacher's page with the key of the terminal."""
        page = self.open(f"/teacher#{KEY}", 1280)
        page.locator(".room").first.wait_for()
        assert KEY not in page.url
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def press(self, teacher: Any, what: str) -> None:
        """Have the teacher press a button of this room."""
        room = teacher.locator(".room").filter(has_text=self.code)
        room.locator(f"[data-what={what}]").click()

    def written(self, kind: str) -> int:
        """Return how often something is in the log of this room."""
        with sqlite3.connect(f"file:{self.server.file}?mode=ro", uri=True) as log:
            like = f'%"kind":"{kind}"%'
            found = log.execute(
                "SELECT count(*) FROM log WHERE room = ? AND act LIKE ?", (self.code, like)
            ).fetchone()[0]
        log.close()
        return int(found)


@pytest.fixture
def room(browser: Any, place: Server) -> Iterator[Callable[[int], Class]]:
    """Enter a room; at the end nothing may have gone wrong on any page."""
    entered: list[Class] = []

    def enter(number: int) -> Class:
        entered.append(Class(browser, place, number))
        return entered[-1]

    yield enter
    for each in entered:
        for context in each.contexts:
            context.close()
        assert each.faults == []


def send(phone: Any, option: int = 1) -> None:
    """Choose an option of the first standing order, and send the sheet."""
    phone.locator("#sheet fieldset").first.locator("input").nth(option).check()
    phone.locator("#sheet button").click()


def test_three_phones_play_two_quarters_and_a_crisis(room: Callable[[int], Class]) -> None:
    here = room(2)
    teacher, phones = here.teacher(), [here.phone() for _ in range(3)]
    names = [phone.locator("#who").inner_text() for phone in phones]
    assert names == ["Russia 1", "DPRK 1", "United States 1"]
    assert phones[0].evaluate("isSecureContext") is False
    here.press(teacher, "begin")
    for phone in phones:
        send(phone)
    for phone in phones:
        phone.get_by_text("Quarter 2 of 3").wait_for()
        phone.locator("#sheet button:enabled").wait_for()
        assert phone.locator("#sheet input:checked").first.evaluate("input => input.value") == "0"
        phone.locator("#initiative").select_option(label="Open a dispute")
        phone.get_by_label("With force").check()
        phone.locator("#sheet button").click()
    asked, better = phones[0].locator(".question"), phones[1].locator(".question.bet")
    asked.get_by_label("Stand firm").check()
    better.get_by_label("Back down").check()
    better.get_by_role("button", name="Guess").click()
    phones[1].get_by_text("Guessed.").wait_for()
    asked.get_by_role("button", name="Answer").click()
    phones[2].get_by_text("Quarter 3 of 3").wait_for()
    assert here.written("order") == 6
    assert here.written("answer") == 1
    room_on_page = teacher.locator(".room").filter(has_text=here.code)
    room_on_page.get_by_text("Open a dispute With force").first.wait_for()


def test_a_sheet_sent_in_a_tunnel_arrives_at_its_end(room: Callable[[int], Class]) -> None:
    here = room(3)
    teacher, phone, _other = here.teacher(), here.phone(), here.phone()
    here.press(teacher, "begin")
    phone.locator("#sheet button").wait_for()
    phone.context.set_offline(True)
    send(phone, 2)
    phone.get_by_text("Not sent yet: no connection.").wait_for()
    assert here.written("order") == 0
    phone.context.set_offline(False)
    phone.locator(".state.sent").wait_for(timeout=15_000)
    assert here.written("order") == 1


def test_a_choice_that_was_not_sent_is_there_after_a_reload(room: Callable[[int], Class]) -> None:
    here = room(4)
    teacher, phone = here.teacher(), here.phone()
    here.press(teacher, "begin")
    phone.get_by_label("Yes, every month").check()
    phone.reload()
    phone.locator("#sheet button").wait_for()
    assert phone.locator("#sheet input:checked").first.evaluate("input => input.value") == "2"


def test_a_server_killed_in_mid_move_loses_and_doubles_nothing(
    browser: Any, tmp_path: Path
) -> None:
    with serving(tmp_path / "class.db", (CODE, "ROOM2")) as server:
        here = Class(browser, server, 2)
        teacher, phone, other = here.teacher(), here.phone(), here.phone()
        here.press(teacher, "begin")
        phone.locator("#sheet button").wait_for()
        server.kill()
        send(phone)
        phone.get_by_text("Not sent yet: no connection.").wait_for()
        server.start()
        phone.locator(".state.sent").wait_for(timeout=20_000)
        other.locator("#status", has_text="Connected again.").wait_for(timeout=20_000)
        phone.locator("#round", has_text="the clock stands").wait_for(timeout=20_000)
        send(other)
        here.press(teacher, "resume")
        phone.get_by_text("Quarter 2 of 3").wait_for()
        assert here.written("order") == 2
        assert here.faults == []


def test_eight_tabs_of_one_phone_are_one_phone(room: Callable[[int], Class]) -> None:
    here = room(5)
    first = here.phone()
    tabs = [here.open(context=first.context) for _ in range(7)]
    tabs[-1].get_by_text("You belong to Russia, with 1 phone.").wait_for()
    first.get_by_text("This page is open in another tab.").wait_for()
    assert here.written("join") == 1


def test_a_seat_cannot_be_stolen_nor_a_code_guessed(room: Callable[[int], Class]) -> None:
    here = room(6)
    teacher, owner, thief = here.teacher(), here.phone(), here.open()
    script = """async ([path, body]) => (await fetch(path, {method: "POST",
        headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)})).status"""
    order = {"id": "x", "quarter": 1, "seat": "russia", "choices": {}}
    here.press(teacher, "begin")
    owner.locator("#sheet button").wait_for()
    assert thief.evaluate(script, ["/order", order]) == 409
    assert thief.evaluate("document.cookie") == ""
    for _ in range(6):
        thief.locator("#code").fill("ZZZZZ")
        thief.get_by_role("button", name="Join").click()
        thief.locator("#join-error:not(:empty)").wait_for()
        thief.wait_for_timeout(50)
    thief.get_by_text("too many wrong codes; wait a minute").wait_for()
    here.faults = [fault for fault in here.faults if "409" not in fault]
    assert here.written("order") == 0


def test_another_site_cannot_move_for_who_visits_it(room: Callable[[int], Class]) -> None:
    here = room(7)
    teacher, owner = here.teacher(), here.phone()
    here.press(teacher, "begin")
    owner.locator("#sheet button").wait_for()
    elsewhere = here.open(context=owner.context)
    elsewhere.goto("data:text/html,<h1>elsewhere</h1>")
    assert elsewhere.evaluate(_FORGED, here.server.address) == "refused"
    here.faults = [fault for fault in here.faults if "CORS" not in fault and "403" not in fault]
    assert here.written("order") == 0


def test_paper_sheets_are_typed_in_on_the_teachers_laptop(room: Callable[[int], Class]) -> None:
    here = room(8)
    teacher, phone = here.teacher(), here.phone()
    laptop = here.open("/laptop", 1280, teacher.context)
    laptop.locator("#code").fill(here.code)
    laptop.get_by_role("button", name="Look up").click()
    laptop.get_by_text("Russia, has phones").wait_for()
    for name in ("DPRK", "United States", "South Korea", "China", "Ukraine", "NATO-Europe"):
        laptop.get_by_label(name).uncheck()
    laptop.get_by_label("Paper sheets are typed in").check()
    laptop.get_by_role("button", name="Begin here").click()
    laptop.locator("#held li", has_text="Japan").wait_for()
    here.press(teacher, "begin")
    laptop.get_by_text("Japan: what its paper says").wait_for()
    send(laptop, 2)
    laptop.get_by_text("All delegations here are in.").wait_for()
    send(phone)
    phone.get_by_text("Quarter 2 of 3").wait_for()
    assert here.written("order") == 2


def test_the_laptop_goes_round_behind_a_curtain(room: Callable[[int], Class]) -> None:
    here = room(9)
    teacher = here.teacher()
    laptop = here.open("/laptop", 1280, teacher.context)
    laptop.locator("#code").fill(here.code)
    laptop.get_by_role("button", name="Look up").click()
    laptop.get_by_role("button", name="Begin here").click()
    laptop.locator("#held li", has_text="Japan").wait_for()
    here.press(teacher, "begin")
    for called in ("Russia", "the DPRK"):
        laptop.get_by_text(f"Hand the laptop to {called}").wait_for()
        assert laptop.locator("#sheet").is_hidden()
        laptop.get_by_role("button", name=f"We are {called}").click()
        send(laptop)
        laptop.locator(".state.sent").wait_for()
        laptop.get_by_role("button", name="Hand on").click()
    assert here.written("order") == 2


def test_every_page_is_accessible_and_fits(room: Callable[[int], Class]) -> None:
    script, here = axe_core(), room(10)
    teacher = here.teacher()
    pages = [here.open(path, 1280, teacher.context) for path in ("/laptop", "/projector")]
    joining, light, dark = here.open(), here.phone(), here.phone(color_scheme="dark")
    here.press(teacher, "begin")
    dark.locator("#sheet button").wait_for()
    for page in (teacher, *pages, joining, light, dark):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = page.evaluate(f"(async () => {{ {script}; return await axe.run(); }})()")
        problems = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
        assert problems == [], page.url
