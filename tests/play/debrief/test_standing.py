"""Where a game stands: percentiles and shares, on columns that can be counted by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind
from sim.play.debrief.standing import Standing, find_standings, share_interval, write_lead
from tests.play.debrief.columns import COLUMNS, KEPT, WAR, Columns


def stand(**values: Any) -> dict[str, Standing]:
    """Return where a game with these values stands, by measure."""
    found = find_standings(
        {"war": False, "kept": False, "tests": 2.0} | values, cast(Results, Columns())
    )
    return {each.measure.name: each for each in found}


def test_an_answer_is_shared_by_the_worlds_that_have_it_too() -> None:
    assert stand(war=True)["war"].share == 0.25
    assert stand(war=False)["war"].share == 0.75
    assert stand(war=True)["war"].sentence == (
        "A war: yes in your world, as in 25% of 4 ordinary ones."
    )


@pytest.mark.parametrize(
    ("own", "percentile", "place"), [(2.0, 0.5, "above 50%"), (9.0, 1.0, "above all"),
                                     (0.0, 0.0, "above none"), (5.0, 0.75, "above 75%")]
)  # fmt: skip
def test_an_amount_has_a_percentile_in_which_ties_count_half(
    own: float, percentile: float, place: str
) -> None:
    standing = stand(tests=own)["tests"]
    assert (standing.percentile, standing.place) == (percentile, place)


def test_an_amount_beyond_all_worlds_is_unusual_on_either_side() -> None:
    assert stand(tests=9.0)["tests"].unusual
    assert stand(tests=0.0)["tests"].unusual
    assert not stand(tests=2.0)["tests"].unusual
    assert "less than in all of 4" in stand(tests=0.0)["tests"].sentence


def test_what_is_not_defined_in_the_game_has_no_place_and_comes_last() -> None:
    found = stand()
    assert (found["kept"].place, found["kept"].own) == ("n/a", "n/a")
    assert list(found)[-1] == "kept"
    assert stand(war=True, kept=True)["kept"].share == 1.0


def test_what_no_ordinary_world_defines_has_no_place() -> None:
    given = Measure("count", "per world", "count", MeasureKind.AMOUNT, given="never")
    never = {"never": np.zeros(4, dtype=bool), "count": np.zeros(4)}
    columns = Columns({"count": given}, SimpleNamespace(headlines=("count",)), COLUMNS | never)
    others = [{"never": False, "count": 0.0}, {"never": True, "count": 2.5}]
    game = {"never": True, "count": 1.0}
    [found] = find_standings(game, cast(Results, columns), others)
    assert (found.place, found.ordinary, found.others) == ("n/a", "n/a", ("n/a", "2.5"))


def test_the_lead_is_the_most_unusual_outcome_and_counts_the_others() -> None:
    ordinary, odd = stand(), stand(tests=9.0)
    assert write_lead(list(ordinary.values()), 4) == (
        "Your world is an ordinary one among 4: no outcome is unusual."
    )
    assert write_lead(list(odd.values()), 4).startswith("Tests, per world: 9 in your world")
    twice = [odd["tests"], odd["tests"], odd["war"]]
    assert write_lead(twice, 4).endswith(" One more of 3 outcomes is unusual.")
    assert write_lead([odd["tests"]] * 3, 4).endswith(" 2 more of 3 outcomes are unusual.")


def test_a_frequency_counts_only_worlds_in_which_it_is_defined() -> None:
    assert share_interval(KEPT, cast(Results, Columns()))[0] == 1.0
    share, low, high = share_interval(WAR, cast(Results, Columns()))
    assert low < share == 0.25 < high
