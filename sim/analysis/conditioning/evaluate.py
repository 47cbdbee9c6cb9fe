"""The worlds that meet a condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.analysis.conditioning.events import Occurrences, Tables
from sim.analysis.conditioning.grammar import PLACES, Comparison, Condition, Who
from sim.analysis.conditioning.vocabulary import (
    ALIASES,
    Pattern,
    describe_patterns,
    entity_codes,
    find_patterns,
)
from sim.analysis.conditioning.wording import wrap_listing
from sim.errors import RequestError
from sim.model.measures.registry import Measure, MeasureKind
from sim.model.recording.events import EVENTS
from sim.scenario.files.messages import find_nearest_name
from sim.statistics.arrays import Mask


@dataclass(frozen=True)
class Evaluated:
    """A condition, and where it holds.

    Attributes:
        text: the condition as written.
        reading: what its name stands for, in words; empty where the name says it.
        holds: in which worlds, (world,).
    """

    text: str
    reading: str
    holds: Mask


def evaluate_condition(condition: Condition, tables: Tables) -> Evaluated:
    """Return in which worlds a condition holds.

    A name is looked for among events and their aliases, then, if months are named, among the
    columns of the table of months, then among measures. A measure that is defined in some worlds
    only holds, negated or not, where it is defined.

    Raises:
        RequestError: nothing has this name, or the name cannot be used in this way.
        ResultsError: a table is missing or damaged.
    """
    measures = tables.results.measures
    if condition.name in measures and not _reads_months(condition, tables):
        return _evaluate_measure(condition, measures[condition.name], tables)
    occurrences = find_occurrences(condition, tables)
    holds = occurrences.within(condition.span)
    reading = describe_patterns(condition.name)
    return Evaluated(condition.text, reading, ~holds if condition.negated else holds)


def find_occurrences(condition: Condition, tables: Tables) -> Occurrences:
    """Return when the event, or the comparison of a column, that a condition names was the case.

    Raises:
        RequestError: nothing has this name, or the name cannot be used in this way.
        ResultsError: a table is missing or damaged.
    """
    if patterns := _patterns(condition, tables):
        _check_codes(condition, patterns, tables)
        return tables.find_events(patterns, condition.who, condition.comparison)
    if condition.name not in tables.month_columns:
        raise RequestError(_explain_unknown(condition, tables))
    _refuse_who(condition)
    return tables.find_months(condition.name, _comparison_of(condition, "column of months"))


def _reads_months(condition: Condition, tables: Tables) -> bool:
    """Whether a name that is a measure is read as an event or as a column of months."""
    if condition.name in ALIASES or condition.name in EVENTS:
        return True
    return bool(condition.span) and condition.name in tables.month_columns


def _patterns(condition: Condition, tables: Tables) -> tuple[Pattern, ...]:
    known = condition.name in ALIASES or condition.name in EVENTS
    if not known and condition.name in tables.month_columns:
        return ()
    return find_patterns(condition.name, set() if known else set(tables.recorded))


def _evaluate_measure(condition: Condition, measure: Measure, tables: Tables) -> Evaluated:
    _refuse_who(condition)
    if condition.span:
        raise RequestError(
            f"the measure {measure.name} is of the whole run, and has no month\n"
            "    allowed: with months, an event such as intervention, or a column of months.parquet"
        )
    values = tables.results.column(measure.name)
    if measure.kind is MeasureKind.HAPPENED:
        if condition.comparison:
            raise RequestError(
                f"{measure.name} happens or does not\n"
                f"    allowed: {measure.name}, not {measure.name}"
            )
        holds = values.astype(bool)
    else:
        holds = np.asarray(_comparison_of(condition, "measure").holds(values), dtype=bool)
    holds = ~holds if condition.negated else holds
    reading = f"{measure.label}" + f" (defined where {measure.given})" * bool(measure.given)
    defined = tables.results.column(measure.given) if measure.given else np.True_
    return Evaluated(condition.text, reading, holds & defined)


def _comparison_of(condition: Condition, kind: str) -> Comparison:
    if condition.comparison:
        return condition.comparison
    raise RequestError(
        f"the {kind} {condition.name} is an amount\n"
        f"    allowed: a comparison, such as {condition.name} >= 3"
    )


def _refuse_who(condition: Condition) -> None:
    if condition.who:
        raise RequestError("only an event has somebody after 'of' or 'towards'")


def _check_codes(condition: Condition, patterns: Iterable[Pattern], tables: Tables) -> None:
    """Require that each code is one of the scenario, or stands in the rows of the event."""
    known = set(entity_codes(tables.results.scenario))
    unknown = [who for who in condition.who if who.code not in known]
    if not unknown:
        return
    recorded = [tables.recorded.get(pattern.event, {}) for pattern in patterns]
    for who in unknown:
        codes = {code for places in recorded for at in who.places for code in places.get(at, ())}
        if who.code not in codes:
            raise RequestError(_explain_unknown_code(condition, who, codes or known))


def _explain_unknown_code(condition: Condition, who: Who, codes: set[str]) -> str:
    nearest = find_nearest_name(who.code, codes)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    places = " or ".join(who.places)
    listing = wrap_listing("recorded", sorted(codes))
    return f"{who.code!r} is no {places} of {condition.name}{hint}\n{listing}"


def _explain_unknown(condition: Condition, tables: Tables) -> str:
    """Return the message on a name that nothing has, with what is there."""
    measures, columns = tables.results.measures, tables.month_columns
    known = [*ALIASES, *EVENTS, *tables.recorded, *measures, *columns]
    nearest = find_nearest_name(condition.name, known)
    hint = f"; did you mean {nearest!r}?" if nearest else ""
    return "\n".join(
        [
            f"no table holds {condition.name!r}{hint}",
            wrap_listing("events recorded here", tables.recorded),
            wrap_listing("other names of events", ALIASES),
            f"    or a measure ({len(measures)}: metrics.csv),",
            f"    or a column of months.parquet ({len(columns)})"
            if tables.results.has_table("months")
            else "    or a column of months.parquet, which was not stored",
        ]
    )


def describe_recorded(condition: Condition, tables: Tables) -> list[tuple[str, Iterable[str]]]:
    """Return what the table of events holds where no row fits a condition, as headed lists."""
    patterns = find_patterns(condition.name, set(tables.recorded))
    found = [tables.recorded[each.event] for each in patterns if each.event in tables.recorded]
    if not found:
        return [("events recorded here", tables.recorded)] if patterns else []
    codes = {at: sorted({code for places in found for code in places[at]}) for at in PLACES}
    return [(f"{condition.name} is recorded with {at}", codes[at]) for at in PLACES if codes[at]]
