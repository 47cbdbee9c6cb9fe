"""Renders the result of `sim landscape`: the camps, and caveats."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table

from sim.analysis.landscape import Alignment
from sim.cli.output import open_console
from sim.output import format_count
from sim.scenario.schema.scenario import Scenario

MAX_ALIGNMENTS_SHOWN = 8
"""Alignments in the table; the file has all."""

_READING_NOTES = (
    "Strain: the share of all attraction and repulsion between actors that an alignment violates.",
    "Deepest: share of worlds in which no alignment has less strain.",
    "Stable: share of worlds in which no actor gains by changing sides alone.",
    (
        "Basin: share of all alignments from which it is reached when actors change sides one by "
        "one, always the one that relieves most strain."
    ),
    "Basin and strain are means over the worlds in which it is stable.",
)
_CAVEATS = (
    (
        "The weights of affinity, common adversaries, rivalry, war and treaties are judgement "
        "(rules.alignment). Treaties are among them, so it is partly by construction that allies "
        "stand together: --set rules.alignment.aid=0 excludes defence commitments."
    ),
    (
        "The published application of this theory, to Europe before 1939, is fragile: in a "
        "reconstruction, 12% of random recodings give exactly the two alignments published for "
        "1936."
    ),
)


def show_landscape(alignments: list[Alignment], scenario: Scenario, month: int) -> None:
    """Print the camps to stdout, the deepest first."""
    console = open_console()
    console.print(f"\n{scenario.title}: two camps {_describe_month(scenario, month)}", style="bold")
    console.print(_build_table(alignments[:MAX_ALIGNMENTS_SHOWN], scenario))
    if more := alignments[MAX_ALIGNMENTS_SHOWN:]:
        others = format_count(len(more), "alignment is", "alignments are")
        console.print(f"  {others} stable in some worlds as well; --csv lists them.\n")
    for heading, lines in (("How to read it", _READING_NOTES), ("What it rests on", _CAVEATS)):
        console.print(heading, style="bold")
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2)))


def _describe_month(scenario: Scenario, month: int) -> str:
    when = f"after {format_count(month, 'month')}" if month else "on the opening day"
    return f"{when}, in {format_count(scenario.worlds, 'world')}"


def _build_table(alignments: list[Alignment], scenario: Scenario) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Camps", ratio=1, overflow="fold")
    for heading in ("Deepest", "Stable", "Basin", "Strain"):
        table.add_column(heading, justify="right")
    for alignment in alignments:
        shares = (alignment.deepest / scenario.worlds, alignment.stable / scenario.worlds)
        cells = (_format_percent(x) for x in (*shares, alignment.basin, alignment.strain))
        table.add_row(_name_sides(alignment, scenario), *cells)
    return table


def _name_sides(alignment: Alignment, scenario: Scenario) -> str:
    lines = ["all in one camp"]
    if alignment.other_camp:
        other = f"against {_join_actor_names(alignment.other_camp, scenario)}"
        lines = [_join_actor_names(alignment.camp, scenario), other]
    if alignment.misplaced:
        names = _join_actor_names(alignment.misplaced, scenario)
        lines.append(f"(separated from all treaty allies: {names})")
    return "\n".join(lines) + "\n"


def _join_actor_names(codes: tuple[str, ...], scenario: Scenario) -> str:
    return ", ".join(scenario.actors[code].name for code in codes)


def _format_percent(share: float) -> str:
    return f"{100 * share:.1f}%"
