"""The two classes of Mesa that the engine is made of, loaded without the rest of Mesa.

The code of the package `mesa` itself also loads grids, batch runs and a collector of data, and with
them pandas and scipy.spatial: half a second in every process, for parts that are not used here. So
it runs when a name of the package is first asked for, by whomever. The modules of the two classes
need numpy only. Python has such a loader (`importlib.util.LazyLoader`), but it runs the package as
soon as one of its modules is imported.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from typing import Any


def _load_when_asked(name: str) -> None:
    """Register a package, unless it is loaded, whose own code runs when it is first asked."""
    if name in sys.modules or (spec := find_spec(name)) is None or (loader := spec.loader) is None:
        return
    package = module_from_spec(spec)

    def load(asked: str) -> Any:
        del package.__dict__["__getattr__"]
        loader.exec_module(package)
        return getattr(package, asked)

    package.__dict__["__getattr__"] = load  # of a module: asked where it has no such name
    sys.modules[name] = package


_load_when_asked("mesa")

from mesa.agent import Agent  # noqa: E402
from mesa.model import Model  # noqa: E402

__all__ = ["Agent", "Model"]
