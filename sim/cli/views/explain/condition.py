"""Renders the result of `sim condition`: what is left, what follows, and what it favours."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sim.analysis.conditioning.conditioning import Conditioning
from sim.analysis.conditioning.effects import Effect
from sim.analysis.conditioning.learnt import Assumptions, Learnt
from sim.analysis.conditioning.wording import ENOUGH_WORLDS
from sim.cli.numbers import format_mean_interval, format_share_interval
from sim.cli.output import open_console, print_paragraphs
from sim.cli.wording import join_first_names
from sim.experiment.storage.engine_fingerprint import engine_fingerprint
from sim.experiment.storage.metrics import Metric
from sim.model.measures.registry import MeasureKind
from sim.output import format_count
from sim.statistics.intervals import Interval

MAX_FAVOURED = 10
"""Assumptions in the table; `assumptions.csv` has all."""
_MAX_EFFECTS_NAMED = 4
_CAVEATS = (
    "Conditional frequencies under the scenario's assumptions, not forecasts.",
    (
        "Worlds that favour an assumption are evidence about reality only as far as the model is "
        "right."
    ),
)
_OTHER_ENGINE_NOTE = (
    "The model has changed since: the assumptions of the worlds were drawn again with the current "
    "version and may differ from those of the run."
)


def show_conditioning(conditioning: Conditioning) -> None:
    """Print a conditioned run to stdout, the finding first."""
    console = open_console()
    console.print(f"\n{conditioning.results.scenario.title}", style="bold", soft_wrap=True)
    print_paragraphs(console, _describe_findings(conditioning))
    _print_steps(console, conditioning)
    _print_effects(console, conditioning)
    _print_assumptions(console, conditioning.assumptions)
    changed = conditioning.results.engine != engine_fingerprint()
    console.print()
    print_paragraphs(console, [*_CAVEATS, *([_OTHER_ENGINE_NOTE] if changed else ())])
    print_paragraphs(console, [_name_worlds(conditioning)])


def _describe_findings(conditioning: Conditioning) -> Iterator[str]:
    if not conditioning.enough:
        yield _warn_of_few(conditioning)
    yield _describe_left(conditioning)
    effects = conditioning.effects
    yield from _describe_differences([effect for effect in effects if effect.differs])
    same = [effect.measure.phrase for effect in effects if not effect.differs and not effect.given]
    if same:
        yield f"No clear difference in: {join_first_names(same, _MAX_EFFECTS_NAMED)}."
    yield _describe_favoured(conditioning.assumptions)


def _warn_of_few(conditioning: Conditioning) -> str:
    counted = f"{'effective ' * conditioning.is_weighted}world"
    worlds = format_count(round(conditioning.effective), counted)
    return (
        f"Too few: {worlds} left, and fewer than {ENOUGH_WORLDS} say little. A run of about "
        f"{conditioning.worlds_needed:,} worlds (--worlds) would leave {ENOUGH_WORLDS}."
    )


def _describe_left(conditioning: Conditioning) -> str:
    left, worlds = conditioning.left, conditioning.worlds
    of_all = f"{left:,} of {worlds:,} simulated worlds" + f" ({_percent(left / worlds)})" * (
        left < worlds
    )
    if not conditioning.is_weighted:
        return f"{of_all} agree: {'; '.join(step.text for step in conditioning.steps)}."
    return (
        f"{of_all} are left. Weighted by how closely they match, they count as "
        f"{conditioning.effective:,.0f} of equal weight."
    )


def _percent(share: float) -> str:
    """Return a share as a percentage of two digits."""
    return f"{100 * share:.{0 if share >= 0.1 else 2}{'f' if share >= 0.1 else 'g'}}%"


def _describe_differences(differing: list[Effect]) -> Iterator[str]:
    """Yield what changes most clearly, then the names of what else changes."""
    if not differing:
        yield "No outcome shown differs from that of all worlds beyond chance."
        return
    first, *others = sorted(differing, key=lambda effect: -effect.standard_errors)
    change, interval = _format_difference(first)
    after, before = (
        _format_estimate(first, estimate)[0] for estimate in (first.conditional, first.overall)
    )
    yield (
        f"Most clearly different: {first.measure.phrase}, {after} in these worlds, "
        f"{before} in all ({change}, {interval})."
    )
    if others:
        names = [effect.measure.phrase for effect in others]
        yield f"Also different: {join_first_names(names, _MAX_EFFECTS_NAMED)}."


def _describe_favoured(assumptions: Assumptions) -> str:
    tested, favoured = len(assumptions.learnt), assumptions.favoured
    if not tested:
        return "All worlds have the same numbers, so that none of them is favoured."
    if not favoured:
        shift = assumptions.detectable
        seen = f"; a shift of {shift:.2g} standard deviations would show" if isfinite(shift) else ""
        return f"These worlds favour none of {tested:,} assumptions beyond chance{seen}."
    names = [f"{'higher' if each.shift.value > 0 else 'lower'} {each.key}" for each in favoured]
    return (
        f"These worlds favour {len(favoured)} of {tested:,} assumptions: "
        f"{join_first_names(names, _MAX_EFFECTS_NAMED)}."
    )


def _print_steps(console: Console, conditioning: Conditioning) -> None:
    """Print how many worlds each step leaves; where they are weighted, how many they count as."""
    weighted = conditioning.is_weighted
    table = _new_table("Conditions", "Agree", "Count as" if weighted else "Left")
    for step in conditioning.steps:
        text = f"{step.text}\n({step.reading})" if step.reading else step.text
        left = f"{step.effective:,.0f}" if weighted else f"{step.left:,}"
        table.add_row(text, f"{step.agree:,}", left)
    console.print(table)


def _print_effects(console: Console, conditioning: Conditioning) -> None:
    table = _new_table("What follows", "All", "These worlds", "Difference")
    for effect in conditioning.effects:
        if not effect.given:
            table.add_row(
                effect.measure.short_with_unit,
                _format_estimate(effect, effect.overall)[0],
                "\n".join(_format_estimate(effect, effect.conditional)),
                "\n".join(_format_difference(effect)),
            )
    console.print(table)
    given = [effect for effect in conditioning.effects if effect.given]
    if given:
        names = "; ".join(map(_describe_given, given))
        print_paragraphs(console, [f"Given by the conditions, not findings: {names}."])


def _describe_given(effect: Effect) -> str:
    """Return a measure and what it is in the worlds left, if that is the same in all."""
    value = effect.conditional.value
    if effect.measure.kind is MeasureKind.HAPPENED and value in (0, 1):
        return f"{effect.measure.phrase} ({'always' if value else 'never'})"
    return f"{effect.measure.phrase} ({_format_estimate(effect, effect.conditional)[0]})"


def _print_assumptions(console: Console, assumptions: Assumptions) -> None:
    favoured = assumptions.favoured
    if not favoured:
        return
    table = _new_table("Which assumptions they favour", "All", "These", "Shift, sd")
    for learnt in favoured[:MAX_FAVOURED]:
        table.add_row(*_assumption_cells(learnt))
    console.print(table)
    more = len(favoured) - MAX_FAVOURED
    rest = f"{more} more differ (--to DIR writes all). " if more > 0 else ""
    note = (
        f"{rest}Of the numbers named, about one in twenty may differ by chance; intervals allow "
        "for the selection."
    )
    print_paragraphs(console, [note])


def _assumption_cells(learnt: Learnt) -> tuple[str, ...]:
    unit = f"{learnt.number.low:g} to {learnt.number.high:g} {learnt.number.unit}"
    value, low, high = learnt.shift
    return (
        f"{learnt.key}: {unit}\n{' '.join(learnt.meaning.split())}".rstrip(),
        f"{learnt.before:.3g}",
        f"{learnt.after:.3g}",
        f"{value:+.2f}\n{low:.2f} to {high:.2f}",
    )


def _name_worlds(conditioning: Conditioning) -> str:
    numbers = [str(number) for number in conditioning.world_numbers[:5].tolist()]
    which = "Worlds that agree best" if conditioning.is_weighted else "Worlds left"
    results, names = conditioning.results, ", ".join(numbers)
    command = f" (sim tell {results.folder} --world {numbers[0]})" * (not results.point)
    return f"{which}: {names}{command}."


def _format_estimate(effect: Effect, estimate: Interval) -> tuple[str, str]:
    """Return an estimate and its interval, shares as percentages."""
    shares = effect.measure.kind is MeasureKind.HAPPENED
    return (format_share_interval if shares else format_mean_interval)(_as_metric(estimate))


def _format_difference(effect: Effect) -> tuple[str, str]:
    """Return a difference and its interval, shares in percentage points."""
    shares = effect.measure.kind is MeasureKind.HAPPENED
    scaled = Interval(*(100 * end for end in effect.difference)) if shares else effect.difference
    value, interval = format_mean_interval(_as_metric(scaled))
    suffix = " pp" if shares and isfinite(scaled.value) else ""
    return f"{_sign(scaled)}{value}{suffix}", f"{interval}{suffix if interval else ''}"


def _sign(estimate: Interval) -> str:
    return "+" if estimate.value > 0 else ""


def _as_metric(estimate: Interval) -> Metric:
    value, low, high = (end if isfinite(end) else None for end in estimate)
    return Metric("", "", value, low, high, 2 if value is not None else 0)


def _new_table(first_heading: str, *headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(first_heading, ratio=1, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right")
    return table
