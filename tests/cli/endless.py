"""The command `sim` with an engine that is never done: `python -m tests.cli.endless`.

Processes that it starts import this module too, and so have the same engine.
"""

from __future__ import annotations

from sim.cli.app import main
from tests.experiment import fakes

fakes.install(fakes.endless)

if __name__ == "__main__":
    main()
