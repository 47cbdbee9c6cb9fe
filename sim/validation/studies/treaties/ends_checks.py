"""The checks of how treaties end, and of what the rules leave out."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from sim.statistics.intervals import Interval
from sim.validation.check import Check, Verdict
from sim.validation.studies.treaties.checks import inside, number_check
from sim.validation.studies.treaties.common_enemy import enemy_effect
from sim.validation.studies.treaties.eight import expected_own_ends
from sim.validation.studies.treaties.ends import (
    as_ratio,
    circumstance,
    effect_of,
    expect_defence_breaches,
    expect_without_fact,
    possible_breaches,
    possible_counts,
)
from sim.validation.studies.treaties.record import PactRecord
from sim.validation.studies.treaties.rule import ShippedRule

_BREACHES, _ODDS = "breaches", "times the odds"
_NOTHING = "1; neither doubled nor halved"
_NONE, _DOUBLED = 1.0, 2.0
"""The ratio of odds where a fact does nothing, and the ratio that would be worth a rule."""


def build_ending_checks(record: PactRecord, rule: ShippedRule) -> Iterator[Check]:
    """Yield the checks of how treaties end, without their codes."""
    yield _decades_check(record)
    yield _last_era_check(record)
    yield _supporters_check(record, rule)
    yield _democracies_check(record)
    yield _own_ends_check(record)


def build_rejection_checks(record: PactRecord, rule: ShippedRule) -> Iterator[Check]:
    """Yield the checks of what the rules leave out, or let count for little, without codes."""
    yield _nothing_check(
        "New supporters in a democracy do not change how often a treaty is broken",
        as_ratio(effect_of(record, "supporters_democracy")),
        "Nothing is visible, so no change of government in a democracy is drawn.",
    )
    yield _nothing_check(
        "The loss of the common enemy does not change how often a treaty is broken",
        as_ratio(effect_of(record, "common_enemy_lost")),
        "Nothing is visible, so no rule lets a treaty rest on its enemy.",
    )
    yield _counter_check(record, rule)
    yield _nothing_check(
        "A common enemy does not change how often a defence pact is signed, since 1956",
        as_ratio(enemy_effect(record, "defence")),
        "Nothing is visible, so it counts for consultation only. Before 1956 it went with the "
        "founding of the blocs.",
    )
    enemy = as_ratio(enemy_effect(record, "consultation"))
    yield number_check(
        "A common enemy makes a treaty of consultation likelier since 1956",
        "above 1",
        enemy,
        "times the rate",
        "met" if enemy.low > _NONE else "missed",
        "So it is a fact of the rule for consultation only.",
        tuned=True,
    )


def _decades_check(record: PactRecord) -> Check:
    expected = sum(row.expected for row in record.breaches)
    broken = sum(row.broken for row in record.breaches)
    outside = [
        f"{row.lo}-{row.hi}"
        for row in record.breaches
        if inside(row.broken, possible_breaches(row)) == "missed"
    ]
    listed = ", ".join(
        f"{row.lo // 10 * 10}s {row.expected:g}/{row.broken}" for row in record.breaches
    )
    return number_check(
        "A regression on the other decades expects the breaches of a decade",
        f"{broken} broken in 1947-2008; no decade outside chance",
        possible_counts(expected),
        _BREACHES,
        "missed" if outside else "met",
        f"Expected/broken: {listed}. Outside chance: {', '.join(outside) or 'none'}.",
    )


def _last_era_check(record: PactRecord) -> Check:
    expected, last = expect_defence_breaches(record)
    return number_check(
        f"Defence pacts, {last.lo}-{last.hi}: the rate of 1946-1991 expects the number broken",
        f"{last.broken} broken in {last.treaty_years} treaty-years",
        expected,
        _BREACHES,
        inside(last.broken, expected),
        "Defence pacts are kept longer than they were. `leave` therefore stands half way between "
        "the eras, with a range that spans both.",
    )


def _supporters_check(record: PactRecord, rule: ShippedRule) -> Check:
    shipped, effect = rule.leaving["supporters"], effect_of(record, "supporters_autocracy")
    row = circumstance(record, "supporters_autocracy")
    return number_check(
        "New supporters of an autocrat make a breach likelier by as much as the rule says",
        f"{exp(shipped.value):.1f} ({exp(shipped.low):.1f} to {exp(shipped.high):.1f}) "
        "times the odds",
        as_ratio(effect),
        _ODDS,
        inside(shipped.value, effect),
        f"{row.broken} of {row.treaty_years} treaty-years with, {row.broken_without} of "
        f"{row.treaty_years_without:,} without. The number rests on these counts.",
        tuned=True,
    )


def _democracies_check(record: PactRecord) -> Check:
    expected = expect_without_fact(record, "both_democracies")
    row = circumstance(record, "both_democracies")
    return number_check(
        "Treaties of two democracies are broken less often than others",
        f"{row.broken} broken in {row.treaty_years:,} treaty-years",
        expected,
        f"{_BREACHES} at the rate of the others",
        "met" if row.broken < expected.low else "missed",
        "Both above .5 in polyarchy. So `audience` counts in leaving, and nowhere else.",
        tuned=True,
    )


def _own_ends_check(record: PactRecord) -> Check:
    possible = possible_counts(expected_own_ends(record))
    ended = [row for row in record.eight_ended if row.ended]
    listed = ", ".join(f"{row.a}-{row.b} {row.hi} ({row.ended})" for row in ended)
    return number_check(
        "The actors' own defence pacts since 1956: the record's rates expect the number ended",
        f"{len(ended)} ended",
        possible,
        "ends by breach or by the text",
        inside(len(ended), possible),
        f"Ended: {listed}; none was broken. Three of five are in force.",
    )


def _counter_check(record: PactRecord, rule: ShippedRule) -> Check:
    (counted,) = (row for row in record.counter_ratio if row.answer == "defence")
    ratio = Interval(counted.ratio, counted.low, counted.high)
    shipped = rule.counter
    return number_check(
        "After a rival's new defence pact actors sign no more often than before it",
        _NOTHING,
        ratio,
        "times as often",
        _little(ratio),
        f"{counted.pacts} pacts of rivals, three years before and after. The rule has "
        f"{exp(shipped.value):.2f} times the odds, from {exp(shipped.low):.2g} to "
        f"{exp(shipped.high):.2g}: a cluster in time rather than a reply.",
    )


def _nothing_check(claim: str, ratio: Interval, says: str) -> Check:
    return number_check(claim, _NOTHING, ratio, _ODDS, _little(ratio), says)


def _little(ratio: Interval) -> Verdict:
    """Return met where a doubling is excluded either way, missed where no effect is."""
    if not ratio.low <= _NONE <= ratio.high:
        return "missed"
    return "met" if ratio.low > 1 / _DOUBLED and ratio.high < _DOUBLED else "undecided"
