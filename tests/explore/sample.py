"""Writes a page of a few worlds of the pact and of no pact, to look at while the page is built.

Run `python -m tests.explore.sample FILE [WORLDS]`; results are stored beside the file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.analysis.data.resolve import RunSettings, ensure_simulated
from sim.explore.build import PackOptions, build_pack
from sim.explore.page import write_page
from sim.explore.sides import open_sides
from tests.worlds import SCENARIOS


def write_sample(file: Path, worlds: int = 400) -> None:
    """Write the page of so many worlds with the pact and without."""
    files = [SCENARIOS / "pact.toml", SCENARIOS / "no_pact.toml"]
    folders = ensure_simulated(files, RunSettings(worlds), file.parent / "results")
    options = PackOptions(choice_worlds=min(worlds, 200), stress_worlds=20)
    write_page(build_pack(open_sides(folders), options), file)


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400)
