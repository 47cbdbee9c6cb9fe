"""The served page: it simulates what is asked, for itself only, and the newest position wins."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from sim.errors import RequestError
from sim.explore.serve.answer import compare_anew
from sim.explore.serve.app import Anew, create_app
from sim.explore.serve.position import read_position
from sim.explore.serve.run import open_socket
from sim.explore.serve.worlds import AnewWorlds, simulate_measures
from sim.model.simulate import simulate
from tests.explore.serve.fake import HOST, JSON, Here, anew, position, sides


@pytest.fixture(scope="module")
def served() -> Anew:
    """What is behind the page."""
    return anew()


@pytest.fixture(scope="module")
def client(served: Anew) -> Iterator[TestClient]:
    """A client on this computer."""
    with TestClient(create_app(served), HOST) as running:
        yield running


def ask(client: TestClient, **changes: Any) -> Any:
    """Return the answer to a position."""
    return client.post("/anew", json=position(**changes), headers=JSON)


def test_the_page_and_its_switches_are_sent(client: TestClient) -> None:
    assert client.get("/").text == "<p>the page</p>"
    offered = client.get("/anew/controls").json()["sides"]
    assert [side["name"] for side in offered] == [run.name for run in sides().results]
    assert offered[0]["mechanisms"]["memory"] is True


def test_nothing_changed_is_no_difference_in_any_world(client: TestClient) -> None:
    found = ask(client).json()
    assert found["worlds"] == len(sides().worlds)
    assert found["rows"]
    for row in found["rows"]:
        assert row["before"] == row["after"]
        assert row["paired"]
        if row["difference"]:
            assert row["difference"][0] == 0


def test_a_number_beyond_its_range_and_a_switch_change_outcomes(client: TestClient) -> None:
    far = ask(client, number=2, numbers={"rules.war.home_soil": 0.9}).json()["rows"]
    invoked = next(row for row in far if row["name"] == "invoked_pact_2024")
    assert invoked["after"][0] > invoked["before"][0]
    assert invoked["difference"][1] <= invoked["difference"][0] <= invoked["difference"][2]
    switches = dict.fromkeys(("exchange", "technology", "payment"), False)
    off = ask(client, number=3, mechanisms=switches).json()["rows"]
    soldiers = next(row for row in off if "soldiers" in row["label"])
    assert soldiers["after"][0] == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lines": ["rules.honour.reputaton = 1"]}, "rules.honour.reputaton: unknown key"),
        ({"lines": ["nonsense"]}, "is not of the form key.path=value"),
        ({"mechanisms": {"exchange": False}}, "exchange"),
        ({"side": "elsewhere"}, "allowed are pact"),
        ({"numbers": {"rules.war.home_soil": "much"}}, "is not a number"),
        ({"numbers": [1]}, "is not an object"),
        ({"lines": ["x" * 501]}, "is not text of at most 500 characters"),
        ({"lines": "x"}, "is not a list"),
        ({"worlds": 10**9}, "allowed are 250 and 1000"),
    ],
)
def test_a_position_that_makes_no_scenario_is_explained(
    client: TestClient, changes: dict[str, Any], message: str
) -> None:
    answer = ask(client, number=9, **changes)
    assert answer.status_code == 400
    assert message.lower() in answer.json()["message"].lower()


def test_what_is_no_position_is_refused(client: TestClient) -> None:
    def post(content: bytes, **headers: str) -> int:
        sent = {**JSON, "Content-Type": "application/json"} | headers
        return client.post("/anew", content=content, headers=sent).status_code

    assert post(b"{") == 400
    assert post(b"[]") == 400
    assert post(b"{}", Origin="http://elsewhere.example") == 403
    assert post(b"{}", **{"Content-Type": "text/plain"}) == 415
    assert post(b" " * 70_000) == 413


def test_only_this_computer_is_answered(served: Anew) -> None:
    away = TestClient(create_app(served), "http://rebound.example")
    assert away.get("/").status_code == 400
    assert away.post("/anew", json=position()).status_code == 400


def test_an_older_position_is_given_up(client: TestClient) -> None:
    assert ask(client, page="q", number=5).status_code == 200
    assert ask(client, page="q", number=4).status_code == 409
    assert ask(client, page="r", number=4).status_code == 200


def test_a_position_is_given_up_between_two_chunks() -> None:
    pool, left = Here(), [True, False]
    worlds = AnewWorlds(2, pool)
    scenario = sides().first.model_copy(update={"months": 1})
    found = asyncio.run(worlds.simulate(scenario, 1000, ["war_any"], lambda: left.pop(0)))
    assert found is None
    assert len(pool.asked) == 2


@pytest.mark.parametrize(
    ("workers", "wanted", "chunks"),
    [
        (1, 250, [250]),
        (2, 250, [125, 125]),
        (8, 250, [50] * 5),  # fewer worlds in a process would hardly take less time
        (2, 1000, [250, 250, 250, 250]),
        (2, 101, [50, 51]),
        (2, 60, [60]),
    ],
)
def test_worlds_are_shared_evenly_among_the_processes(
    workers: int, wanted: int, chunks: list[int]
) -> None:
    pool = Here()
    scenario = sides().first.model_copy(update={"months": 0})
    found = AnewWorlds(workers, pool).simulate(scenario, wanted, ["disputes"], lambda: True)
    assert len((asyncio.run(found) or {})["disputes"]) == wanted
    assert [count for _, _, count, _ in pool.asked] == chunks
    assert [first for _, first, _, _ in pool.asked] == [sum(chunks[:n]) for n in range(len(chunks))]


def test_more_worlds_go_on_from_those_that_are_there() -> None:
    pool = Here()
    worlds = AnewWorlds(2, pool)
    scenario = sides().first.model_copy(update={"months": 1})

    async def ask_twice() -> tuple[Any, Any]:
        few = await worlds.simulate(scenario, 20, ["disputes"], lambda: True)
        return few, await worlds.simulate(scenario, 30, ["disputes"], lambda: True)

    few, more = asyncio.run(ask_twice())
    worlds.close()
    assert len(pool.asked) == 2  # a few worlds take one process, and leave the others free
    plain = simulate(scenario, 0, 30).worlds["disputes"]
    assert np.array_equal(more["disputes"], plain)
    assert np.array_equal(few["disputes"], plain[:20])


def test_worlds_without_a_chronicle_are_the_same_worlds() -> None:
    scenario = sides().first.model_copy(update={"months": 6})
    plain = simulate(scenario, 40, 10).worlds
    names = [name for name in plain if name != "world"]
    anew_columns = simulate_measures(scenario, 40, 10, [*names, "no_such_measure"])
    assert list(anew_columns) == names
    for name in names:
        assert np.array_equal(anew_columns[name], plain[name], equal_nan=True)
    assert list(simulate_measures(scenario, 40, 10, names[3:5])) == names[3:5]


def test_outcomes_defined_in_different_worlds_are_compared_without_pairs() -> None:
    invoked, honoured = "invoked_pact_2024", "honoured_pact_2024"
    measure = sides().measures[honoured]
    before = {invoked: np.array([1, 1, 0, 0]), honoured: np.array([1.0, 0.0, np.nan, np.nan])}
    after = {invoked: np.array([1, 1, 1, 0]), honoured: np.array([1.0, 1.0, 1.0, np.nan])}
    (row,) = compare_anew([measure], before, after)
    assert not row["paired"]
    assert (row["before"][0], row["after"][0], row["difference"][0]) == (0.5, 1.0, 0.5)
    never = {invoked: np.zeros(4), honoured: np.full(4, np.nan)}
    (row,) = compare_anew([measure], before, never)
    assert (row["after"], row["difference"]) == (None, None)
    assert list(compare_anew([measure], before, {})) == []


def test_a_port_that_is_taken_is_said() -> None:
    first = open_socket(0)
    try:
        with pytest.raises(RequestError, match="cannot be used"):
            open_socket(first.getsockname()[1])
    finally:
        first.close()


def test_a_number_must_be_finite() -> None:
    with pytest.raises(RequestError, match="is not a number"):
        read_position(position(numbers={"rules.war.home_soil": float("inf")}))
