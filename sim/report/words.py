"""Figures and small print in words."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.run import Run


def percent(share: object) -> str:
    """Return a share in per cent, with a decimal where it is close to none or all."""
    figure = 100 * float(str(share))
    return f"{figure:.1f} %" if 0 < figure < 9.95 or 90 < figure < 100 else f"{figure:.0f} %"


def small_print(runs: Sequence[Run]) -> str:
    """Return how many worlds the runs have, of how many months, and with which luck."""
    said = dict.fromkeys(
        f"{run.worlds:,} worlds of {run.months} months, seed {run.scenario.seed}" for run in runs
    )
    each = "In each run " if len(said) == 1 and len(runs) > 1 else ""
    return f"{each}{'; '.join(said)}."
