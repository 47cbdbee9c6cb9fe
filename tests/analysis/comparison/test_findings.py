"""Findings: what moved most, what else, what did not, in an order that is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isclose
from pathlib import Path

import pytest

from sim.analysis.comparison.compare import RunComparison, compare_runs
from sim.analysis.comparison.findings import PairFindings, find_findings, standardised_size
from sim.analysis.comparison.sentences import (
    join_phrases,
    write_construction,
    write_findings,
    write_four_way,
    write_heading,
)
from sim.analysis.comparison.side_names import name_sides
from sim.model.measures.needs import Rule
from sim.statistics.paired import FourWay
from tests.analysis.conftest import WITHOUT, SimulateSmall


@pytest.fixture
def comparison(simulate_small: SimulateSmall) -> RunComparison:
    """A thousand pairs with the planted effect of the treaty."""
    return compare_runs(
        [simulate_small("worlds=1000"), simulate_small("worlds=1000", WITHOUT)], all_measures=True
    )


def found(comparison: RunComparison) -> PairFindings:
    [pair] = comparison.pairs
    return find_findings(comparison, pair)


def sentences(folders: Sequence[Path]) -> list[str]:
    return list(write_findings(found(compare_runs(folders))))


def test_the_largest_in_standard_deviations_comes_first(comparison: RunComparison) -> None:
    findings = found(comparison)
    sizes = [
        standardised_size(difference, findings.with_, findings.without)
        for difference in findings.moved
    ]
    assert [difference.measure.name for difference in findings.moved] == ["length", "war"]
    assert sizes == sorted(sizes, reverse=True)
    assert [difference.measure.name for difference in findings.unmoved] == ["never"]
    assert [difference.measure.name for difference in findings.undefined] == ["regret"]
    assert findings.compared == 3


def test_a_size_is_the_difference_by_the_spread_of_the_worlds(comparison: RunComparison) -> None:
    findings = found(comparison)
    war = findings.moved[1]
    shares = [findings.with_.metrics["war"].value, findings.without.metrics["war"].value]
    assert None not in shares
    spread = (sum(float(s or 0) * (1 - float(s or 0)) for s in shares) / 2) ** 0.5
    size = standardised_size(war, findings.with_, findings.without)
    assert isclose(size, abs(war.change.value) / spread)
    never = replace(war, measure=findings.unmoved[0].measure)
    assert standardised_size(never, findings.with_, findings.without) == inf


def test_a_treaty_alone_is_called_the_cause_and_only_then(
    comparison: RunComparison, simulate_small: SimulateSmall
) -> None:
    assert found(comparison).treaties == 1
    also = simulate_small("worlds=1000", WITHOUT, "rules.honour.reputation=1.5")
    findings = found(compare_runs([simulate_small("worlds=1000"), also]))
    assert findings.treaties == 0
    assert write_heading(findings, "With", "Without").startswith(
        "What changes from Without to With"
    )
    assert next(write_findings(findings)).startswith("The change moves How long a war lasts most: ")


def test_the_sentences_say_what_moved_most_by_how_much_and_what_did_not(
    comparison: RunComparison,
) -> None:
    most, also, same = write_findings(found(comparison))
    assert most.startswith("The treaty changes How long a war lasts most: from ")
    assert " months (+0." in most
    assert "; 95% interval 0." in most
    assert also.startswith("It also changes War breaks out (+")
    assert also.endswith(" pp).")
    assert same == "It leaves The sky falls the same in every pair."


def test_where_no_pair_differs_that_is_the_finding(simulate_small: SimulateSmall) -> None:
    first = simulate_small()
    second = simulate_small("rules.honour.reputation=1.5")
    [sentence] = sentences([first, second])
    assert sentence == "No pair of worlds differs in any of 2 outcomes."


def test_where_nothing_moves_clearly_it_says_so(simulate_small: SimulateSmall) -> None:
    nothing, which = sentences([simulate_small(), simulate_small("seed=9")])
    assert nothing == "None of 2 outcomes changes clearly."
    assert which.startswith("No clear difference in ")


def test_several_treaties_take_the_plural(comparison: RunComparison) -> None:
    findings = replace(found(comparison), treaties=2)
    assert write_heading(findings, "With", "Without").startswith("What the treaties change (1,000")
    most, also, same = write_findings(findings)
    assert most.startswith("The treaties change ")
    assert also.startswith("They also change ")
    assert same.startswith("They leave ")


def test_with_nothing_left_to_compare_it_says_that(comparison: RunComparison) -> None:
    bare = replace(found(comparison), moved=(), unclear=(), unmoved=())
    assert list(write_findings(bare)) == ["No outcome is left to compare."]


def test_what_is_by_construction_is_named_once_with_its_rule(comparison: RunComparison) -> None:
    findings = found(comparison)
    assert write_construction(findings) == ""
    war, length = (difference.measure for difference in findings.moved[::-1])
    by_rule = {Rule.CALL: [war, length]}
    assert length.given == war.name
    assert write_construction(replace(findings, constructed=by_rule)) == (
        "By construction, not findings: War breaks out (rule: a call needs a treaty that promises "
        "aid). See docs/model.md#true-by-construction."
    )


def test_four_counts_in_words_name_the_treaty_where_it_is_the_cause(
    comparison: RunComparison,
) -> None:
    war, counts = found(comparison).moved[1].measure, FourWay(1, 2, 3, 1994)
    assert write_four_way(war, counts, by_treaty=True) == (
        "War breaks out: of 2,000 pairs, in both worlds in 1, added by the treaty in 2, averted by "
        "the treaty in 3, in neither in 1,994."
    )
    assert "added in 2, averted in 3" in write_four_way(war, counts, by_treaty=False)


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
        (["a, where b", "c", "d"], "a, where b; c and 1 more"),
    ],
)
def test_phrases_are_joined_and_the_rest_counted(phrases: list[str], text: str) -> None:
    assert join_phrases(phrases, 2) == text


def test_sides_of_one_title_are_told_apart(simulate_small: SimulateSmall) -> None:
    plain, changed = simulate_small(), simulate_small("rules.honour.reputation=1.5")
    longer = simulate_small("months=9")
    sides = compare_runs([plain, changed]).sides
    title = sides[0].scenario.title
    assert name_sides(sides) == [title, "reputation 1.5"]
    alike = compare_runs([plain, longer]).sides
    assert name_sides(alike) == [f"{title} ({folder.name})" for folder in (plain, longer)]


def test_three_changes_are_counted_in_a_name(simulate_small: SimulateSmall) -> None:
    keys = ("reputation", "delay", "busy")
    many = simulate_small(*(f"rules.honour.{key}=0.7" for key in keys))
    sides = compare_runs([simulate_small(), many]).sides
    assert name_sides(sides)[1] == "busy 0.7, delay 0.7 and 1 more"
