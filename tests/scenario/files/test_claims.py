"""Every claim of the source article grounds something, or there is a reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.model.measures.registry import list_measures
from sim.scenario.files.claims import ClaimKind, load_claims, read_claims
from sim.scenario.load import load_scenario
from sim.scenario.provenance.keys import index_nodes
from sim.scenario.provenance.ledger import ClaimCoverage, build_claim_coverage
from sim.scenario.schema.scenario import Scenario
from tests.scenario.folder import Folder

BARE = next(
    code
    for code, claim in load_claims().items()
    if code != "A14" and not (claim.mechanism or claim.left_out)
)
"""A claim that is answered by what names it in a scenario, or not at all; the folder's has A14."""
PACT = Path(__file__).parents[3] / "scenarios" / "pact.toml"


@pytest.fixture(scope="module")
def pact() -> Scenario:
    """The scenario of the article itself."""
    return load_scenario(PACT).scenario


def nowhere(claim: ClaimCoverage, scenario: Scenario) -> list[str]:
    """Return the names under a claim's `mechanism` that lead to nothing."""
    known = {part.name for part in index_nodes(scenario).values()}
    known |= {measure.name for measure in list_measures(scenario)}
    return [name for name in claim.mechanisms if name not in known and not is_module(name)]


def is_module(name: str) -> bool:
    try:
        return name.startswith("sim.") and find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def unanswered(scenario: Scenario) -> Iterator[str]:
    """Yield each claim that nothing answers, and what was to answer it."""
    for claim in build_claim_coverage(scenario):
        missing = nowhere(claim, scenario)
        embodied = len(missing) < len(claim.mechanisms)
        if not (claim.grounded_keys or embodied or claim.omission_reason):
            names = ", ".join(missing) or "nothing"
            yield f"{claim.claim_id}: {claim.statement} (awaited: {names})"


def test_there_are_forty_eight_in_order() -> None:
    assert list(load_claims()) == [f"A{number:02}" for number in range(1, 49)]


def test_each_says_something_in_a_sentence_of_its_own() -> None:
    statements = [claim.says for claim in load_claims().values()]
    assert len(set(statements)) == 48
    assert all(text[0].isupper() and text.endswith(".") for text in statements)


def test_every_kind_of_claim_occurs() -> None:
    assert {kind for claim in load_claims().values() for kind in claim.kind} == set(ClaimKind)


def test_every_claim_grounds_something_or_is_left_out_for_a_reason(pact: Scenario) -> None:
    missing = list(unanswered(pact))
    assert not missing, "\n".join(["nothing answers", *missing])


def test_every_mechanism_named_is_a_key_a_measure_or_a_module(pact: Scenario) -> None:
    missing = [
        f"{claim.claim_id}: {name}"
        for claim in build_claim_coverage(pact)
        for name in nowhere(claim, pact)
    ]
    assert not missing, "\n".join(["these lead nowhere", *missing])


def test_what_is_left_out_grounds_nothing(pact: Scenario) -> None:
    left_out = [claim for claim in build_claim_coverage(pact) if claim.omission_reason]
    assert left_out
    assert [claim.claim_id for claim in left_out if claim.grounded_keys or claim.mechanisms] == []


def test_a_claim_grounds_whatever_names_it(folder: Folder) -> None:
    folder.with_line('replaces = "friendship"', 'replaces = "friendship"\narticle = ["A14"]')
    folder.with_line('kind = "ceasefire"', 'kind = "ceasefire"\narticle = ["A14"]')
    [found] = [
        claim for claim in build_claim_coverage(folder.load().scenario) if claim.claim_id == "A14"
    ]
    assert found.grounded_keys == ("actors.borduria.capability", "treaties.pact", "shocks.truce")


def test_what_a_scenario_is_about_grounds_nothing(folder: Folder) -> None:
    folder.with_line('article = ["A01", "A15"]', f'article = ["{BARE}"]')
    [found] = [
        claim for claim in build_claim_coverage(folder.load().scenario) if claim.claim_id == BARE
    ]
    assert found.grounded_keys == ()
    assert not found.is_answered


def test_a_claim_that_nothing_answers_is_found(folder: Folder) -> None:
    missing = list(unanswered(folder.load().scenario))
    assert f"{BARE}: {load_claims()[BARE].says} (awaited: nothing)" in missing
    assert not [line for line in missing if line.startswith(("A01", "A14", "A22"))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[A49]\n", "claims.toml:1: A49: 'A49' is not written as it should be\n"),
        ('[A01]\nkind = ["event"]\n', "claims.toml:1: A01.says: is missing: What it says"),
        ('[A01]\nsays = "It."\nkind = ["evnt"]\n', "did you mean 'event'?"),
        (
            '[A01]\nsays = "It."\nkind = ["event"]\nwhy = ""\n',
            "claims.toml:4: A01.why: unknown key",
        ),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_line(folder: Folder, text: str, message: str) -> None:
    file = folder.write("claims.toml", text)
    with pytest.raises(ScenarioError) as caught:
        read_claims(file)
    assert message in str(caught.value).replace(f"{folder.path}/", "")
