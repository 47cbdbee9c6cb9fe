"""What every command shares: the command is recorded, and errors are shown in one place.

Exit codes: 0 complete, 1 incomplete, 2 an error the user can correct, 130 stopped by Ctrl-C; 1 with
a traceback is a fault of this package.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import typer
from typer.core import TyperGroup

from sim.errors import RequestError, SimError
from sim.scenario.theories.permission import allowing_code

ALLOW_CODE_OPTION = "--allow-code"
"""Permits the code that a scenario names to be run; it may stand anywhere in a command."""
ALLOW_CODE_NOTE = f"{ALLOW_CODE_OPTION} runs code that a scenario names; read such code first."
"""The last line of the help of every command that reads scenarios or results."""
_EXIT_INTERRUPTED = 130
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
INTERRUPTED_MESSAGE = """
Stopped. No file is incomplete; a run or sweep resumes from its finished blocks."""


class CommandGroup(TyperGroup):
    """The commands of `sim`."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Record the command, for manifests.

        Raises:
            typer.Exit: an argument is not text, such as the name of a file in another encoding.
        """
        _require_text(args)
        extra.setdefault("obj", ("sim", *args))
        return super().make_context(
            info_name, [each for each in args if each != ALLOW_CODE_OPTION], *rest, **extra
        )

    def get_params(self, ctx: Any) -> Any:
        """Return the options of `sim` itself."""
        return _hide_types(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command."""
        command = super().get_command(ctx, cmd_name)
        if command:
            _hide_types(command.get_params(ctx))
            if _reads_scenarios(command):
                command.epilog = ALLOW_CODE_NOTE
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; report an error as a message, without a traceback."""
        try:
            with _reporting_lost_output(), allowing_code(ALLOW_CODE_OPTION in ctx.obj):
                return super().invoke(ctx)
        except SimError as error:
            typer.echo(f"{error}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo(INTERRUPTED_MESSAGE, err=True)
            raise typer.Exit(_EXIT_INTERRUPTED) from None


def _reads_scenarios(command: Any) -> bool:
    """Whether an argument of a command is a scenario, or results, which contain one."""
    arguments = (each for each in command.params if each.param_type_name == "argument")
    said = " ".join(each.help or "" for each in arguments).lower()
    return "scenario" in said or "results" in said


def _require_text(args: list[str]) -> None:
    for argument in args:
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            shown = argument.encode(errors="replace").decode()
            typer.echo(f"{shown}: is not text in UTF-8; rename the file or folder", err=True)
            raise typer.Exit(RequestError.exit_code)


@contextmanager
def _reporting_lost_output() -> Iterator[None]:
    """Report that the output cannot be written, as on a full disk.

    Raises:
        RequestError: it cannot.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        _discard_output()
        raise RequestError(f"the output cannot be written: {error.strerror}") from None


def _discard_output() -> None:
    """Discard what is still to be written, so that nothing fails again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _hide_types(parameters: list[Any]) -> list[Any]:
    """Hide types that mean nothing to users who do not program.

    A switch takes no value, although `<bool>` would suggest one; the names of arguments suffice.
    """
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda *_, **__: None
        elif getattr(parameter, "is_flag", False) and parameter.metavar is None:
            parameter.metavar = ""
    return parameters
