"""Renews the table in docs/compare.md of what pairs of worlds save: `python .ci/factors.py`.

Simulates the pact and no pact, 1,000 worlds each, and lists every measure in which they diverge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, compare_runs
from sim.analysis.data.resolve import RunSettings, ensure_simulated
from sim.cli.views.start.compare_detail import format_difference, format_fewer_worlds

TOP = Path(__file__).resolve().parents[1]
PAGE = TOP / "docs" / "compare.md"
PLACE = re.compile(r"(?<=writes from here -->\n).*(?=<!-- to here -->)", re.DOTALL)
WORLDS = 1000


def render_table(comparison: RunComparison) -> str:
    """Return the table in Markdown, with what it leaves out."""
    compared = [difference for difference in comparison.pairs[0].differences if difference.worlds]
    varying = list(select_varying(compared))
    savings = sorted(difference.efficiency or 0 for difference in varying)
    tenfold = sum(saving >= 10 for saving in savings)
    seed, median = comparison.sides[0].scenario.seed, savings[len(savings) // 2]
    return (
        f"The pact against no pact, {WORLDS:,} pairs, seed {seed}. Of {len(compared)} measures\n"
        f"that both runs report, {sum(d.identical for d in compared)} are the same in every pair. "
        f"Of the {len(varying)} others,\n{tenfold} need at least ten times fewer worlds, "
        f"half of them {median:,.0f} times or more. Headlines are bold.\n\n"
        "| Measure | The pact minus no pact | 95% interval | Fewer worlds |\n|---|---|---|---|\n"
        + "".join(map(render_row, varying))
    )


def select_varying(compared: Iterable[MeasureDifference]) -> Iterable[MeasureDifference]:
    """Yield the measures that differ in some pair, as far as the saving is a number."""
    for difference in compared:
        saving = difference.efficiency
        if not difference.identical and saving is not None and isfinite(saving):
            yield difference


def render_row(difference: MeasureDifference) -> str:
    """Return one line of the table."""
    measure = difference.measure
    name = f"**`{measure.name}`**" if measure.headline else f"`{measure.name}`"
    cells = (*format_difference(difference), format_fewer_worlds(difference))
    return f"| {name} | {' | '.join(cells)} |\n"


def main() -> None:
    """Simulate both scenarios and paste the table."""
    scenarios = [TOP / "scenarios" / f"{name}.toml" for name in ("pact", "no_pact")]
    with TemporaryDirectory() as out:
        folders = ensure_simulated(scenarios, RunSettings(worlds=WORLDS), Path(out))
        table = render_table(compare_runs(folders, all_measures=True))
    PAGE.write_text(PLACE.sub(lambda _: f"\n{table}\n", PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
