"""The message where no world is left: which condition removed the last, and what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.analysis.conditioning.evaluate import describe_recorded, find_occurrences
from sim.analysis.conditioning.events import Tables
from sim.analysis.conditioning.steps import Factor, Step
from sim.analysis.conditioning.wording import ENOUGH_WORLDS, round_up, wrap_listing
from sim.output import format_count
from sim.statistics.intervals import clopper_pearson_interval


def explain_none_left(steps: Sequence[Step], factors: Sequence[Factor], tables: Tables) -> str:
    """Return which condition removed the last worlds, with the count after each up to it."""
    last = next(place for place, step in enumerate(steps) if not step.left)
    worlds = len(tables.results.worlds)
    removed = f"the last {steps[last - 1].left:,}" if last else "all"
    most = clopper_pearson_interval(0, worlds).high
    return "\n".join(
        [
            f"no world of {worlds:,} is left: {steps[last].text!r} removes {removed}",
            *_count_table(steps[: last + 1]),
            *(_describe_alone(factors[last], tables) if not steps[last].agree else ()),
            f"    At most {100 * most:.2g}% of worlds agree (95%): loosen a condition,",
            f"    or simulate {round_up(ENOUGH_WORLDS / most):,} worlds or more",
        ]
    )


def _count_table(steps: Sequence[Step]) -> Iterator[str]:
    width = max(len(step.text) for step in steps)
    yield f"    {'':{width}}  {'agree':>9}  {'left':>9}"
    for step in steps:
        yield f"    {step.text:{width}}  {step.agree:>9,}  {step.left:>9,}"


def _describe_alone(factor: Factor, tables: Tables) -> Iterator[str]:
    """Yield when a condition that no world meets is met at all, or what is recorded instead."""
    condition = factor.condition
    if condition.name in tables.results.measures and not condition.span:
        return
    occurrences = find_occurrences(condition, tables)
    if len(occurrences.index):
        worlds = format_count(int(occurrences.within(None).sum()), "world")
        first, last = int(occurrences.month.min()), int(occurrences.month.max())
        yield f"    it occurs in {worlds}, in months {first} to {last}"
    else:
        yield from (wrap_listing(*line) for line in describe_recorded(condition, tables))
