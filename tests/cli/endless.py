"""The command `sim` with an engine that is never done: `python -m tests.cli.endless`.

Processes that it starts import this module too, and so have the same engine.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace

from sim.cli.app import main
from tests.experiment import fakes

sys.modules["sim.model.simulate"] = SimpleNamespace(simulate=fakes.endless)  # type: ignore[assignment]
fakes.replace_measures(setattr)

if __name__ == "__main__":
    main()
