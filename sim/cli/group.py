"""What every command shares: its words are noted, and its errors are shown here and nowhere else.

Exit codes: 0 done, 1 done in part, 2 something the user can mend, 130 stopped by Ctrl-C; 1 with a
traceback is a fault of this package.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from sim.errors import SimError

_EXIT_INTERRUPTED = 130
INTERRUPTED_MESSAGE = """
Stopped. Nothing was left half-written; the same command goes on with whatever was kept."""


class CommandGroup(TyperGroup):
    """The commands of `sim`."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        """Note the words of the command, for manifests."""
        extra.setdefault("obj", ("sim", *args))
        return super().make_context(info_name, args, *rest, **extra)

    def get_params(self, ctx: Any) -> Any:
        """Return the options of `sim` itself."""
        return _hide_types(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command."""
        command = super().get_command(ctx, cmd_name)
        if command:
            _hide_types(command.get_params(ctx))
        return command

    def invoke(self, ctx: Any) -> Any:
        """Run the command; say what went wrong in words, without a traceback."""
        try:
            return super().invoke(ctx)
        except SimError as error:
            typer.echo(f"{error}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo(INTERRUPTED_MESSAGE, err=True)
            raise typer.Exit(_EXIT_INTERRUPTED) from None


def _hide_types(parameters: list[Any]) -> list[Any]:
    """Have no type shown where it says nothing to those who do not program.

    A switch takes no value, and `<bool>` would ask for one; arguments are named for what they are.
    """
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda *_, **__: None
        elif getattr(parameter, "is_flag", False) and parameter.metavar is None:
            parameter.metavar = ""
    return parameters
