"""Alliance dynamics, simulated month by month in many possible worlds.

The Python API has the commands of the command line: `read_scenario`, `run`, `sweep`, `rerun`,
`load`, `compare`, `compare_choices`, `measure_choices`, `stress`, `explorer`, `sensitivity`,
`discover`, `condition`, `tell`, `tip`, `export`. See docs/python.md. Each is imported on first use,
so that `import sim` is fast; no module of the package imports them from here.
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
    from sim.api.conditions import ConditioningFrames, condition
    from sim.api.explorer import explorer
    from sim.api.runs import read_scenario, rerun, run, sweep
    from sim.api.stress import StressFrames, stress
    from sim.api.tipping import Tip, tip


_MODULES = {
    "ComparisonFrames": "sim.api.analyses",
    "ConditioningFrames": "sim.api.conditions",
    "Frames": "sim.analysis.data.frames",
    "Story": "sim.api.analyses",
    "StressFrames": "sim.api.stress",
    "Tip": "sim.api.tipping",
    "compare": "sim.api.analyses",
    "compare_choices": "sim.api.choices",
    "condition": "sim.api.conditions",
    "discover": "sim.api.analyses",
    "explorer": "sim.api.explorer",
    "export": "sim.api.analyses",
    "load": "sim.analysis.data.frames",
    "measure_choices": "sim.api.choices",
    "read_scenario": "sim.api.runs",
    "rerun": "sim.api.runs",
    "run": "sim.api.runs",
    "sensitivity": "sim.api.analyses",
    "stress": "sim.api.stress",
    "sweep": "sim.api.runs",
    "tell": "sim.api.analyses",
    "tip": "sim.api.tipping",
}

__all__ = [
    "ComparisonFrames",
    "ConditioningFrames",
    "Frames",
    "Story",
    "StressFrames",
    "Tip",
    "__version__",
    "compare",
    "compare_choices",
    "condition",
    "discover",
    "explorer",
    "export",
    "load",
    "measure_choices",
    "read_scenario",
    "rerun",
    "run",
    "sensitivity",
    "stress",
    "sweep",
    "tell",
    "tip",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
