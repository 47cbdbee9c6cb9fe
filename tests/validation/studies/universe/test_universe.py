"""The record as a part of the validation, and the numbers that the scenarios take from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.check import ValidationPart
from sim.validation.studies.universe import anchors, run_universe
from sim.validation.studies.universe.read_record import RECORD_FILE
from sim.validation.studies.universe.shipped import (
    find_quantity,
    read_shipped_rule,
    read_toml,
)
from tests.validation.studies.universe.handmade import PRINTED
from tests.worlds import SCENARIOS


def test_checks_are_numbered_and_each_has_its_figure(part: ValidationPart) -> None:
    assert [check.code for check in part.checks] == [f"U{n:02}" for n in range(1, 20)]
    assert all(check.value is not None and check.says for check in part.checks)


def test_targets_set_beforehand_are_met_or_reported(part: ValidationPart) -> None:
    verdicts = {check.code: check.verdict for check in part.checks}
    assert [verdicts[code] for code in ("U03", "U06", "U07", "U08")] == [
        "missed",
        "missed",
        "met",
        "met",
    ]


def test_numbers_that_rest_on_these_wars_are_no_evidence(part: ValidationPart) -> None:
    shipped = [check for check in part.checks if "as shipped" in check.claim]
    assert len(shipped) == 2
    assert all(check.tuned for check in shipped)


def test_the_selection_is_reported_as_a_miss(part: ValidationPart) -> None:
    (check,) = [check for check in part.checks if "as often in the other wars" in check.claim]
    assert check.verdict == "missed"
    assert check.says.startswith("Joined: 0.270 of 115 in the casebook's wars, 0.023 of 171")
    rows = [row for row in part.tables["universe_selection"] if row["obligation"] == "due"]
    assert [(row["joined"], row["answers"]) for row in rows] == [
        (20, 40),
        (4, 68),
        (11, 75),
        (0, 103),
    ]


def test_every_answer_of_a_group_is_in_the_table_of_its_reliability(part: ValidationPart) -> None:
    rows = part.tables["universe_reliability"]
    due = [
        row for row in rows if row["group"] == "aid due" and "other wars" in str(row["forecaster"])
    ]
    assert sum(int(row["answers"] or 0) for row in due) == 286


def test_forecasts_stand_in_columns_that_a_diagram_is_drawn_from(part: ValidationPart) -> None:
    rows = part.tables["universe_forecasts"]
    known = [row for row in rows if row["aid due: rule"] is not None]
    assert (len(rows), len(known)) == (3435, 286)
    assert {row["aid due: outcome"] for row in known} == {0, 1}


def test_nothing_printed_is_not_a_number(part: ValidationPart) -> None:
    cells = [cell for rows in part.tables.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell != cell]  # noqa: PLR0124  only nan differs from itself


# -- the numbers of the scenario files ---------------------------------------------------------


def test_what_is_printed_is_read_again_as_the_rule(folder: Path) -> None:
    rule = read_shipped_rule(folder)
    assert rule.anchors["since_1946", "aid_due_two"] == pytest.approx((-1.35, -2.27, -0.5))
    assert rule.means["to_1945", "aid_due_two"].tolist() == [0.81, 0.5, 0, 0.04]
    assert rule.slopes == pytest.approx([0.79, 0.78, -1.0, -0.34])


def test_means_are_points_so_that_the_anchor_holds_in_every_world() -> None:
    means = [each.interval for each in PRINTED if each.unit == "mean of the record"]
    assert len(means) == 2 * 7 * 4
    assert all(mean.low == mean.value == mean.high for mean in means)


def test_every_value_lies_in_its_range_and_is_sourced() -> None:
    assert len(PRINTED) == 2 * 7 * 5 + 4
    for quantity in PRINTED:
        assert quantity.interval.low <= quantity.interval.value <= quantity.interval.high
        assert quantity.sources[0] == "ally-universe"


def test_the_command_prints_both_files(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchors, "list_quantities", lambda record: iter(PRINTED))
    anchors.main(SCENARIOS)
    printed = capsys.readouterr().out
    assert printed.startswith(
        "# history/parts/common.toml\n\n[rules.answers.to_1945.aid_due_two]\n"
    )
    assert (
        "\nopen_war = { value = -2.67, low = -3.26, high = -2.09, "
        'unit = "log-odds", source = ["ally-universe", "berkemeier-fuhrmann-2018"], '
        'grade = "estimated", note = "10 of 163 in the record joined within twelve months. '
        "Berkemeier and Fuhrmann: 1 of 21 honoured. Mean by inverse variance; the range spans "
        'both." }\n'
    ) in printed


@pytest.mark.parametrize("quantity", PRINTED, ids=lambda quantity: quantity.key)
def test_the_scenarios_hold_the_numbers_that_the_record_yields(
    quantity: anchors.PrintedQuantity,
) -> None:
    file = SCENARIOS / quantity.file
    assert find_quantity(file, read_toml(file), quantity.key) == quantity.interval


def test_a_scenario_file_without_a_number_of_the_rule_is_reported(
    folder: Path, tmp_path: Path
) -> None:
    for name in ("parts/rules.toml", "history/parts/common.toml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    rules = tmp_path / "parts/rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("busy", "bussy"), encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_shipped_rule(tmp_path)
    assert str(error.value) == (
        f"{rules}: rules.honour.busy: is missing\n    allowed: a table with value, low and high, "
        "as sim.validation.studies.universe.anchors prints"
    )


def test_a_missing_or_broken_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as error:
        run_universe(tmp_path)
    assert str(error.value) == f"{tmp_path / RECORD_FILE}: there is no such file"
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_toml(tmp_path / "rules.toml")
    (tmp_path / "rules.toml").write_text("[rules", encoding="utf-8")
    with pytest.raises(ScenarioError, match="cannot be read: Expected"):
        read_toml(tmp_path / "rules.toml")
