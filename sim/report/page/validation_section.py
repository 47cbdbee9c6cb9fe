"""The section of the page on the validation of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.output import format_count
from sim.report.run_view import Run
from sim.report.words import describe_facts, format_amount, join_names
from sim.validation.check import VERDICTS, Check
from sim.validation.current import CurrentValidation, PartSummary

_CLAIMS = 3
"""Missed checks that are named in the text; the table has all."""


@dataclass(frozen=True)
class ValidationSection:
    """What the page shows of the validation.

    Attributes:
        sentences: what the checks found, in four sentences.
        parts: the parts, each with its summary.
        rows: the title of each part and its number of checks by verdict, then the totals.
        notes: the version, engine and worlds of the validation.
    """

    sentences: Sequence[str]
    parts: Sequence[PartSummary]
    rows: Sequence[tuple[str, list[int]]]
    notes: Sequence[str]


def build_validation_section(
    validation: CurrentValidation, runs: Sequence[Run]
) -> ValidationSection:
    """Return the section on a validation, for a page of these runs."""
    rows = [(part.title, [part.counts.get(v, 0) for v in VERDICTS]) for part in validation.parts]
    if len(rows) > 1:
        rows.append(("All together", np.sum([n for _, n in rows], axis=0).tolist()))
    sentences = list(_write_sentences(validation))
    return ValidationSection(sentences, validation.parts, rows, list(_list_notes(validation, runs)))


def _write_sentences(validation: CurrentValidation) -> Iterator[str]:
    """Yield how many checks were met, by part, and the first that were missed, in words."""
    checks = [check for part in validation.parts for check in part.checks]
    counts = {v: sum(part.counts.get(v, 0) for part in validation.parts) for v in VERDICTS}
    decided = counts["met"] + counts["missed"] + counts["undecided"]
    yield (
        f"Of {format_count(decided, 'check')} within its scope, the model meets {counts['met']} "
        f"and misses {counts['missed']}; {counts['undecided']} cannot be decided."
    )
    if tuned := sum(check.tuned for check in checks):
        yield f"It was calibrated on {tuned} of these, so that meeting them proves nothing."
    worst = [part for part in validation.parts if part.counts.get("missed")]
    if worst:
        parts = [f"{part.counts['missed']} in \u201c{part.title}\u201d" for part in worst]
        yield f"The missed ones are {join_names(parts)}."
    missed = [check.claim for check in checks if check.verdict == "missed" and not check.tuned]
    if missed:
        claims = "; ".join(f"\u201c{claim.removesuffix('.')}\u201d" for claim in missed[:_CLAIMS])
        yield f"It could not show, for example: {claims}."


def format_check_result(check: Check) -> str:
    """Return the result of the model in a check, with interval and unit; empty if there is none."""
    if check.value is None:
        return ""
    ends = (check.low, check.high)
    low, high = (format_amount(end) if end is not None else "" for end in ends)
    interval = f" ({low} to {high})" if low and high else ""
    return f"{format_amount(check.value)}{interval} {check.unit}".strip()


def _list_notes(validation: CurrentValidation, runs: Sequence[Run]) -> Iterator[str]:
    facts = {name: value for name, value in validation.made.items() if _is_informative(value)}
    if facts:
        yield f"Validated with {describe_facts(facts)}."
    engine = validation.made.get("engine")
    if others := [run.name for run in runs if engine and run.results.engine != engine]:
        yield (
            "The engine has changed between this validation and the simulation of "
            f"{join_names(others)}."
        )


def _is_informative(value: object) -> bool:
    """Whether a fact is worth reporting: empty, missing and false ones are not."""
    return bool(value) and not isinstance(value, list | dict)
