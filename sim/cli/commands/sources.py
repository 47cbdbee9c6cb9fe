"""`sim sources`: where every number of a scenario comes from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from sim.cli.options import File, Settings
from sim.errors import RequestError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.cli.output import Record


class Form(StrEnum):
    """The forms in which a ledger is shown."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


class View(Protocol):
    """What can be shown in every form."""

    def table(self) -> RenderableType:
        """Return it for a screen."""

    def page(self) -> str:
        """Return it as a page in Markdown."""

    def records(self) -> list[Record]:
        """Return it line by line."""


def sources(
    file: File,
    *,
    form: Annotated[
        Form, typer.Option("--format", help="A table for the screen; the others are complete.")
    ] = Form.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    claims: Annotated[
        bool, typer.Option("--claims", help="Show the claims of the article and what answers them.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
    set_: Settings = None,
) -> None:
    """Show where every number comes from, or what answers every claim of the article."""
    from sim.cli.output import put  # noqa: PLC0415
    from sim.cli.views.claims import ClaimsView  # noqa: PLC0415
    from sim.cli.views.sources import LedgerView  # noqa: PLC0415
    from sim.scenario.load import load  # noqa: PLC0415

    if json and form not in (Form.TABLE, Form.JSON):
        raise RequestError(f"--json and --format {form}: one form at a time")
    loaded = load(file, set_ or ())
    view: View = ClaimsView(loaded) if claims else LedgerView(loaded)
    put(_shown(view, Form.JSON if json else form), out)


def _shown(view: View, form: Form) -> RenderableType:
    from sim.cli.output import as_csv, as_json  # noqa: PLC0415

    match form:
        case Form.TABLE:
            return view.table()
        case Form.MARKDOWN:
            return view.page()
        case Form.CSV:
            return as_csv(view.records())
        case Form.JSON:
            return as_json(view.records())
