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
    eras, year = scenario.rules.answers, scenario.start.year
    for code, era in eras.items():
        if era.first_year and era.last_year and era.first_year > era.last_year:
            key = ("rules", "answers", code, "last_year")
            yield Inconsistency(key, "is before first_year", f"{era.first_year} or later")
    covering = [code for code, era in eras.items() if era.covers(year)]
    if len(covering) != 1:
        which = f"{' and '.join(covering)} both cover" if covering else "no era covers"
        known = ", ".join(f"{code} ({_years(era)})" for code, era in eras.items())
        message = f"{which} {year}, the year in which the scenario starts"
        yield Inconsistency(("rules", "answers"), message, f"one era for every year; here {known}")


def _years(era: EraSpec) -> str:
    """Return the years of an era in words, such as "1946 on"."""
    if era.first_year and era.last_year:
        return f"{era.first_year} to {era.last_year}"
    return f"{era.first_year} on" if era.first_year else f"to {era.last_year or 'today'}"


def _check_pairs(scenario: Scenario) -> Iterator[Inconsistency]:
    seen: dict[frozenset[str], str] = {}
    for code, pair in scenario.pairs.items():
        key, both = ("pairs", code, "between"), frozenset(pair.between)
        if len(both) == 1:
            yield Inconsistency(key, "names the same actor twice")
        if both in seen:
            yield Inconsistency(key, f"has its facts already: {seen[both]}")
        seen.setdefault(both, code)
