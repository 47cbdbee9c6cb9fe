"""`sim sources`: where every number of a scenario comes from."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from sim.cli.options import ScenarioFileArgument, SettingsOption
from sim.errors import RequestError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.cli.output import OutputRecord


class LedgerFormat(StrEnum):
    """The forms in which a ledger is shown."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


class _View(Protocol):
    """What can be shown in every form."""

    def render_table(self) -> RenderableType:
        """Return it for a screen."""

    def render_markdown(self) -> str:
        """Return it as a page in Markdown."""

    def build_records(self) -> list[OutputRecord]:
        """Return it line by line."""


def sources(
    file: ScenarioFileArgument,
    *,
    form: Annotated[
        LedgerFormat,
        typer.Option("--format", help="A table for the screen; the others are complete."),
    ] = LedgerFormat.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    claims: Annotated[
        bool, typer.Option("--claims", help="Show the claims of the article and what answers them.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a file that is not there yet.")
    ] = None,
    set_: SettingsOption = None,
) -> None:
    """Show where every number comes from, or what answers every claim of the article."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.views.claims import ClaimsView  # noqa: PLC0415
    from sim.cli.views.sources import LedgerView  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    if json and form not in (LedgerFormat.TABLE, LedgerFormat.JSON):
        raise RequestError(f"--json and --format {form}: one form at a time")
    loaded = load_scenario(file, set_ or ())
    view: _View = ClaimsView(loaded) if claims else LedgerView(loaded)
    write_output(_render_view(view, LedgerFormat.JSON if json else form), out)


def _render_view(view: _View, form: LedgerFormat) -> RenderableType:
    from sim.cli.output import format_csv, format_json  # noqa: PLC0415

    match form:
        case LedgerFormat.TABLE:
            return view.render_table()
        case LedgerFormat.MARKDOWN:
            return view.render_markdown()
        case LedgerFormat.CSV:
            return format_csv(view.build_records())
        case LedgerFormat.JSON:
            return format_json(view.build_records())
