"""Consistency of the record of allies' answers and of the facts about pairs of actors."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.checks.arrangements import Inconsistency
from sim.scenario.schema.rules.answers import EraSpec
from sim.scenario.schema.scenario import Scenario


def find_record_inconsistencies(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield the inconsistencies in eras and in pairs."""
    yield from _check_eras(scenario)
    yield from _check_pairs(scenario)


def _check_eras(scenario: Scenario) -> Iterator[Inconsistency]:
    turned = [code for code, era in scenario.rules.answers.items() if _ends_before_it_begins(era)]
    for code in turned:
        key, first = (
            ("rules", "answers", code, "last_year"),
            scenario.rules.answers[code].first_year,
        )
        yield Inconsistency(key, "is before first_year", f"{first} or later")
    if not turned:
        yield from _check_coverage(scenario)


def _ends_before_it_begins(era: EraSpec) -> bool:
    return bool(era.first_year and era.last_year and era.first_year > era.last_year)


def _check_coverage(scenario: Scenario) -> Iterator[Inconsistency]:
    """Yield a problem unless one era, and one only, covers the year in which a scenario starts."""
    eras, year = scenario.rules.answers, scenario.start.year
    covering = [code for code, era in eras.items() if era.covers(year)]
    if len(covering) != 1:
        which = f"{' and '.join(covering)} cover" if covering else "no era covers"
        known = ", ".join(f"{code} ({_years(era)})" for code, era in eras.items())
        message = f"{which} {year}, the year in which the scenario starts"
        yield Inconsistency(("rules", "answers"), message, f"one era that covers it; here {known}")


def _years(era: EraSpec) -> str:
    """Return the years of an era in words, such as "from 1946"."""
    bounds = (("from", era.first_year), ("to", era.last_year))
    return " ".join(f"{word} {year}" for word, year in bounds if year) or "every year"


def _check_pairs(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[frozenset[str], str] = {}
    for code, pair in scenario.pairs.items():
        key, both = ("pairs", code, "between"), frozenset(pair.between)
        if len(both) == 1:
            yield Inconsistency(key, "names the same actor twice", "two actors")
        if both in seen:
            message = f"already has an entry: {seen[both]}"
            yield Inconsistency(key, message, "one table for every pair")
        seen.setdefault(both, code)
