"""The record of disputes is read whole, or the message says which line is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.validation.studies.quarrels.record import read_disputes
from tests.worlds import SCENARIOS, real

HEAD = (
    "lo,hi,who,towards,began,by_threat,by_display,by_force,reciprocated,fatal,war,per_year\n"
    "1954,1990,elm,fir,5,1,1,2,3,1,0,0.135\n"
    "1991,2010,elm,fir,4,0,4,0,2,0,0,0.2\n"
    "1991,2010,fir,elm,1,0,0,1,1,0,0,0.05\n"
)
ACTORS = ["elm", "fir", "larch"]
NEAREST = (
    "disputes.csv:4: who: 'firr' is not a known actor\n"
    "    allowed: elm, fir, larch; did you mean 'fir'?"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "record").mkdir()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    (folder / "record/disputes.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_pair_has_what_each_side_began_in_each_period(folder: Path) -> None:
    record = read_disputes(write(folder, HEAD), ACTORS)
    assert (record.pairs, record.periods) == ((("elm", "fir"),), ((1954, 1990), (1991, 2010)))
    np.testing.assert_array_equal(record.begun, [[[5, 0], [4, 1]]])
    np.testing.assert_array_equal(record.years, [[37, 20]])
    np.testing.assert_array_equal(record.reciprocated, [[3, 3]])
    np.testing.assert_array_equal(record.highest, [[[1, 1, 2], [0, 4, 1]]])


def test_an_actor_that_a_period_does_not_name_did_not_exist_in_it(folder: Path) -> None:
    text = HEAD + "1991,2010,larch,fir,1,0,1,0,0,0,0,0.05\n"
    record = read_disputes(write(folder, text), ACTORS)
    np.testing.assert_array_equal(record.years[record.find_pair(("larch", "fir"))], [0, 20])


def test_a_pair_is_found_in_either_order_and_a_stranger_is_not(folder: Path) -> None:
    record = read_disputes(write(folder, HEAD), ACTORS)
    assert record.find_pair(("fir", "elm")) == record.find_pair(("elm", "fir")) == 0
    with pytest.raises(KeyError, match="the record has no dispute of fir and larch"):
        record.find_pair(("larch", "fir"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1991,2010,fir,elm", "1991,2010,firr,elm", NEAREST),
        ("1991,2010,fir,elm", "1991,2010,fir,oak",
         "disputes.csv:4: towards: 'oak' is not a known actor\n    allowed: elm, fir, larch"),
        ("1991,2010,fir,elm", "1991,2010,fir,fir",
         "disputes.csv:4: towards: names the actor that began"),
        ("elm,fir,5,1,1,2", "elm,fir,5,1,3,2",
         "disputes.csv:2: began: is less than by_threat, by_display, by_force together"),
        ("0,4,0,2,0", "0,4,0,5,0",
         "disputes.csv:3: reciprocated: exceeds the disputes begun\n    allowed: 4 or less"),
        ("elm,fir,5,", "elm,fir,five,",
         "disputes.csv:2: began: 'five' is not a number\n    allowed: a number, or nothing"),
        ("elm,fir,5,", "elm,fir,5.5,",
         "disputes.csv:2: began: '5.5' is not a count\n    allowed: a whole number"),
        ("1954,1990,", "1991,2010,",
         "disputes.csv: lo: covers 1 periods\n    allowed: two: an earlier and a later one"),
    ],
)  # fmt: skip
def test_a_slip_is_one_clear_message(folder: Path, old: str, new: str, message: str) -> None:
    assert old in HEAD
    with pytest.raises(ScenarioError) as error:
        read_disputes(write(folder, HEAD.replace(old, new)), ACTORS)
    assert str(error.value).replace(f"{folder}/record/", "") == message


def test_the_record_that_is_shipped_has_all_rivalries_of_the_scenario() -> None:
    scenario = real("no_pact")
    record = read_disputes(SCENARIOS, list(scenario.actors))
    assert record.begun.sum() == 268
    for rivalry in scenario.rivalries.values():
        assert record.begun[record.find_pair(rivalry.between)].sum() > 0
