"""A scenario names a theory: by the name of one that is shipped, or by a class in a file."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from sim.errors import TheoryError
from sim.experiment.storage.run_key import compute_point_id
from sim.model.theory.honouring.pure_interest import PureInterest
from sim.scenario.provenance.explain import explain_key
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


@pytest.fixture
def shipped(folder: Folder) -> Folder:
    """A folder whose scenario has the sources of the theories that are shipped."""
    both = 'bibliography = ["parts/sources.toml", "sources.toml"]'
    folder.with_line('bibliography = "sources.toml"', both)
    return folder


def test_the_numbers_of_a_theory_are_those_of_the_scenario(shipped: Folder) -> None:
    scenario = shipped.load("theories.honour=pure_interest").scenario
    numbers = {key: q.value for key, q in scenario.iter_quantities() if key.startswith("theories")}
    declared = PureInterest.numbers
    assert numbers == {f"theories.honour.{name}": q.value for name, q in declared.items()}


def test_a_number_of_a_theory_is_set_as_any_other(shipped: Folder) -> None:
    named = "theories.honour=pure_interest"
    scenario = shipped.load(named, "theories.honour.gain=2").scenario
    assert scenario.theories.honour is not None
    assert scenario.theories.honour.numbers["gain"].is_fixed
    assert "outside the range" in shipped.refusal(named, "theories.honour.gain=9")


def test_a_file_names_a_theory_in_a_line_and_a_later_one_another(shipped: Folder) -> None:
    table = '[theories.honour]\nuse = "pure_interest"\ngain = 2.0\n'
    shipped.write("other.toml", f'extends = "whole.toml"\n{table}')
    shipped.write("back.toml", 'extends = "other.toml"\n[theories]\nhonour = "record"\n')
    chosen = shipped.load(name="other.toml").scenario.theories
    assert [(place, spec.use) for place, spec in chosen.chosen()] == [("honour", "pure_interest")]
    assert not list(shipped.load(name="back.toml").scenario.theories.chosen())


def test_the_packages_own_rule_named_changes_nothing(shipped: Folder) -> None:
    plain, named = shipped.load(), shipped.load("theories.honour=record")
    assert compute_point_id(plain.scenario) == compute_point_id(named.scenario)
    other = shipped.load("theories.honour=pure_interest")
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
            ["theories.honour=pure_interest", "theories.honour.gian=2"],
            (
                "--set theories.honour.gian: is no number that the theory declares\n"
                f"    allowed: {', '.join(PureInterest.numbers)}; did you mean 'gain'?"
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
            (
                "mine.py:12: Mine.honour: it uses the number 'wait', which `numbers` does not "
                "declare; it declares 'weight'"
            ),
        ),
        (
            ', "due": numbers.weight * case.aid_due',
            "",
            (
                "mine.py:11: Mine.honour: returns no term 'due', which `terms` declares"
                "; it returns 'record'"
            ),
        ),
        (
            ', "due": "it has promised"',
            "",
            (
                "mine.py:11: Mine.honour: returns the term 'due', which `terms` does not declare"
                "; it declares 'record'"
            ),
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
        (
            '"due": numbers',
            '"deu": numbers',
            (
                "mine.py:11: Mine.honour: returns no term 'due', which `terms` declares"
                "; it returns 'deu'"
            ),
        ),
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


SHARED = MINE.replace('"due"', '"weight"')
"""The theory with a term of the same name as its number."""


def test_a_number_is_found_in_its_table_although_a_term_shares_its_name(mine: Folder) -> None:
    many = 'extends = "whole.toml"\nbibliography = "parts/sources.toml"\n'
    mine.write("mine.toml", f'{many}[theories]\nhonour = "mine.py:Mine"\n')
    mine.write("mine.py", SHARED.replace('source="judgement"', 'source="Fearon (1994)"'))
    said = mine.message(name="mine.toml")
    assert said.startswith(
        "mine.py:6: theories.honour.weight.source: 'Fearon (1994)' is not a known source of the "
        "bibliography\n    allowed: one of "
    )
    assert " keys of the bibliography, which `sim sources pact` lists, such as" in said
    mine.write("mine.py", SHARED)
    explained = explain_key(mine.load(name="mine.toml"), "theories.honour.weight")
    assert explained.source_location.endswith("mine.py:6")


def test_what_a_number_means_is_said_where_its_value_is_explained(mine: Folder) -> None:
    mine.with_line('unit="log-odds"', 'unit="log-odds", meaning="How much it binds."', "mine.py")
    explained = explain_key(mine.load(name="mine.toml"), "theories.honour.weight")
    assert explained.node.meaning == "How much it binds."


def test_a_made_up_case_has_distances_in_kilometres(mine: Folder) -> None:
    mine.with_line("case.aid_due}", "np.exp(case.distance)}", "mine.py")
    mine.with_line("from sim", "import numpy as np\nfrom sim", "mine.py")
    with np.errstate(over="ignore"), pytest.raises(TheoryError, match="'due' is not a finite"):
        mine.load(name="mine.toml")


@pytest.mark.parametrize(
    "table",
    [
        "numbers: dict[str, Number] = {**OTHERS,\n        'weight': Number({})}",
        "numbers = OTHERS | dict(\n        weight=Number({}))",
    ],
)
def test_a_number_is_found_however_its_table_is_written(mine: Folder, table: str) -> None:
    declared = MINE.partition("Number(")[2].partition("),")[0]
    head, _, rest = SHARED.partition("    numbers = {")
    made = head.replace("class", "OTHERS: dict[str, Number] = {}\n\nclass")
    tail = rest.partition("    }\n")[2]
    mine.write("mine.py", f"{made}    {table.replace('{}', declared, 1)}\n{tail}")
    layers = mine.load(name="mine.toml").layers
    declaring = next(layer for layer in layers if layer.name.endswith("mine.py"))
    assert declaring.find_line(("theories", "honour", "weight")) == mine.line(
        "Number(value", "mine.py"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "value=1.0",
            "value=float('nan')",
            "the number 'weight': value should be a finite number (given: nan)",
        ),
        (
            "value=1.0",
            "value=9.0",
            "the number 'weight': 9 is outside its own range\n    allowed: from 0.5 to 2",
        ),
        (
            "low=0.5",
            "low=3",
            "the number 'weight': low lies above high\n    allowed: low up to 2",
        ),
        (
            'grade="judgement"',
            'grade="guess"',
            (
                "the number 'weight': grade 'guess' is not one of the words allowed\n"
                "    allowed: measured, estimated, judgement"
            ),
        ),
        (
            'unit="log-odds", ',
            "",
            "the number 'weight': unit is missing: What the number counts, in words",
        ),
    ],
)
def test_a_number_that_cannot_be_is_one_message_that_says_what_can(
    mine: Folder, old: str, new: str, message: str
) -> None:
    mine.with_line(old, new, "mine.py")
    with pytest.raises(TheoryError) as caught:
        mine.load(name="mine.toml")
    assert str(caught.value) == f"mine.py:6: Mine.numbers: {message}"


def test_a_number_outside_a_class_or_made_late_is_reported_in_its_line(mine: Folder) -> None:
    mine.with_line("class Mine:", "WAIT = Number(value=1.0)\n\nclass Mine:", "mine.py")
    with pytest.raises(TheoryError, match=r"^mine\.py:4: a number: low is missing"):
        mine.load(name="mine.toml")
    late = "class Mine:\n    def __init__(self): self.numbers = {'late': Number(value=True)}\n"
    mine.write("mine.py", MINE.replace("class Mine:", late))
    with pytest.raises(TheoryError, match=r"^mine\.py:5: Mine\.numbers: the number 'late': value"):
        mine.load(name="mine.toml")


def test_an_error_of_a_theory_is_whole_in_another_process() -> None:
    error = TheoryError("mine.py", 6, "Mine.numbers", "is wrong", "what is right")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
