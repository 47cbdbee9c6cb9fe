"""The refit prints what the record yields, and every number shipped agrees with it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.validation.studies.treaties.__main__ import main
from sim.validation.studies.treaties.rates import count_rate
from sim.validation.studies.treaties.record import Cell
from sim.validation.studies.treaties.refit import refit_lines
from sim.validation.studies.treaties.rule import RULE_CELLS, key_of_rate, read_shipped_rule
from tests.validation.studies.treaties.handmade import RECORD
from tests.worlds import SCENARIOS

RULE = read_shipped_rule(SCENARIOS)


@pytest.mark.parametrize("cell", RULE_CELLS, ids="-".join)
def test_a_rate_that_is_shipped_lies_in_the_interval_of_the_record(cell: Cell) -> None:
    fitted, shipped = count_rate(RECORD, cell).rate, RULE.rates[cell]
    assert fitted.low <= shipped.value <= fitted.high
    assert shipped.low <= fitted.value <= shipped.high


def test_the_lines_are_toml_of_the_keys_that_the_rules_have() -> None:
    lines = list(refit_lines(SCENARIOS))
    numbers = tomllib.loads("\n".join(lines))
    assert list(numbers)[:-1] == [key_of_rate(cell).rpartition(".")[2] for cell in RULE_CELLS]
    assert numbers["defence_near_major"] == {
        "value": 0.001,
        "low": 0.00021,
        "high": 0.0032,
        "unit": "probability per year",
        "source": "pact-record",
        "grade": "measured",
        "note": "2 in 1,981 pair-years",
    }
    assert "# shipped: value = 0.001, low = 0.0002, high = 0.003" in lines[0]


def test_the_command_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SCENARIOS) == 0
    assert capsys.readouterr().out.startswith("defence_near_major = {")


def test_a_folder_without_the_record_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tmp_path) == 2
    message = capsys.readouterr().err
    assert message.endswith("record/pacts/signed.csv: there is no such file\n")


def test_a_rule_that_lacks_a_rate_is_named(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "rules.toml").write_text("[rules.formation]\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"rules.formation.defence_near_major: is missing"):
        read_shipped_rule(tmp_path)
