"""Write the files of the reference populations.

`python -m sim.validation.studies.patterns.population [FOLDER]`
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.validation.studies.patterns.population.draw import Population, draw_family
from sim.validation.studies.patterns.population.scenario_writer import render_scenario

REFERENCE_FOLDER = Path("scenarios/reference")


def population_file_name(population: Population) -> str:
    """Return the name of a population's file."""
    return f"population_{population.number}.toml"


def main(folder: Path = REFERENCE_FOLDER) -> None:
    """Write every reference population into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for population in draw_family():
        (folder / population_file_name(population)).write_text(
            render_scenario(population), encoding="utf-8"
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
