"""The camps of a scenario, over its worlds."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis import landscape
from sim.analysis.landscape import Alignment, survey_alignments, write_alignments
from sim.errors import RequestError
from sim.scenario.schema.scenario import Scenario
from tests.worlds import actor, quarrel, tangle, treaty

WORLDS = 60


def small(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"worlds": WORLDS})


def parted(**changes: object) -> Scenario:
    """Two of one mind against three of another, with a treaty of aid across."""
    votes = {"rival": 0.0, "member": 0.0, "patron": 4.0, "backer": 4.0, "friend": 4.0}
    minds = {f"actors__{code}__ideal_point": vote for code, vote in votes.items()}
    light = {"rules__alignment__aid": 0.1, "rules__alignment__common_adversary": 0.0}
    peace = {"rules__alignment__rivalry": 0.0}
    return small(quarrel(**minds, **light, **peace, **changes))


def test_the_camps_are_those_that_all_would_choose() -> None:
    (alignment,) = survey_alignments(parted())
    assert (alignment.camp, alignment.other_camp) == (
        ("rival", "member"),
        ("patron", "backer", "friend"),
    )
    assert (alignment.deepest, alignment.stable, alignment.basin) == (WORLDS, WORLDS, 1)
    assert alignment.strain == 0


def test_who_stands_against_all_sworn_allies_is_misplaced() -> None:
    (alignment,) = survey_alignments(
        parted()
    )  # the patron stands with its friend, sworn to it as well
    assert alignment.misplaced == ("rival", "member", "backer")


def test_a_treaty_that_promises_no_aid_misplaces_nobody() -> None:
    league = treaty("backer", "rival", obligations=["consultation"])
    (alignment,) = survey_alignments(parted(treaties__league=league))
    assert alignment.misplaced == ("member",)


def test_in_each_world_one_alignment_is_deepest_and_basins_fill_the_landscape() -> None:
    alignments = survey_alignments(small(tangle()), month=6)
    assert sum(alignment.deepest for alignment in alignments) == WORLDS
    assert sum(alignment.stable * alignment.basin for alignment in alignments) == pytest.approx(
        WORLDS
    )
    assert all(alignment.deepest <= alignment.stable for alignment in alignments)
    assert [alignment.deepest for alignment in alignments] == sorted(
        (alignment.deepest for alignment in alignments), reverse=True
    )


def test_simulated_months_change_the_landscape() -> None:
    day_one, later = (survey_alignments(small(tangle()), month) for month in (0, 18))
    assert day_one != later


def test_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    alignments = survey_alignments(small(tangle()), month=3)
    monkeypatch.setattr(landscape, "DEFAULT_BLOCK_SIZE", 7)
    for alignment, other in zip(
        survey_alignments(small(tangle()), month=3), alignments, strict=True
    ):
        assert (alignment.camp, alignment.deepest, alignment.stable, alignment.misplaced) == (
            (other.camp, other.deepest, other.stable, other.misplaced)
        )
        assert (alignment.basin, alignment.strain) == pytest.approx((other.basin, other.strain))


def test_it_reports_how_many_worlds_it_has_surveyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landscape, "DEFAULT_BLOCK_SIZE", 25)
    heard: list[int] = []
    survey_alignments(small(quarrel()), on_progress=heard.append)
    assert heard == [25, 50, 60]


def test_seventeen_actors_can_be_looked_at_and_eighteen_cannot() -> None:
    many = {f"actors__a{number}": actor(0.01, (0, 0)) for number in range(13)}
    crowd = quarrel(**many).model_copy(update={"worlds": 1})
    with pytest.raises(RequestError, match="18 actors have too many alignments") as refused:
        survey_alignments(crowd)
    assert str(refused.value).endswith("allowed: up to 17 actors")
    many.popitem()
    assert survey_alignments(quarrel(**many).model_copy(update={"worlds": 1}))


def test_a_month_after_the_end_is_refused() -> None:
    with pytest.raises(RequestError) as refused:
        survey_alignments(small(quarrel()), month=25)
    assert str(refused.value) == (
        "--month 25: the scenario ends before\n"
        "    allowed: 0, the opening day, to 24\n"
        "    extend the scenario with --set months=25"
    )


# -- the table ------------------------------------------------------------------------------

ALL = Alignment(("a", "b"), (), 0, 3, 0.25, 0.5, ())
PARTED = Alignment(("a",), ("b", "c"), 9, 10, 0.75, 0.125, ("b", "c"))


def test_the_table_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "camps.csv"
    write_alignments(file, [PARTED, ALL], worlds=10, month=3)
    assert file.read_text(encoding="utf-8") == (
        "worlds,month,camp,other_camp,deepest,stable,basin,strain,misplaced\n"
        "10,3,a,b c,9,10,0.75,0.125,b c\n"
        "10,3,a b,,0,3,0.25,0.5,\n"
    )


def test_nothing_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "camps.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="already exists; name another file"):
        write_alignments(file, [ALL], worlds=10, month=0)
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "nowhere").write_text("a file", encoding="utf-8")
    with pytest.raises(RequestError, match="cannot be written: File exists"):
        write_alignments(tmp_path / "nowhere" / "camps.csv", [ALL], worlds=10, month=0)
