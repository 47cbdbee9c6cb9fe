"""The writing of a page: its steps are shown, its path is printed, and a browser opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from sim.errors import RequestError


@contextmanager
def writing_page(html: Path, *, open_: bool = False) -> Iterator[None]:
    """Show the steps of the body, which writes a page; then print its path, and open it if asked.

    Whatever loads slowly is imported in the body, so that its time is shown too.
    """
    from sim.cli.output import open_in_browser  # noqa: PLC0415
    from sim.cli.progress import track_announced  # noqa: PLC0415
    from sim.cli.work import PAGE_STEPS  # noqa: PLC0415

    with track_announced("Reading results", PAGE_STEPS):
        yield
    typer.echo(html)
    if open_:
        open_in_browser(html)


def require_page(html: Path | None, *, open_: bool) -> None:
    """Require a page where one is to be opened.

    Raises:
        RequestError: none is written.
    """
    if open_ and not html:
        raise RequestError("--open: opens the page that --html FILE writes, and there is no --html")
