"""Slips that people make in scenario files, each with the answer they get."""

from __future__ import annotations

import pytest

from sim.scenario.files.layers import MAX_DEPTH
from sim.scenario.files.syntax_hints import explain_line
from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder

REPUTATION = "rules.honour.reputation"


def child(folder: Folder, *lines: str) -> str:
    """Write a scenario on top of the complete one, and return its name."""
    folder.write("child.toml", "\n".join(['extends = "whole.toml"', *lines]) + "\n")
    return "child.toml"


def reputation(scenario: Scenario) -> tuple[float, float, float]:
    quantity = dict(scenario.iter_quantities())[REPUTATION]
    return quantity.value, quantity.low, quantity.high


class TestBareNumber:
    """`reputation = 0.9` fixes the number, as --set does."""

    def test_it_holds_in_every_world(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputation = 0.9")
        assert reputation(folder.load(name=name).scenario) == (0.9, 0.9, 0.9)

    def test_unit_source_and_grade_are_those_beneath(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputation = 0.9")
        beneath, fixed = (
            dict(loaded.scenario.iter_quantities())[REPUTATION]
            for loaded in (folder.load(), folder.load(name=name))
        )
        assert (fixed.unit, fixed.source, fixed.grade) == (
            beneath.unit,
            beneath.source,
            beneath.grade,
        )

    def test_it_is_the_same_as_the_setting(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputation = 0.9")
        assert folder.load(name=name).scenario == folder.load(f"{REPUTATION}=0.9").scenario

    def test_outside_the_range_it_is_refused_with_its_line(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputation = 5")
        assert folder.message(name=name) == (
            f"child.toml:3: {REPUTATION}: 5 is outside the range of reputation\n"
            "    allowed: from 0.6 to 1.8 any; to leave it, set reputation.value, reputation.low "
            "and reputation.high"
        )

    def test_where_no_number_lies_beneath_the_table_is_asked_for(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputaton = 0.9")
        assert "did you mean 'reputation'?" in folder.message(name=name)

    def test_true_is_not_a_number(self, folder: Folder) -> None:
        name = child(folder, "[rules.honour]", "reputation = true")
        assert "should be a table (given: true)" in folder.message(name=name)


class TestWhatIsNotToml:
    """A line that cannot be read is explained by what was probably meant."""

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("conditional = False", "true and false are written in small letters; write false"),
            ("title = \u201cMine\u201d", '\u201c is a typographic quotation mark; write "'),
            ('title = "Mine\u201d', '\u201d is a typographic quotation mark; write "'),
            ("start = 2025-13-01", "2025-13-01 is not a date: month must be in 1..12"),
            ("months = 0,5", "decimals have a point; write 0.5"),
            ("title = Mine", 'text stands in quotation marks; write "Mine"'),
            ("months: 12", "a key is followed by an equals sign; write months = ..."),
            ('title = "Mine', "a quotation mark is not closed"),
        ],
    )
    def test_it_says_what_to_write(self, folder: Folder, line: str, reason: str) -> None:
        message = folder.message(name=child(folder, line))
        assert message == f"child.toml:2: is not TOML: {reason}"

    def test_any_other_line_has_the_reason_of_the_reader(self, folder: Folder) -> None:
        assert "is not TOML: Expected ']'" in folder.message(name=child(folder, "[actors"))

    @pytest.mark.parametrize("line", ["", "start = 2025-12-01", 'title = "a, b"', "months = 12"])
    def test_a_good_line_needs_no_explanation(self, line: str) -> None:
        assert explain_line(line) == ""

    @pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
    def test_another_encoding_is_told_how_to_save(self, folder: Folder, encoding: str) -> None:
        (folder.path / "child.toml").write_bytes('title = "caf\u00e9"\n'.encode(encoding))
        assert folder.message(name="child.toml") == (
            "child.toml: is not text in UTF-8; save it as UTF-8 in the editor"
        )


def test_a_forgotten_extends_is_asked_for_before_anything_else(folder: Folder) -> None:
    folder.write("child.toml", 'title = "Mine"\n[treaties.pact]\nconditional = false\n')
    assert folder.message(name="child.toml") == (
        "child.toml: extends: is missing, and so are the actors and the rules of a scenario to "
        'start from\n    allowed: extends = "pact.toml" as the first line'
    )


@pytest.mark.parametrize("number", ["1718755200", "0.0"])
def test_a_number_is_not_a_date(folder: Folder, number: str) -> None:
    assert folder.message(name=child(folder, f"start = {number}")) == (
        f"child.toml:2: start: should be a date, such as 2024-06-19 (given: {number})"
    )


def test_a_number_of_thousands_of_digits_is_refused_without_writing_it(folder: Folder) -> None:
    message = folder.message(name=child(folder, f"seed = 0x{'f' * 5000}"))
    assert message.endswith("(given: a number of about 6,000 digits)")
    assert "a number of about 6,000 digits" in folder.message(f"seed=0x{'f' * 5000}")


class TestDepth:
    """Nothing is nested so deeply that reading it fails."""

    def test_a_key_of_thousands_of_parts_is_refused(self, folder: Folder) -> None:
        key = ".".join("a" * 3001)
        assert folder.refusal(f"{key}=1") == (
            f"--set a.a.a...: the key has 3,001 parts; at most {MAX_DEPTH} are possible"
        )
        assert folder.message(name=child(folder, f"{key} = 1")) == (
            f"child.toml: has tables more than {MAX_DEPTH} levels deep"
        )

    def test_a_list_in_lists_is_refused(self, folder: Folder) -> None:
        value = "[" * 40 + "]" * 40
        assert folder.refusal(f"title={value}") == (
            f"--set title: is more than {MAX_DEPTH} levels deep"
        )

    def test_a_chain_of_files_has_an_end(self, folder: Folder) -> None:
        for number in range(60):
            folder.write(f"{number}.toml", f'extends = "{number + 1}.toml"')
        folder.write("60.toml", 'extends = "whole.toml"')
        assert folder.message(name="0.toml") == (
            "50.toml:1: extends: runs through more than 50 files"
        )
        assert folder.load(name="30.toml").scenario == folder.load().scenario


class TestNumbersThatNothingCanBeComputedFrom:
    """A range that would overflow is refused."""

    def test_a_divisor_near_zero(self, folder: Folder) -> None:
        least = "{value=5e-324,low=5e-324,high=5e-324}"
        message = folder.message(f"rules.provocation.tension_half_life={least}")
        assert "it is a divisor, so it may not be zero or nearly so" in message
        assert "allowed: 1e-06 or more" in message

    def test_a_logarithm_beyond_certainty(self, folder: Folder) -> None:
        unit = 'unit="log-odds per unit of belief"'
        message = folder.message(f"{REPUTATION}={{value=1e6,low=1e6,high=1e6,{unit}}}")
        assert message.splitlines() == [
            f"--set {REPUTATION}: reaches 1e+06, beyond what a logarithm can mean here",
            "    allowed: from -100 to 100",
        ]
