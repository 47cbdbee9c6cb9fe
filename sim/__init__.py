"""Alliance dynamics, simulated month by month in many possible worlds.

The Python API has a word for every command of the command line, and `batch` for worlds in memory:
see docs/python.md. Three words differ, since packages have the names of their commands: `explorer`
for `sim explore`, `page` for `sim report`, `play_class` for `sim play`. Each is imported on first
use, so that `import sim` is fast; no module of the package imports them from here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim._version import __version__

if TYPE_CHECKING:
    from sim.analysis.data.frames import Frames, load
    from sim.api.analyses import (
        ComparisonFrames,
        DiscoveryFrames,
        SensitivityFrames,
        compare,
        discover,
        export,
        sensitivity,
    )
    from sim.api.batch import batch
    from sim.api.choices import compare_choices, measure_choices
    from sim.api.classes import LessonFrames, debrief, lesson, lessons, moves, play_class
    from sim.api.conditions import ConditioningFrames, condition
    from sim.api.ema import ema_evaluator, ema_model, robustness
    from sim.api.explorer import explorer
    from sim.api.figures import Figures, chart, page, plot
    from sim.api.mesa_world import WorldModel
    from sim.api.research import (
        AttributionFrames,
        ValidationFrames,
        attribute,
        landscape,
        levers,
        validate,
    )
    from sim.api.runs import read_scenario, rerun, results, run, sweep
    from sim.api.scenarios import (
        Citation,
        Explanation,
        FoundFrames,
        check,
        cite,
        find,
        new,
        scenarios,
        schema,
        sources,
        why,
    )
    from sim.api.stories import Divergence, Story, diff, tell
    from sim.api.stress import StressFrames, stress
    from sim.api.theories import compare_theories
    from sim.api.tipping import Tip, tip


_MODULES = {
    "AttributionFrames": "sim.api.research",
    "Citation": "sim.api.scenarios",
    "ComparisonFrames": "sim.api.analyses",
    "ConditioningFrames": "sim.api.conditions",
    "DiscoveryFrames": "sim.api.analyses",
    "Divergence": "sim.api.stories",
    "Explanation": "sim.api.scenarios",
    "Figures": "sim.api.figures",
    "FoundFrames": "sim.api.scenarios",
    "Frames": "sim.analysis.data.frames",
    "LessonFrames": "sim.api.classes",
    "SensitivityFrames": "sim.api.analyses",
    "Story": "sim.api.stories",
    "StressFrames": "sim.api.stress",
    "Tip": "sim.api.tipping",
    "ValidationFrames": "sim.api.research",
    "WorldModel": "sim.api.mesa_world",
    "attribute": "sim.api.research",
    "batch": "sim.api.batch",
    "chart": "sim.api.figures",
    "check": "sim.api.scenarios",
    "cite": "sim.api.scenarios",
    "compare": "sim.api.analyses",
    "compare_choices": "sim.api.choices",
    "compare_theories": "sim.api.theories",
    "condition": "sim.api.conditions",
    "debrief": "sim.api.classes",
    "diff": "sim.api.stories",
    "discover": "sim.api.analyses",
    "ema_evaluator": "sim.api.ema",
    "ema_model": "sim.api.ema",
    "explorer": "sim.api.explorer",
    "export": "sim.api.analyses",
    "find": "sim.api.scenarios",
    "landscape": "sim.api.research",
    "lesson": "sim.api.classes",
    "lessons": "sim.api.classes",
    "levers": "sim.api.research",
    "load": "sim.analysis.data.frames",
    "measure_choices": "sim.api.choices",
    "moves": "sim.api.classes",
    "new": "sim.api.scenarios",
    "page": "sim.api.figures",
    "play_class": "sim.api.classes",
    "plot": "sim.api.figures",
    "read_scenario": "sim.api.runs",
    "rerun": "sim.api.runs",
    "results": "sim.api.runs",
    "robustness": "sim.api.ema",
    "run": "sim.api.runs",
    "scenarios": "sim.api.scenarios",
    "schema": "sim.api.scenarios",
    "sensitivity": "sim.api.analyses",
    "sources": "sim.api.scenarios",
    "stress": "sim.api.stress",
    "sweep": "sim.api.runs",
    "tell": "sim.api.stories",
    "tip": "sim.api.tipping",
    "validate": "sim.api.research",
    "why": "sim.api.scenarios",
}

__all__ = [
    "AttributionFrames",
    "Citation",
    "ComparisonFrames",
    "ConditioningFrames",
    "DiscoveryFrames",
    "Divergence",
    "Explanation",
    "Figures",
    "FoundFrames",
    "Frames",
    "LessonFrames",
    "SensitivityFrames",
    "Story",
    "StressFrames",
    "Tip",
    "ValidationFrames",
    "WorldModel",
    "__version__",
    "attribute",
    "batch",
    "chart",
    "check",
    "cite",
    "compare",
    "compare_choices",
    "compare_theories",
    "condition",
    "debrief",
    "diff",
    "discover",
    "ema_evaluator",
    "ema_model",
    "explorer",
    "export",
    "find",
    "landscape",
    "lesson",
    "lessons",
    "levers",
    "load",
    "measure_choices",
    "moves",
    "new",
    "page",
    "play_class",
    "plot",
    "read_scenario",
    "rerun",
    "results",
    "robustness",
    "run",
    "scenarios",
    "schema",
    "sensitivity",
    "sources",
    "stress",
    "sweep",
    "tell",
    "tip",
    "validate",
    "why",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
