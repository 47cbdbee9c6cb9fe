"""Whether the engine in memory is the one that its files define.

Results are stored under the engine's fingerprint, which is read from its files. A rule replaced in
memory would store its results under the name of a rule that never produced them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from inspect import ismodule, unwrap
from pathlib import Path
from types import CodeType, ModuleType

from sim.errors import RequestError
from sim.experiment.engine import PACKAGE

_Codes = dict[str, CodeType]


def require_unpatched_engine(modules: Mapping[str, ModuleType] = sys.modules) -> None:
    """Refuse to go on where a function of the engine is not the one its file defines.

    Raises:
        RequestError: a function of a loaded module was replaced; the message names it.
    """
    engine = [module for name, module in modules.items() if name.startswith(f"{PACKAGE}.")]
    for module in filter(ismodule, engine):
        for name in replaced(module):
            raise RequestError(
                f"{module.__name__}.{name} is not the one that its file defines\n"
                "    results are stored under the engine's name and must come from its files:\n"
                "    change the file instead, or use sim.model without storing results"
            )


def replaced(module: ModuleType) -> Iterator[str]:
    """Yield the names in a module whose function is not the one its file defines or imports."""
    tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
    codes = dict(_codes(compile(tree, module.__name__, "exec", dont_inherit=True)))
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name):
                yield from _changed(name, vars(module).get(name), codes)
            case ast.ClassDef(name=name):
                yield from _changed_methods(name, vars(module).get(name), codes)
            case ast.ImportFrom(module=origin, names=names) if origin:
                yield from _exchanged(module, origin, names)


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Yield the functions that a module's code defines, by qualified name; the last one counts."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _codes(constant)


def _changed(name: str, held: object, codes: _Codes) -> Iterator[str]:
    if getattr(_function(held), "__code__", None) != codes[name]:
        yield name


def _changed_methods(name: str, held: object, codes: _Codes) -> Iterator[str]:
    inside = vars(held) if isinstance(held, type) else {}
    for qualified in codes:
        owner, _, method = qualified.rpartition(".")
        if owner == name and not method.startswith("<"):
            yield from _changed(qualified, inside.get(method), codes)


def _exchanged(module: ModuleType, origin: str, names: list[ast.alias]) -> Iterator[str]:
    for alias in names:
        name = alias.asname or alias.name
        if origin.startswith(PACKAGE) and name in vars(module):
            there = getattr(sys.modules.get(origin), alias.name, vars(module)[name])
            if callable(there) and vars(module)[name] is not there:
                yield name


def _function(held: object) -> object:
    """Return the plain function behind a property, a cache or another wrapper."""
    for inner in ("fget", "func", "__func__"):
        held = getattr(held, inner, None) or held
    return unwrap(held) if callable(held) else held
