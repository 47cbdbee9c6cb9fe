"""A scenario names a theory: by the name of one that is shipped, or by a class in a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.errors import TheoryError
from sim.experiment.storage.run_key import compute_point_id
from sim.scenario.theories.permission import allowing_code
from tests.scenario.folder import Folder

MINE = """
from sim.theories import HonourCase, Number, Numbers, Terms

class Mine:
    numbers = {
        "weight": Number(value=1.0, low=0.5, high=2.0, unit="log-odds", source="judgement",
                         grade="judgement"),
    }
    terms = {"record": "what others did", "due": "it has promised"}

    def honour(self, numbers: Numbers, case: HonourCase) -> Terms:
        return {"record": case.record_unbound, "due": numbers.weight * case.aid_due}
"""


@pytest.fixture
def mine(folder: Folder) -> Iterator[Folder]:
    """A folder with a scenario that names a theory of its own, whose code is allowed."""
    folder.write("mine.py", MINE)
    folder.write("mine.toml", 'extends = "whole.toml"\n[theories]\nhonour = "mine.py:Mine"\n')
    with allowing_code():
        yield folder


def test_the_numbers_of_a_theory_are_those_of_the_scenario(folder: Folder) -> None:
    scenario = folder.load("theories.honour=pure_interest").scenario
    numbers = {key: q.value for key, q in scenario.iter_quantities() if key.startswith("theories")}
    assert numbers == {"theories.honour.interest": 1.5}


def test_a_number_of_a_theory_is_set_as_any_other(folder: Folder) -> None:
    named = "theories.honour=pure_interest"
    scenario = folder.load(named, "theories.honour.interest=2").scenario
    assert scenario.theories.honour is not None
    assert scenario.theories.honour.numbers["interest"].is_fixed
    assert "outside the range" in folder.refusal(named, "theories.honour.interest=9")


def test_a_file_names_a_theory_in_a_line_and_a_later_one_another(folder: Folder) -> None:
    table = '[theories.honour]\nuse = "pure_interest"\ninterest = 2.0\n'
    folder.write("other.toml", f'extends = "whole.toml"\n{table}')
    folder.write("back.toml", 'extends = "other.toml"\n[theories]\nhonour = "record"\n')
    chosen = folder.load(name="other.toml").scenario.theories
    assert [(place, spec.use) for place, spec in chosen.chosen()] == [("honour", "pure_interest")]
    assert not list(folder.load(name="back.toml").scenario.theories.chosen())


def test_the_packages_own_rule_named_changes_nothing(folder: Folder) -> None:
    plain, named = folder.load(), folder.load("theories.honour=record")
    assert compute_point_id(plain.scenario) == compute_point_id(named.scenario)
    other = folder.load("theories.honour=pure_interest")
    assert compute_point_id(plain.scenario) != compute_point_id(other.scenario)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            ["theories.honour=pure_intrest"],
            "--set theories.honour: 'pure_intrest' is not a known theory of honour\n    allowed: ",
        ),
        (["theories.honour=pure_intrest"], "did you mean 'pure_interest'?"),
        (
            ["theories.honr=record"],
            (
                "--set theories.honr: unknown key\n    allowed: honour, challenge, joining, "
                "settlement, alignment; did you mean 'honour'?"
            ),
        ),
        (
            ["theories.honour=pure_interest", "theories.honour.intrest=2"],
            (
                "--set theories.honour.intrest: is no number that the theory declares\n"
                "    allowed: interest; did you mean 'interest'?"
            ),
        ),
        (
            ["theories.honour.interest=2"],
            (
                "--set theories.honour.interest: is no number that the theory declares: "
                "the package's own rule has them in `rules`"
            ),
        ),
        (
            ["theories.honour=none.py:Mine"],
            (
                "--set theories.honour: there is no file 'none.py'\n"
                "    allowed: a file of Python, then : and a class"
            ),
        ),
    ],
)
def test_a_name_that_is_none_is_refused_in_one_message(
    folder: Folder, settings: list[str], message: str
) -> None:
    assert message in folder.message(*settings)


def test_code_is_read_only_where_it_is_allowed_and_the_message_says_why(folder: Folder) -> None:
    folder.write("mine.py", "raise SystemExit('the code ran')")
    folder.write("mine.toml", 'extends = "whole.toml"\n[theories]\nhonour = "mine.py:Mine"\n')
    assert folder.message(name="mine.toml") == (
        "mine.toml:3: theories.honour: names code, which could do whatever you can; read it, then "
        "add --allow-code (in Python: with sim.theories.allowing_code())"
    )


def test_a_theory_of_a_file_stands_in_the_scenario_with_its_source(mine: Folder) -> None:
    loaded = mine.load(name="mine.toml")
    spec = loaded.scenario.theories.honour
    assert spec is not None
    assert (spec.use, spec.text) == ("mine.py:Mine", MINE)
    assert list(spec.numbers) == ["weight"]
    declaring = next(layer for layer in loaded.layers if layer.name.endswith("mine.py"))
    assert declaring.find_line(("theories", "honour", "weight")) == 6


def test_a_comment_in_a_theory_leaves_results_valid_and_a_sign_does_not(mine: Folder) -> None:
    first = compute_point_id(mine.load(name="mine.toml").scenario)
    mine.write("mine.py", MINE.replace("class Mine:", "class Mine:  # of mine"))
    assert compute_point_id(mine.load(name="mine.toml").scenario) == first
    mine.write("mine.py", MINE.replace("numbers.weight *", "-numbers.weight *"))
    assert compute_point_id(mine.load(name="mine.toml").scenario) != first


def test_the_source_of_a_theory_cannot_be_given_in_a_scenario(folder: Folder) -> None:
    refused = folder.message("theories.honour.text=import os")
    assert refused.startswith("--set theories.honour.text: is no number that the theory declares")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("aid_due}", "aid_du}", "mine.py:12: Mine.honour: there is no fact 'aid_du'; did you mean"),
        (
            "numbers.weight",
            "numbers.wait",
            "mine.py:12: Mine.honour: it uses the number 'wait', which `numbers` does not declare",
        ),
        (
            ', "due": numbers.weight * case.aid_due',
            "",
            "mine.py:11: Mine.honour: returns no term 'due', which `terms` declares",
        ),
        (
            ', "due": "it has promised"',
            "",
            "mine.py:11: Mine.honour: returns the term 'due', which `terms` does not declare",
        ),
        (
            "case.record_unbound",
            "case.record_unbound[:1]",
            "the term 'record' is of shape (1,) and type float64, not one number for each of the 8",
        ),
        (
            "case.record_unbound",
            "case.record_unbound / 0",
            "the term 'record' is not a finite number everywhere",
        ),
        (
            "case.record_unbound",
            "case.record_unbound.mean()",
            "the term 'record' of one place depends on other places, or on chance",
        ),
        ("return {", "return 1 or {", "returns int, not a dictionary of terms"),
        ("def honour", "def honor", "Mine: it has no function 'honour', which a theory of honour"),
        ("class Mine", "class Mime", "mine.py: Mine: there is no class of this name in the file; "),
        ('"weight": Number', '"use": Number', "the number 'use' needs another name: this one is"),
        ("class Mine:", "class Mine", "mine.py:4: cannot be run: expected ':'"),
        ("import HonourCase", "import HonorCase", "mine.py:2: cannot be run: ImportError"),
        ("low=0.5", "low=1.5", "mine.py:6: cannot be run: ValidationError"),
        ('terms = {"', 'words = {"', "`terms` must be a dictionary of names and words"),
        ("numbers = {", "values = {", "`numbers` must be a dictionary of names and Number(...)"),
        ("case.aid_due", "case.aid_due + {}", "mine.py:12: Mine.honour: TypeError: "),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_mistake_in_a_theory_is_one_message_with_theory_function_and_line(
    mine: Folder, old: str, new: str, message: str
) -> None:
    mine.with_line(old, new, "mine.py")
    with pytest.raises(TheoryError) as caught:
        mine.load(name="mine.toml")
    assert message in str(caught.value)


def test_a_source_that_no_bibliography_has_is_reported_in_the_theorys_own_line(
    mine: Folder,
) -> None:
    mine.with_line('source="judgement"', 'source="judgment"', "mine.py")
    assert mine.message(name="mine.toml").startswith(
        "mine.py:6: theories.honour.weight.source: 'judgment' is not a known source"
    )
