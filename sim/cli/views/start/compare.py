"""Renders the result of `sim compare`: findings first, then one table, then what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import Console

from sim.analysis.comparison.compare import MeasureDifference, RunComparison, RunPair
from sim.analysis.comparison.findings import PairFindings, find_findings
from sim.analysis.comparison.sentences import (
    format_change,
    format_change_interval,
    write_construction,
    write_findings,
    write_four_way,
    write_heading,
)
from sim.analysis.comparison.side_names import name_sides
from sim.analysis.comparison.tables import side_letter
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs, print_wrapped
from sim.cli.views.blocks import Block, BlockRow, print_blocks
from sim.cli.views.cases import FewCases, describe_few_cases, find_few_cases
from sim.cli.views.start.compare_detail import show_detail, summarise_inputs
from sim.cli.views.start.run import nest_measures
from sim.cli.wording import CAVEATS, join_first_names
from sim.experiment.storage.results import Results
from sim.model.measures.registry import Measure, MeasureKind

_MAX_HEADING = 14
"""Characters of a name that can head a column; longer names give way to letters."""
_WIDE = 76
"""Columns from which a difference and its interval stand in one line."""
_MAX_COUNTED = 4
"""Outcomes whose four counts are written out; --detail has all."""
_MORE = (
    "More: --all (every outcome), --detail (every outcome, four-way counts, assumptions in full), "
    "--html FILE (a page with figures); sim stress A B (who comes to whom)."
)


def _show_nothing(_: Console) -> None:
    """Show nothing."""


def show_comparison(
    comparison: RunComparison,
    *,
    detail: bool = False,
    show_after_table: Callable[[Console], None] = _show_nothing,
) -> None:
    """Print a comparison to stdout, at most as wide as the terminal.

    Args:
        comparison: the comparison.
        detail: whether to add the assumptions in full, the efficiency of pairs and all counts.
        show_after_table: prints what belongs right after the tables of outcomes.
    """
    console, names = open_console(), name_sides(comparison.sides)
    for pair in comparison.pairs:
        _show_pair(console, comparison, pair, names)
    show_after_table(console)
    if detail:
        show_detail(console, comparison)
    console.print()
    console.print("What it rests on", style="bold")
    print_paragraphs(console, _list_notes(comparison, detail=detail))
    console.print()
    for index, (side, name) in enumerate(zip(comparison.sides, names, strict=True)):
        print(f"{side_letter(index)}  {name}: {side.path}")


def _list_notes(comparison: RunComparison, *, detail: bool) -> Iterator[str]:
    """Yield what the comparison rests on, and where there is more."""
    yield from summarise_inputs(comparison)
    if names := comparison.left_out:
        yield f"Left out, not measured on every side: {join_first_names(names, 6)}."
    yield from describe_few_cases(_list_few_cases(comparison))
    yield from CAVEATS
    if not detail:
        yield _MORE


def _list_few_cases(comparison: RunComparison) -> list[FewCases]:
    """Return the conditional measures with too few cases on some side, on that with fewest."""
    constructed = {name for pair in comparison.pairs for name in pair.by_construction}
    found: list[FewCases] = []
    for measure in comparison.measures:
        if measure.name not in constructed:
            fewest = min(comparison.sides, key=lambda side: side.metrics[measure.name].worlds)
            found += find_few_cases([measure], fewest.metrics, len(fewest.worlds))
    return found


def _show_pair(
    console: Console, comparison: RunComparison, pair: RunPair, names: Sequence[str]
) -> None:
    findings = find_findings(comparison, pair)
    with_name, without_name = names[pair.other_index], names[pair.base_index]
    if pair is not comparison.pairs[0]:
        console.print()
    print_wrapped(console, write_heading(findings, with_name, without_name), style="bold")
    print_paragraphs(console, write_findings(findings))
    if note := write_construction(findings):
        print_paragraphs(console, [note])
    if pair.unpaired_reason:
        print_paragraphs(console, [_explain_unpaired(pair.unpaired_reason)])
    sides = [comparison.sides[index] for index in _order_sides(pair)]
    if not _fit_columns(pair, names):
        console.print()
        print_wrapped(console, _explain_letters(pair, names))
    print_blocks(console, _build_blocks(comparison, pair, sides, names, console.width))
    if counted := list(_count_pairs(findings)):
        console.print()
        print_paragraphs(console, counted)


def _explain_unpaired(reason: str) -> str:
    return (
        f"The worlds are not paired: {reason}. The intervals are wider than necessary; run both "
        "with the same --worlds and --seed to pair them."
    )


def _build_blocks(
    comparison: RunComparison,
    pair: RunPair,
    sides: Sequence[Results],
    names: Sequence[str],
    width: int,
) -> list[Block]:
    """Return what happened, how much, and what is so by construction, on both sides."""
    headings = (*_name_columns(pair, names), "Difference (95%)")
    differences = {difference.measure.name: difference for difference in pair.differences}
    found = [difference.measure for difference in pair.findings]
    groups = {
        "Did it happen? Share of worlds": [m for m in found if m.kind is MeasureKind.HAPPENED],
        "How much? Mean": [m for m in found if m.kind is MeasureKind.AMOUNT],
        "By construction": [m for m in comparison.measures if m.name in pair.by_construction],
    }
    return [
        Block(
            title,
            headings,
            [
                BlockRow(
                    label,
                    (
                        *(_format_value(measure, side) for side in sides),
                        "by construction"
                        if measure.name in pair.by_construction
                        else _format_difference(differences[measure.name], width),
                    ),
                    depth,
                )
                for measure, label, depth in nest_measures(measures)
            ],
        )
        for title, measures in groups.items()
    ]


def _name_columns(pair: RunPair, names: Sequence[str]) -> list[str]:
    """Return the headings of the two sides, in the order in which they were named."""
    fit = _fit_columns(pair, names)
    return [names[index] if fit else side_letter(index) for index in _order_sides(pair)]


def _fit_columns(pair: RunPair, names: Sequence[str]) -> bool:
    """Whether both names are short enough to head a column."""
    return all(len(names[index]) <= _MAX_HEADING for index in _order_sides(pair))


def _explain_letters(pair: RunPair, names: Sequence[str]) -> str:
    return ". ".join(f"{side_letter(index)}: {names[index]}" for index in _order_sides(pair)) + "."


def _order_sides(pair: RunPair) -> list[int]:
    """Return the indices of both sides in the order in which they were named."""
    return sorted((pair.other_index, pair.base_index))


def _format_value(measure: Measure, side: Results) -> str:
    happened = measure.kind is MeasureKind.HAPPENED
    return (format_share_interval if happened else format_mean_interval)(
        side.metrics[measure.name]
    )[0]


def _format_difference(difference: MeasureDifference, width: int) -> str:
    """Return a difference with its interval, in one line or two."""
    if not difference.worlds:
        return "n/a"
    if difference.identical:
        return "same in all pairs"
    if difference.change.value != difference.change.value:
        return "no mean"
    interval = format_change_interval(difference).removesuffix(" pp")
    if not interval:
        return format_change(difference)
    return f"{format_change(difference)}{' ' if width >= _WIDE else chr(10)}({interval})"


def _count_pairs(findings: PairFindings) -> Iterator[str]:
    """Yield in how many pairs each outcome that moved occurred, the largest first."""
    counted = [found for found in findings.moved if found.four_way]
    for found in counted[:_MAX_COUNTED]:
        assert found.four_way is not None
        yield write_four_way(found.measure, found.four_way, by_treaty=findings.treaties > 0)
