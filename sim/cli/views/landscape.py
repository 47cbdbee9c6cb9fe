"""What is shown of a landscape: the camps, and what to be careful about."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from sim.analysis.landscape import Alignment
from sim.cli.wording import format_count
from sim.scenario.schema.scenario import Scenario

MAX_ALIGNMENTS_SHOWN = 8
"""Alignments in the table; the file has all."""

_READING_NOTES = (
    "Strain: how much of all that draws actors together or apart an alignment goes against.",
    "Deepest: no alignment is under less strain; share of worlds.",
    "Stable: nobody gains by changing sides alone; share of worlds.",
    (
        "Basin: from how many of all alignments it is reached, one actor after the other changing "
        "sides, always the one that relieves most strain."
    ),
    "Basin and strain are means over the worlds where it is stable.",
)
_CAVEATS = (
    (
        "How much affinity, common adversaries, rivalry, war and treaties weigh is judgement "
        "(rules.alignment). Treaties are among them, so that allies stand together is in part put "
        "in: --set rules.alignment.aid=0 leaves promises of aid out."
    ),
    (
        "Where the idea was tried, on Europe before 1939, its success is fragile: in a "
        "reconstruction, 12 per cent of random recodings give just the two alignments published "
        "for 1936."
    ),
)


def show_landscape(alignments: list[Alignment], scenario: Scenario, month: int) -> None:
    """Print the camps to stdout, the deepest first."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"\n{scenario.title}: two camps {_describe_month(scenario, month)}", style="bold")
    console.print(_build_table(alignments[:MAX_ALIGNMENTS_SHOWN], scenario))
    if more := alignments[MAX_ALIGNMENTS_SHOWN:]:
        left = format_count(len(more), "alignment is", "alignments are")
        console.print(f"  {left} stable in some worlds as well; --csv lists them.\n")
    for heading, lines in (("What it says", _READING_NOTES), ("What it rests on", _CAVEATS)):
        console.print(heading, style="bold")
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2)))


def _describe_month(scenario: Scenario, month: int) -> str:
    when = f"after {format_count(month, 'month', 'months')}" if month else "on the opening day"
    return f"{when}, in {format_count(scenario.worlds, 'world', 'worlds')}"


def _build_table(alignments: list[Alignment], scenario: Scenario) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Camps", ratio=1, overflow="fold")
    for heading in ("Deepest", "Stable", "Basin", "Strain"):
        table.add_column(heading, justify="right")
    for one in alignments:
        shares = (one.deepest / scenario.worlds, one.stable / scenario.worlds)
        figures = (_format_percent(share) for share in (*shares, one.basin, one.strain))
        table.add_row(_name_sides(one, scenario), *figures)
    return table


def _name_sides(alignment: Alignment, scenario: Scenario) -> str:
    lines = ["all in one camp"]
    if alignment.other_camp:
        other = f"against {_join_actor_names(alignment.other_camp, scenario)}"
        lines = [_join_actor_names(alignment.camp, scenario), other]
    if alignment.misplaced:
        lines.append(
            f"(parted from all sworn allies: {_join_actor_names(alignment.misplaced, scenario)})"
        )
    return "\n".join(lines) + "\n"


def _join_actor_names(codes: tuple[str, ...], scenario: Scenario) -> str:
    return ", ".join(scenario.actors[code].name for code in codes)


def _format_percent(share: float) -> str:
    return f"{100 * share:.1f} %"
