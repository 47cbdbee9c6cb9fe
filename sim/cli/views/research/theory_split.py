"""Renders `sim sensitivity --theories`: theory, assumptions and chance, and each theory's mean."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.analysis.sensitivity.theory_split import TheorySplit
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import MeasureKind
from sim.output import format_count
from sim.scenario.schema.scenario import Scenario
from sim.statistics.intervals import Interval

_NEXT_TO_NOTHING = 0.001
_EQUAL_WEIGHT = (
    "Each theory counts the same: the share due to theory is that of somebody who finds all of "
    "them equally credible. docs/theories/rivals.md says how each predicts past wars."
)


def show_theory_split(split: TheorySplit, scenario: Scenario) -> None:
    """Print the decomposition to stdout."""
    console = open_console()
    title = f"\n{scenario.title}: {split.measure.short_with_unit}"
    console.print(title, style="bold", soft_wrap=True)
    console.print("\nWhere the spread between worlds comes from", style="bold")
    print_paragraphs(console, [_describe_shares(split)])
    console.print("\nUnder each theory of honouring", style="bold")
    console.print(_build_means(split))
    print_paragraphs(console, _list_notes(split))


def _describe_shares(split: TheorySplit) -> str:
    if not split.is_known:
        differ = format_count(split.differing_worlds, "world differs", "worlds differ")
        return (
            f"Too rare to estimate: {differ} from the others, of {split.worlds:,}. About "
            f"{split.worlds_needed:,} worlds would be enough."
        )
    parts = (f"{name} {format_part(share)}" for name, share in split.shares.items())
    return f"{', '.join(parts).capitalize()}."


def format_part(share: Interval) -> str:
    """Return a share of the spread with its interval, or that it is next to nothing."""
    if share.high < _NEXT_TO_NOTHING:
        return "0% (below 0.1%)"
    return f"{' ('.join(format_share_interval(_as_metric(share)))})"


def _build_means(split: TheorySplit) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Theory")
    table.add_column("Share" if _is_share(split) else "Mean", justify="right")
    table.add_column("95% interval", justify="right")
    for name, mean in split.means.items():
        form = format_share_interval if _is_share(split) else format_mean_interval
        value, interval = form(_as_metric(mean)) if isfinite(mean.value) else ("n/a", "")
        table.add_row(name.replace("_", " "), value, interval)
    return table


def _is_share(split: TheorySplit) -> bool:
    return split.measure.kind is MeasureKind.HAPPENED


def _as_metric(estimate: Interval) -> Metric:
    value, low, high = (x if isfinite(x) else None for x in estimate)
    return Metric("", "", value, low, high, 1)


def _list_notes(split: TheorySplit) -> Iterator[str]:
    yield (
        f"{format_count(len(split.means), 'theory', 'theories')}, each with the same {split.draws} "
        f"draws of assumptions and the same {split.streams} random streams for each."
    )
    if split.measure.given:
        yield f"Defined only where {split.measure.given}: in {split.defined_worlds:,} worlds."
    yield _EQUAL_WEIGHT
