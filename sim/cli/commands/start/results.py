"""`sim results`: what has been run, and with what changed."""

from __future__ import annotations

from pathlib import Path

from sim.cli.options import JsonOption, OutOption


def results(*, out: OutOption = Path("results"), json: JsonOption = False) -> None:
    """List what has been run: title, what was changed, worlds, date, and what is unfinished."""
    from sim.cli.output import write_output  # noqa: PLC0415
    from sim.cli.views.start import results as view  # noqa: PLC0415
    from sim.experiment.storage.inventory import list_stored_results, stored_rows  # noqa: PLC0415
    from sim.output import render_json  # noqa: PLC0415

    stored = list_stored_results(out)
    if json:
        write_output(render_json(stored_rows(stored)))
    else:
        view.show_results(stored, out)
