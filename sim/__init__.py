"""Alliance dynamics, lived through month by month in many possible worlds.

For notebooks, the words of the command line: `read_scenario`, `run`, `sweep`, `rerun`, `load`,
`compare`, `sensitivity`, `discover`, `tell`, `export`. See docs/python.md. They are imported when
first used, so that the package itself is there at once; nothing inside the package imports them
from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.living import read_scenario, rerun, run, sweep
    from sim.analysis.load import Frames, load
    from sim.analysis.notebook import (
        Compared,
        Tale,
        compare,
        discover,
        export,
        sensitivity,
        tell,
    )

__version__ = "0.1.0"

_WHERE = {
    "Compared": "sim.analysis.notebook",
    "Frames": "sim.analysis.load",
    "Tale": "sim.analysis.notebook",
    "compare": "sim.analysis.notebook",
    "discover": "sim.analysis.notebook",
    "export": "sim.analysis.notebook",
    "load": "sim.analysis.load",
    "read_scenario": "sim.analysis.living",
    "rerun": "sim.analysis.living",
    "run": "sim.analysis.living",
    "sensitivity": "sim.analysis.notebook",
    "sweep": "sim.analysis.living",
    "tell": "sim.analysis.notebook",
}

__all__ = [
    "Compared",
    "Frames",
    "Tale",
    "__version__",
    "compare",
    "discover",
    "export",
    "load",
    "read_scenario",
    "rerun",
    "run",
    "sensitivity",
    "sweep",
    "tell",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
