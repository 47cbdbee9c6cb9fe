"""Addresses, rates, tokens, bonds and gauges: the parts that need no server."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from sim.errors import RequestError
from sim.play.gauges import Gauge
from sim.play.news import News
from sim.play.room import Room
from sim.play.tokens import is_key, make_code, make_key, make_token, simplify
from sim.play.web.addresses import (
    Reach,
    draw_code,
    list_addresses,
    probe,
    sort_addresses,
)
from sim.play.web.check import check_addresses
from sim.play.web.members import Device, device_of, find_member, name_phone, phone_id
from sim.play.web.rates import Rate
from sim.play.web.views.bonds import WAR, follow_quarrels, list_bonds
from sim.play.web.views.shared import describe_gauge
from tests.play.web.fake import CODE, find_here, room_setup


def test_addresses_of_home_networks_come_first_and_loopback_never() -> None:
    adapters = [
        ("127.0.0.1", "lo"),
        ("8.8.8.8", "eth1"),
        ("172.17.0.1", "docker0"),
        ("192.168.1.20", "wlan0"),
        ("169.254.3.3", "eth2"),
    ]
    assert sort_addresses(adapters) == ["192.168.1.20", "8.8.8.8", "172.17.0.1"]
    assert not any(each.startswith("127.") for each in list_addresses())


def test_without_lan_there_is_no_address_for_phones() -> None:
    assert Reach(8000, False, find_here).addresses() == []
    assert Reach(8000, False, find_here).hosts() == {"127.0.0.1", "localhost"}
    assert Reach(8000, True, find_here).addresses() == ["http://192.168.1.20:8000/"]


def test_a_laptop_that_changed_its_network_is_found_again() -> None:
    now, here = [0.0], ["192.168.1.20"]
    reach = Reach(8000, True, lambda: list(here), lambda: now[0])
    assert "192.168.1.20" in reach.hosts()
    here[0] = "10.0.0.5"
    assert "10.0.0.5" not in reach.hosts()
    now[0] = 11.0
    assert "10.0.0.5" in reach.hosts()


def test_a_code_is_drawn_as_a_picture() -> None:
    assert 'xmlns="http://www.w3.org/2000/svg"' in draw_code("http://192.168.1.20:8000/")


def test_an_address_where_nothing_listens_does_not_answer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert list(probe([address])) == [(address, False)]


def test_the_check_asks_this_computer_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.play.web.check.list_addresses", lambda: ["127.0.0.1"])
    monkeypatch.setattr("sim.play.web.check._EVERYWHERE", "127.0.0.1")
    before = threading.active_count()
    ((address, answers),) = check_addresses(0)
    assert address.startswith("http://127.0.0.1:")
    assert answers
    assert threading.active_count() == before
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RequestError, match="cannot be used"):
            list(check_addresses(taken.getsockname()[1]))


def test_a_rate_allows_so_many_and_recovers() -> None:
    now = [0.0]
    rate = Rate(2, 10, lambda: now[0])
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    assert rate.allows("b")
    now[0] = 5.0
    assert not rate.is_spent("a")
    assert [rate.allows("a"), rate.allows("a")] == [True, False]


def test_a_rate_forgets_who_was_not_seen_for_long() -> None:
    rate = Rate(1, 1e9, lambda: 0.0)
    assert rate.allows("first")
    for number in range(5000):
        rate.allows(str(number))
    assert rate.allows("first")


def test_tokens_are_long_and_codes_are_easy_to_read() -> None:
    assert len(make_token()) == 48
    assert len({make_token() for _ in range(100)}) == 100
    assert not set("".join(make_code() for _ in range(200))) & set("01OIL")
    key = make_key()
    assert is_key(f" {key.lower()} ", key)
    assert not is_key("", key)
    assert not is_key(None, key)
    assert simplify("ab c-d" * 100) == simplify(("ab c-d" * 100)[:32])


def test_a_laptop_is_found_by_its_cookie_and_named_by_its_seats() -> None:
    phone = phone_id("visitor", Device.PAPER, "japan")
    room = Room(CODE, room_setup(), phones={phone: "japan", "other": "rok", "third": "rok"})
    member = find_member({CODE: room}, "visitor")
    assert member is not None
    assert (member.device, member.seats) == (Device.PAPER, ("japan",))
    assert find_member({CODE: room}, "") is None
    assert find_member({CODE: room}, "nobody") is None
    assert device_of(phone) is Device.PAPER
    assert name_phone(room, phone) == "Japan (on paper)"
    assert name_phone(room, "third") == "South Korea 2"


def news(event: str, *actors: str) -> News:
    """Return an event."""
    return News(1, "Jun 2024", "", event, actors)


def test_disputes_and_wars_are_followed_through_the_news() -> None:
    begun = (news("challenge", "rok", "dprk"), news("war", "dprk", "rok"), news("exercise", "usa"))
    korea, ukraine = frozenset({"dprk", "rok"}), frozenset({"russia", "ukraine"})
    assert follow_quarrels({ukraine: WAR}, begun) == {ukraine: WAR, korea: WAR}
    ended = (*begun, news("peace", "ukraine", "russia"))
    assert follow_quarrels({ukraine: WAR}, ended) == {korea: WAR}
    again = follow_quarrels({korea: WAR}, (news("challenge", "rok", "dprk"),))
    assert again == {korea: WAR}


def test_bonds_are_those_of_the_opening_until_something_happens() -> None:
    bonds = list_bonds(Room(CODE, room_setup()))
    assert ("russia", "dprk", "commitment") in bonds
    assert ("russia", "ukraine", "war") in bonds
    assert ("usa", "japan", "commitment") in bonds
    assert len(bonds) == len(set(bonds))


def test_a_gauge_says_where_it_stands_and_how_it_moved() -> None:
    gauge = Gauge("front", "Front", 0.5, None, -1.0, 1.0, ("", ""))
    assert describe_gauge(gauge) == "75 of 100"
    assert describe_gauge(replace(gauge, before=0.5)) == "75 of 100, unchanged"
    assert describe_gauge(replace(gauge, before=0.0)) == "75 of 100, up 25"
    assert describe_gauge(replace(gauge, before=1.0)) == "75 of 100, down 25"
    assert describe_gauge(replace(gauge, value=None)) == "not now"
    assert describe_gauge(replace(gauge, high=-1.0)) == "0 of 100"
