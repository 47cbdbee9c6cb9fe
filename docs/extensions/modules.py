"""The reference of the Python interface and of the package's modules, by autodoc."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from itertools import chain

import sim


def render_public() -> str:
    """Return the names of `import sim`, functions first."""
    names = [name for name in sim.__all__ if not name.startswith("__")]
    classes = [name for name in names if inspect.isclass(getattr(sim, name))]
    functions = [name for name in names if name not in classes]
    return "\n".join(
        chain(
            ("## Functions", ""),
            (_autodoc(f"autofunction:: sim.{name}") for name in functions),
            ("## Classes", ""),
            (_autodoc(f"autoclass:: sim.{name}") for name in classes),
        )
    )


def render_modules(package: str) -> str:
    """Return a section for each module of a package and of the packages in it."""
    names = [package, *_inside(package)]
    return "\n".join(
        f"{'##' if hasattr(import_module(name), '__path__') else '###'} `{name}`\n\n"
        + _autodoc(f"automodule:: {name}")
        for name in names
    )


def _inside(package: str) -> list[str]:
    path = import_module(package).__path__
    found = sorted(pkgutil.walk_packages(path, f"{package}."), key=_order)
    return [module.name for module in found]


def _order(module: pkgutil.ModuleInfo) -> tuple[str, str]:
    """Return what sorts a package's own modules behind it and before the next package."""
    package = module.name if module.ispkg else module.name.rpartition(".")[0]
    return package, "" if module.ispkg else module.name


def _autodoc(directive: str) -> str:
    return f"```{{eval-rst}}\n.. {directive}\n```\n"
