"""`sim sources`: where every number of a scenario comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from sim.cli.options import NewFileOption, ScenarioFileArgument, SettingsOption
from sim.errors import RequestError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.cli.output import OutputRecord


class LedgerFormat(StrEnum):
    """The formats of a ledger."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


_FormatOption = Annotated[
    LedgerFormat,
    typer.Option("--format", help="A table for the terminal; the others are complete."),
]
JsonFormatOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
ClaimsOption = Annotated[
    bool, typer.Option("--claims", help="Show the claims of the article and what answers them.")
]


class _View(Protocol):
    """A view that can be rendered in every format."""

    def render_table(self) -> RenderableType:
        """Return it for the terminal."""

    def render_markdown(self) -> str:
        """Return it as a page in Markdown."""

    def build_records(self) -> list[OutputRecord]:
        """Return it line by line."""


def sources(
    file: ScenarioFileArgument,
    *,
    form: _FormatOption = LedgerFormat.TABLE,
    json: JsonFormatOption = False,
    claims: ClaimsOption = False,
    out: NewFileOption = None,
    set_: SettingsOption = None,
) -> None:
    """Show the source of every number, or what answers every claim of the article."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.views.explain.claims import ClaimsView  # noqa: PLC0415
    from sim.cli.views.explain.sources import LedgerView  # noqa: PLC0415
    from sim.scenario.load import load_scenario  # noqa: PLC0415

    if json and form not in (LedgerFormat.TABLE, LedgerFormat.JSON):
        raise RequestError(f"--json and --format {form}: one format at a time")
    loaded = load_scenario(file, set_ or ())
    view: _View = ClaimsView(loaded) if claims else LedgerView(loaded)
    write_output(_render_view(view, LedgerFormat.JSON if json else form), out)


def _render_view(view: _View, form: LedgerFormat) -> RenderableType:
    from sim.output import format_cell, render_csv, render_json  # noqa: PLC0415

    match form:
        case LedgerFormat.TABLE:
            return view.render_table()
        case LedgerFormat.MARKDOWN:
            return view.render_markdown()
        case LedgerFormat.CSV:
            return render_csv(view.build_records(), format_cell=format_cell)
        case LedgerFormat.JSON:
            return render_json(view.build_records())
