"""Figures and small print in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sim.report.run_view import Run

_DIGEST_LENGTH = 64
"""Letters of a digest in full."""


def format_percent(fraction: object) -> str:
    """Return a share in per cent, with a decimal where it is close to none or all."""
    return f"{format_share(fraction)}\N{NO-BREAK SPACE}%"


def format_share(fraction: object) -> str:
    """Return the figure of a share in per cent, without the sign."""
    figure = 100 * float(str(fraction))
    digits = 1 if 0 < figure < 9.95 or 90 < figure < 100 else 0
    return f"{figure:.{digits}f}"


def format_amount(value: float) -> str:
    """Return an amount with three figures that count, and never in powers of ten."""
    exact = Decimal(f"{value:.3g}") + 0  # adding zero turns -0 into 0
    said = f"{value:,.0f}" if abs(value) >= 1000 else f"{exact:f}"
    return said.replace("-", "\N{MINUS SIGN}")


def describe_extent(run: Run) -> str:
    """Return how many worlds a run has, of how many months."""
    return f"{format_plural(run.worlds, 'world')} of {format_plural(run.months, 'month')}"


def format_plural(count: int, noun: str) -> str:
    """Return a number of things, such as "1 world" or "1,000 worlds"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def write_small_print(runs: Sequence[Run]) -> str:
    """Return how many worlds the runs have, of how many months, and with which luck."""
    said = dict.fromkeys(f"{describe_extent(run)}, seed {run.scenario.seed}" for run in runs)
    each = "In each run " if len(said) == 1 and len(runs) > 1 else ""
    return f"{each}{'; '.join(said)}."


def format_page_cell(value: object) -> str:
    """Return a cell of a table on a page: no more digits than an eye can use."""
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def capitalise_first(text: str) -> str:
    """Return words with a capital to begin with."""
    return text[:1].upper() + text[1:]


def join_names(names: Sequence[str]) -> str:
    """Return names in a row, as a sentence has them."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def describe_facts(facts: Mapping[str, object]) -> str:
    """Return named facts in a row, such as "version 0.1.0, worlds 1000"."""
    return ", ".join(
        f"{name.replace('_', ' ')} {_format_fact(value)}" for name, value in facts.items()
    )


def _format_fact(value: object) -> str:
    """Return a fact; of a digest, as much as tells it from others."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = str(value)
    return said[:8] if len(said) == _DIGEST_LENGTH else said
