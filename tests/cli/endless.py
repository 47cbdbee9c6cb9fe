"""The command `sim` with an engine that is never done: `python -m tests.cli.endless`.

Processes that it starts import this module too, and so have the same engine.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace

import sim.model.measures.registry
from sim.cli.app import main
from tests.experiment import fakes

sys.modules["sim.model.simulate"] = SimpleNamespace(live=fakes.endless)  # type: ignore[assignment]
sim.model.measures.registry.measures = fakes.measures  # before it is imported from there

if __name__ == "__main__":
    main()
