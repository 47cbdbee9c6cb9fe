"""`sim play`: a class plays the states of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.completion import complete_inputs
from sim.cli.whole_number import whole_number_option
from sim.errors import RequestError

if TYPE_CHECKING:
    from sim.play.classroom import Classroom

_GameArgument = Annotated[
    Path,
    typer.Argument(
        metavar="GAME",
        help="A scenario, such as pact; or the file of a class, which goes on.",
        autocompletion=complete_inputs,
    ),
]
_LanOption = Annotated[
    bool, typer.Option("--lan", help="Let phones in the same network join; says what it opens.")
]
_HotSeatOption = Annotated[
    bool, typer.Option("--hot-seat", help="Play in this terminal, in turns, without a server.")
]
_ClassOption = Annotated[
    Path, typer.Option("--class", metavar="FILE", help="Where the class is saved.")
]
_WorldOption = Annotated[
    int | None,
    whole_number_option(least=0, metavar="K", text="Play in this world; else in any."),
]
_RoomsOption = Annotated[
    int, whole_number_option(least=1, most=12, text="Rooms, all with the same world.")
]
_SeatsOption = Annotated[
    list[str] | None,
    typer.Option("--seat", metavar="ACTOR", help="Only this actor is played; repeatable."),
]
_PortOption = Annotated[
    int, whole_number_option(most=65535, text="The port; 0 for any that is free.")
]
_SheetSecondsOption = Annotated[
    int, whole_number_option(least=10, most=3600, text="Seconds for an order sheet.")
]
_CrisisSecondsOption = Annotated[
    int, whole_number_option(least=10, most=3600, text="Seconds for the answer to a crisis.")
]
_CheckOption = Annotated[
    bool, typer.Option("--check", help="Try the addresses of this computer, and end.")
]
_ForgetOption = Annotated[bool, typer.Option("--forget", help="Delete the file of a class.")]
_OpenOption = Annotated[bool, typer.Option("--open", help="Open the teacher's page in a browser.")]


def play(
    game: _GameArgument,
    *,
    lan: _LanOption = False,
    hot_seat: _HotSeatOption = False,
    file: _ClassOption = Path("class.db"),
    world: _WorldOption = None,
    rooms: _RoomsOption = 1,
    seat: _SeatsOption = None,
    port: _PortOption = 8000,
    sheet_seconds: _SheetSecondsOption = 150,
    crisis_seconds: _CrisisSecondsOption = 60,
    check: _CheckOption = False,
    forget: _ForgetOption = False,
    open_: _OpenOption = False,
) -> None:
    """Let a class play: delegations decide each quarter, the model decides the rest."""
    from sim.play.opening import Opening, forget_class, open_class  # noqa: PLC0415
    from sim.play.tokens import hash_token, make_token  # noqa: PLC0415

    if forget:
        for path in forget_class(game):
            typer.echo(f"deleted {path}")
        return
    _require_sense(lan=lan, hot_seat=hot_seat, check=check)
    if check:
        _check_addresses(port)
        return
    token, seats = make_token(), tuple(seat or ())
    seconds = (sheet_seconds, crisis_seconds)
    opening = Opening(file, world, rooms, seats, hot_seat, *seconds, hash_token(token))
    with open_class(game, opening) as classroom:
        if hot_seat:
            _play_here(classroom)
        else:
            _serve(classroom, port, token, lan=lan, open_page=open_)


def _require_sense(*, lan: bool, hot_seat: bool, check: bool) -> None:
    """Require that the options go together, and that what they need is installed."""
    from sim.extras import check_installed  # noqa: PLC0415

    if hot_seat and (lan or check):
        raise RequestError("--hot-seat: is played in this terminal; it has no use for the network")
    if not hot_seat:
        check_installed("play", "starlette", "uvicorn", "websockets", "segno", "ifaddr")


def _play_here(classroom: Classroom) -> None:
    from sim.play.hot_seat import play_hot_seat  # noqa: PLC0415

    if written := play_hot_seat(classroom, next(iter(classroom.rooms)), input, typer.echo):
        typer.echo(written)


def _serve(classroom: Classroom, port: int, token: str, *, lan: bool, open_page: bool) -> None:
    import webbrowser  # noqa: PLC0415

    from sim.cli.views.start.play import invitation  # noqa: PLC0415
    from sim.play.web.run import Invitation, serve_class  # noqa: PLC0415

    def ready(found: Invitation) -> None:
        typer.echo(invitation(found, str(classroom.log.file), lan=lan))
        if open_page:
            webbrowser.open(found.teacher)

    serve_class(classroom, port, ready, token=token, lan=lan)


def _check_addresses(port: int) -> None:
    from sim.cli.views.start.play import reachability  # noqa: PLC0415
    from sim.play.web.check import check_addresses  # noqa: PLC0415

    typer.echo(reachability(list(check_addresses(port))))
