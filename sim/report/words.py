"""Numbers and small print as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isnan

from sim.output import TOO_FEW, format_count, is_undefined
from sim.report.run_view import Run

_DIGEST_LENGTH = 64
"""Characters of a complete digest."""


def format_percent(fraction: object) -> str:
    """Return a share as a percentage, with a decimal where it is close to 0 or 100%."""
    share = format_share(fraction)
    return share if share == TOO_FEW else f"{share}%"


def format_share(fraction: object) -> str:
    """Return a share as a percentage without the sign."""
    percentage = 100 * float(str(fraction))
    if isnan(percentage):
        return TOO_FEW
    digits = 1 if 0 < percentage < 9.95 or 90 < percentage < 100 else 0
    return f"{percentage:.{digits}f}"


def format_amount(value: float, digits: int = 3) -> str:
    """Return an amount with three significant figures, or `digits`, never in powers of ten."""
    if isnan(value):
        return TOO_FEW
    exact = Decimal(f"{value:.{digits}g}") + 0  # adding zero turns -0 into 0
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{exact:f}"
    return text.replace("-", "\N{MINUS SIGN}")


def format_roughly(value: float) -> str:
    """Return an amount with two significant figures, for titles and sentences."""
    return format_amount(value, 2)


def describe_extent(run: Run) -> str:
    """Return how many worlds a run has, of how many months."""
    return f"{format_count(run.worlds, 'world')} of {format_count(run.months, 'month')}"


def write_small_print(runs: Sequence[Run]) -> str:
    """Return the worlds, months and seed of the runs, and what the command line changed."""
    extents = dict.fromkeys(f"{describe_extent(run)}, seed {run.scenario.seed}" for run in runs)
    prefix = "In each run " if len(extents) == 1 and len(runs) > 1 else ""
    changes = [f" {run.name}, changed: {run.changed}." for run in runs if run.changed]
    return f"{prefix}{'; '.join(extents)}.{''.join(changes)}"


def write_left_out(phrases: Sequence[str]) -> str:
    """Return which outcomes a picture leaves out, since they differ by construction."""
    return f"Left out, by construction: {'; '.join(phrases)}. " if phrases else ""


def format_page_cell(value: object) -> str:
    """Return a cell of a table on a page, numbers with four significant figures."""
    if value is None or is_undefined(value):
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def capitalise_first(text: str) -> str:
    """Return text with its first letter capitalised."""
    return text[:1].upper() + text[1:]


def join_names(names: Sequence[str]) -> str:
    """Return names joined by commas and a final "and"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def describe_facts(facts: Mapping[str, object]) -> str:
    """Return named facts joined by commas, such as "version 0.1.0, worlds 1000"."""
    return ", ".join(
        f"{name.replace('_', ' ')} {_format_fact(value)}" for name, value in facts.items()
    )


def _format_fact(value: object) -> str:
    """Return a fact as text; a digest is shortened."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return text[:8] if len(text) == _DIGEST_LENGTH else text
