"""The tables are read whole, and a cell that cannot be used is refused with its line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.studies.treaties.read_record import RECORD_FOLDER, read_rows
from sim.validation.studies.treaties.record import CELLS, CLASSES, cells_of
from sim.validation.studies.treaties.results import BrokenInDecade
from sim.validation.studies.treaties.rows import AtRisk, LaterPact, SignedPact
from tests.validation.studies.treaties.handmade import RECORD, at_risk, pact, record
from tests.worlds import SCENARIOS

PACT = "1961,RUS,PRK,defence,near_major,0,1,0,0,0,1,0.10,0.09"


def message(tmp_path: Path, row: type[object], *lines: str) -> str:
    file = tmp_path / "table.csv"
    heading = ",".join(field.name for field in fields(row))  # type: ignore[arg-type]
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_rows(file, row)
    return str(error.value).replace(f"{tmp_path}/", "")


def test_the_record_has_the_treaties_it_is_said_to_have() -> None:
    counts = [sum(p.pact_class == name for p in RECORD.signed) for name in CLASSES]
    assert counts == [65, 140, 102]
    assert sum(row.treaty_years for row in RECORD.ended if row.pact_class == "defence") == 2287


def test_the_pairs_at_risk_are_those_counted() -> None:
    assert RECORD.pair_years(("defence", "near_major"), (1956, 2016)) == 1981
    assert RECORD.pair_years(("consultation", "both"), (1956, 2016)) == 1652
    years = (1956, 2016)
    assert sum(RECORD.pair_years(cell, years) for cell in cells_of("defence")) == 687_224


@pytest.mark.parametrize("pact_class", CLASSES)
def test_every_cell_is_counted_in_every_era(pact_class: str) -> None:
    for years in RECORD.eras(pact_class):
        assert all(RECORD.pair_years(cell, years) > 0 for cell in cells_of(pact_class))


def test_every_treaty_lies_in_a_cell_of_its_class() -> None:
    assert all(signed.cell in CELLS[signed.pact_class] for signed in RECORD.signed)


def test_young_states_count_in_no_rate() -> None:
    rows = (at_risk("near", 1956, 2016, 100),)
    counted = record(pact(1960), pact(1961, young=True), rows=rows)
    assert counted.count_signed(("defence", "near"), (1956, 2016)) == 1


def test_a_part_of_a_period_has_its_share_by_years() -> None:
    counted = record(rows=(at_risk("near", 1991, 2000, 200), at_risk("near", 2001, 2010, 100)))
    assert counted.pair_years(("defence", "near"), (1996, 2005)) == pytest.approx(150)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            PACT.replace("near_major", "near_mayor"),
            "both, rivals_major; did you mean 'near_major'?",
        ),
        (PACT.replace("RUS,PRK,defence", "RUS,PRK,defense"), "did you mean 'defence'?"),
        (PACT.replace("1961", "1961.5"), "table.csv:2: year: '1961.5' is not a whole number"),
        (PACT.replace("1961", ""), "table.csv:2: year: is empty"),
        (PACT.replace(",0,1,", ",yes,1,", 1), "table.csv:2: young: 'yes' is not understood"),
        (PACT.replace("0.10", "far"), "table.csv:2: un_distance: 'far' is not a number"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(tmp_path: Path, line: str, says: str) -> None:
    assert says in message(tmp_path, SignedPact, line)


def test_a_table_without_lines_is_refused(tmp_path: Path) -> None:
    assert message(tmp_path, BrokenInDecade) == "table.csv: has no lines"


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_rows(tmp_path / "none.csv", AtRisk)


def test_numbers_that_were_not_counted_stay_empty() -> None:
    later = read_rows(SCENARIOS / RECORD_FOLDER / "since_2017.csv", LaterPact)
    assert [pact.best_rank for pact in later] == [None, 22, None, 177]
    founding = [row for row in RECORD.at_risk if row.hi == 1955]
    assert {row.un_distance for row in founding} == {None}
