"""`sim debrief`: one page on a game that was played."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_scenarios
from sim.cli.options import OpenOption, OutOption, WorkersOption
from sim.cli.whole_number import whole_number_option

if TYPE_CHECKING:
    from sim.play.debrief.build import Debrief
    from sim.play.debrief.request import DebriefRequest
    from sim.play.debrief.runs import Simulation

_GameArgument = Annotated[
    Path,
    typer.Argument(
        metavar="GAME",
        help="The scenario file of a game, as sim play writes it.",
        autocompletion=complete_scenarios,
    ),
]
_PageOption = Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")]
_MovesOption = Annotated[
    bool, typer.Option("--moves", help="Only list the decisions of the game, by number.")
]
_TurnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--turn",
        metavar="N=LEVEL",
        help="Fork the game at decision N, with another level; repeatable, twice at most.",
    ),
]
_WithoutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="SCENARIO",
        help="Play the same decisions there; by default in the same scenario without its treaty.",
        autocompletion=complete_scenarios,
    ),
]
_BesideOption = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="GAME", help="Show another room's game of the same scenario too; repeatable."
    ),
]
_BetsOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What was guessed, with lines such as war_wider = [10, 40]."),
]
_WorldsOption = Annotated[
    int, whole_number_option(least=2, text="Ordinary worlds beside the game.")
]
_ForkWorldsOption = Annotated[int, whole_number_option(least=2, text="Pairs of worlds of a fork.")]
_OverwriteOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing page.")]


def debrief(
    ctx: typer.Context,
    game: _GameArgument,
    *,
    html: _PageOption = Path("debrief.html"),
    moves: _MovesOption = False,
    turn: _TurnOption = None,
    without: _WithoutOption = None,
    beside: _BesideOption = None,
    bets: _BetsOption = None,
    worlds: _WorldsOption = 10_000,
    fork_worlds: _ForkWorldsOption = 1000,
    force: _OverwriteOption = False,
    open_: OpenOption = False,
    workers: WorkersOption = None,
    out: OutOption = Path("results"),
) -> None:
    """Write one page on a game: beside ordinary worlds, without the treaty, and forked."""
    from sim.cli.views.start.debrief import show_debrief, show_moves  # noqa: PLC0415
    from sim.experiment.storage.atomic import require_absent  # noqa: PLC0415
    from sim.play.debrief.bets import read_bets  # noqa: PLC0415
    from sim.play.debrief.choices import list_turns  # noqa: PLC0415
    from sim.play.debrief.request import DebriefRequest  # noqa: PLC0415
    from sim.play.debrief.turns import read_turns  # noqa: PLC0415

    if moves:
        show_moves(list_turns(game))
        return
    if not force:
        require_absent(html, "--force overwrites it", "--html")
    request = DebriefRequest(
        game,
        worlds,
        fork_worlds,
        read_turns(game, turn or ()),
        read_bets(bets) if bets else (),
        without,
        tuple(beside or ()),
    )
    show_debrief(_write(request, html, _simulation(ctx, workers, out), open_=open_))


def _simulation(ctx: typer.Context, workers: int | None, out: Path) -> Simulation:
    from sim.cli import progress  # noqa: PLC0415
    from sim.experiment.run import RunOptions  # noqa: PLC0415
    from sim.play.debrief.runs import Simulation  # noqa: PLC0415

    track = partial(progress.track_worlds, resumes=True)
    return Simulation(out, RunOptions(workers=workers, command=ctx.obj), track)


def _write(request: DebriefRequest, html: Path, simulation: Simulation, *, open_: bool) -> Debrief:
    """Simulate what is missing, and write the page."""
    from sim.cli.pages import writing_page  # noqa: PLC0415
    from sim.experiment.storage.atomic import write_file  # noqa: PLC0415
    from sim.play.debrief.build import build_debrief  # noqa: PLC0415
    from sim.play.debrief.page import render_debrief  # noqa: PLC0415

    built = build_debrief(request, simulation)
    with writing_page(html, open_=open_):
        write_file(html, render_debrief(built).encode(), overwrite=True, option="--html")
    return built
