"""Alliance dynamics, simulated month by month in many possible worlds.

The Python API has the commands of the command line: `read_scenario`, `run`, `sweep`, `rerun`,
`load`, `compare`, `measure_choices`, `compare_choices`, `sensitivity`, `discover`, `tell`,
`export`. See docs/python.md. Each is imported on first use, so that `import sim` is fast; no module
of the package imports them from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim._version import __version__

if TYPE_CHECKING:
    from sim.analysis.data.frames import Frames, load
    from sim.api.analyses import (
        ComparisonFrames,
        Story,
        compare,
        discover,
        export,
        sensitivity,
        tell,
    )
    from sim.api.choices import compare_choices, measure_choices
    from sim.api.runs import read_scenario, rerun, run, sweep


_MODULES = {
    "ComparisonFrames": "sim.api.analyses",
    "Frames": "sim.analysis.data.frames",
    "Story": "sim.api.analyses",
    "compare": "sim.api.analyses",
    "compare_choices": "sim.api.choices",
    "discover": "sim.api.analyses",
    "export": "sim.api.analyses",
    "load": "sim.analysis.data.frames",
    "measure_choices": "sim.api.choices",
    "read_scenario": "sim.api.runs",
    "rerun": "sim.api.runs",
    "run": "sim.api.runs",
    "sensitivity": "sim.api.analyses",
    "sweep": "sim.api.runs",
    "tell": "sim.api.analyses",
}

__all__ = [
    "ComparisonFrames",
    "Frames",
    "Story",
    "__version__",
    "compare",
    "compare_choices",
    "discover",
    "export",
    "load",
    "measure_choices",
    "read_scenario",
    "rerun",
    "run",
    "sensitivity",
    "sweep",
    "tell",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
