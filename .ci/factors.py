"""Renews the table in docs/compare.md of what pairs of worlds save: `python .ci/factors.py`.

Simulates the pact and no pact, 1,000 worlds each, and lists every measure in which they differ.
"""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, compare_runs
from sim.analysis.data.resolve import RunSettings, ensure_simulated
from sim.cli.views.compare import format_difference, format_fewer_worlds

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "compare.md"
PLACE = re.compile(r"(?<=writes from here -->\n).*(?=<!-- to here -->)", re.DOTALL)
WORLDS = 1000


def page(comparison: RunComparison) -> str:
    """Return the table in Markdown, with what it leaves out."""
    pair = comparison.pairs[0]
    defined = [measure for measure in pair.differences if measure.worlds]
    other = [row for row in defined if not row.same]
    differing = [row for row in other if row.fewer is not None and isfinite(row.fewer)]
    saved = sorted(row.fewer or 0 for row in differing)
    ten = sum(factor >= 10 for factor in saved)
    seed, half = comparison.sides[0].scenario.seed, saved[len(saved) // 2]
    return (
        f"The pact against no pact, {WORLDS:,} pairs, seed {seed}. Of {len(defined)} measures "
        f"that\nboth scenarios define, {len(defined) - len(other)} are the same in every pair. "
        f"Of the {len(differing)} others that vary,\n{ten} need at least ten times fewer worlds, "
        f"half of them {half:,.0f} times or more. Headlines are bold.\n\n"
        "| Measure | The pact minus no pact | 95% interval | Fewer worlds |\n|---|---|---|---|\n"
        + "".join(map(format_row, differing))
    )


def format_row(difference: MeasureDifference) -> str:
    """Return one line of the table."""
    measure = difference.measure
    name = f"**`{measure.name}`**" if measure.headline else f"`{measure.name}`"
    cells = (name, *format_difference(difference), format_fewer_worlds(difference))
    return f"| {' | '.join(cells)} |\n"


def main() -> None:
    """Simulate both scenarios and paste the table."""
    scenarios = [TOP / "scenarios" / f"{name}.toml" for name in ("pact", "no_pact")]
    with TemporaryDirectory() as out:
        folders = ensure_simulated(scenarios, RunSettings(worlds=WORLDS), Path(out))
        table = page(compare_runs(folders, every=True))
    PAGE.write_text(PLACE.sub(lambda _: f"\n{table}\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
