"""Renders the result of `sim stress`: the findings, who comes, how far it goes, and each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table

from sim.analysis.stress.construction import list_rules
from sim.analysis.stress.difference_findings import summarise_comparison
from sim.analysis.stress.findings import summarise_matrix
from sim.analysis.stress.matrix import Cell, StressComparison, StressMatrix
from sim.analysis.stress.matrix import compare_stress as compare
from sim.analysis.stress.names import abbreviate_crisis
from sim.analysis.stress.openings import CrisisKind, CrisisOpening, find_war_under_way
from sim.cli.output import open_console, print_paragraphs
from sim.cli.views.start.stress_cells import format_help, format_help_difference, format_percent
from sim.cli.views.start.stress_detail import show_detail
from sim.cli.wording import CAVEATS
from sim.output import format_count
from sim.statistics.intervals import wilson_interval

_LABEL_WIDTH, _HELP_WIDTH, _SHARE_WIDTH = 16, 7, 6
"""Letters of a crisis, of help such as (54m) 1, and of a share; a letter stands between columns."""
_SHARES = {
    "Third\nparty": ("third_party", ""),
    "No\nhelp": ("alone", ""),
    "At\nwar": ("ending", "at_war"),
    "Peace": ("ending", "settled"),
    "Won": ("ending", "attacker_won"),
    "Lost": ("ending", "attacked_won"),
}
"""Columns of the table of how far it goes: heading, outcome and ending."""
_SHARE_NOTE = (
    "Per cent of worlds. Third party: another actor enters at open war. No help: the attacked side "
    "gets no aid. At war: after the last month. "
    "Won, lost: by the attacker. The rest of 100 was never at war."
)
_HELP_NOTE = (
    "{} > {}: {} attacks {}. Per cent of worlds in which an actor sends aid, to the attacked "
    "side or (in brackets) to the attacker. Most often it is m materiel, t troops or w open war. A "
    "dot: it never does."
)
_DIFFERENCE_NOTE = (
    "Percentage points in paired worlds: of aid of any level or, with a w, of open war, whichever "
    "changes more; (in brackets) for the attacker. A dot: the 95% interval includes zero. c: by "
    "construction, see below."
)


def show_stress(matrices: Sequence[StressMatrix], *, detail: bool = False) -> None:
    """Print one matrix, or the first of several and how the others differ from it."""
    console, first = open_console(), matrices[0]
    comparisons = [compare(first, other) for other in matrices[1:]]
    console.print(fill(_describe_run(first), console.width), style="bold", soft_wrap=True)
    print_paragraphs(console, _find_sentences(first, comparisons))
    _show_matrix(console, first)
    for comparison in comparisons:
        _show_comparison(console, comparison)
    if detail:
        show_detail(console, first, comparisons)
    console.print("\nHow to read it", style="bold")
    print_paragraphs(console, _list_notes(first, comparisons, detail=detail))


def _describe_run(matrix: StressMatrix) -> str:
    crises = format_count(
        sum(o.kind is not CrisisKind.NONE for o in matrix.openings), "crisis", "crises"
    )
    return (
        f"{matrix.scenario.title}: if X attacks Y, who comes? ({crises} opened in month 1, "
        f"{format_count(matrix.worlds, 'world')} each, {format_count(matrix.months, 'month')})"
    )


def _find_sentences(first: StressMatrix, comparisons: list[StressComparison]) -> Iterator[str]:
    """Yield what differs, if anything is compared, and then what stands out."""
    for comparison in comparisons:
        yield from summarise_comparison(comparison)
    yield from summarise_matrix(first)


def _list_notes(
    matrix: StressMatrix, comparisons: list[StressComparison], *, detail: bool
) -> Iterator[str]:
    for text in list_rules(matrix, comparisons):
        yield f"By construction, not a finding: {text}"
    yield from _list_wars_under_way(matrix)
    if not detail:
        _, low, high = wilson_interval(matrix.worlds // 2, matrix.worlds)
        yield (
            f"The 95% intervals of shares are at most {ceil(50 * (high - low))} percentage points "
            "either way; --detail shows them."
        )
    yield from CAVEATS


def _list_wars_under_way(matrix: StressMatrix) -> Iterator[str]:
    """Yield what is opened where the two are at war already."""
    actors = matrix.scenario.actors
    for opening in matrix.openings:
        war = find_war_under_way(matrix.scenario, opening.rivalry)
        if war and opening.kind is CrisisKind.HOME_SOIL:
            aided = ", ".join(actors[code].name for code in war.support)
            yield (
                f"{actors[opening.attacker].name} and {actors[opening.attacked].name} are at war "
                f"since {war.since}: the crisis is an attack on home soil. Only aid beyond that of "
                f"the opening day counts{f' (already aiding: {aided})' if aided else ''}."
            )
        elif opening.kind is CrisisKind.NONE:
            yield f"{abbreviate_crisis(opening)}: the same worlds without a crisis, for comparison."


# -- tables ---------------------------------------------------------------------------------------


def _show_matrix(console: Console, matrix: StressMatrix) -> None:
    console.print("\nWho comes to whom", style="bold")
    _print_help(console, matrix, lambda opening, actor: format_help(matrix, opening, actor))
    pair = (matrix.openings[0].attacker, matrix.openings[0].attacked)
    print_paragraphs(console, [_HELP_NOTE.format(*pair, *pair)])
    console.print("\nHow far it goes", style="bold")
    console.print(_build_share_table(matrix))
    print_paragraphs(console, [_SHARE_NOTE])
    promises = _build_promise_table(matrix)
    if not promises.row_count:
        return
    console.print("\nWho is abandoned, who is entrapped", style="bold")
    console.print(promises)
    note = "Per cent of worlds: refused aid that was promised; entrapped in the war by its promise."
    print_paragraphs(console, [note])


def _show_comparison(console: Console, comparison: StressComparison) -> None:
    titles = [matrix.scenario.title for matrix in (comparison.with_, comparison.without)]
    console.print(f"\nWho comes to whom: {titles[0]} minus {titles[1]}", style="bold")
    _print_help(
        console,
        comparison.with_,
        lambda opening, actor: format_help_difference(comparison, opening, actor),
    )
    print_paragraphs(console, [_DIFFERENCE_NOTE])


def _print_help(
    console: Console, matrix: StressMatrix, format_cell: Callable[[CrisisOpening, str], str]
) -> None:
    """Print a table of crises by actors, in several parts where it would be too wide."""
    per_part = max(1, (console.width - _LABEL_WIDTH) // (_HELP_WIDTH + 1))
    for start in range(0, len(matrix.actors), per_part):
        actors = matrix.actors[start : start + per_part]
        table = _new_table([code.replace("_", "\n") for code in actors], _HELP_WIDTH)
        for opening in matrix.openings:
            rivals = (opening.attacker, opening.attacked)
            cells = ("" if actor in rivals else format_cell(opening, actor) for actor in actors)
            table.add_row(abbreviate_crisis(opening), *cells)
        console.print(table)


def _build_share_table(matrix: StressMatrix) -> Table:
    table = _new_table(list(_SHARES), _SHARE_WIDTH)
    for opening in matrix.openings:
        cells = (Cell(str(opening), outcome, level=level) for outcome, level in _SHARES.values())
        shares = (format_percent(matrix.interval(cell).value) for cell in cells)
        table.add_row(abbreviate_crisis(opening), *shares)
    return table


def _build_promise_table(matrix: StressMatrix) -> Table:
    table = _new_table(["Abandoned", "Entrapped"])
    for opening in matrix.openings:
        texts = [_list_actors(matrix, opening, outcome) for outcome in ("abandoned", "entrapped")]
        if any(texts):
            table.add_row(abbreviate_crisis(opening), *texts)
    return table


def _list_actors(matrix: StressMatrix, opening: CrisisOpening, outcome: str) -> str:
    """Return the actors of whom an outcome is true in at least 1% of worlds, most first."""
    shares = {
        actor: matrix.interval(Cell(str(opening), outcome, actor)).value
        for actor in matrix.actors
        if outcome == "abandoned" or actor not in (opening.attacker, opening.attacked)
    }
    most = sorted(shares, key=lambda actor: -shares[actor])
    return ", ".join(f"{a} {format_percent(shares[a])}" for a in most if shares[a] >= 0.01)


def _new_table(headings: Sequence[str], width: int | None = None) -> Table:
    """Return an empty table of crises: columns of numbers of a width, or of texts of any."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    table.add_column("Crisis", width=_LABEL_WIDTH, overflow="fold")
    for heading in headings:
        justify: JustifyMethod = "right" if width else "left"
        table.add_column(heading, justify=justify, width=width, overflow="fold")
    return table
