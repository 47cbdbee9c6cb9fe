"""Print the rates of formation as the record yields them, as lines of TOML.

`python -m sim.validation.studies.treaties [FOLDER]`
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.errors import SimError
from sim.validation.studies.treaties.refit import refit_lines


def main(scenarios: Path = Path("scenarios")) -> int:
    """Print the lines; return the exit code."""
    try:
        for line in refit_lines(scenarios):
            print(line)
    except SimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
