"""A theory in a file of a user: its source is run, and its class made."""

from __future__ import annotations

import linecache
import sys
from difflib import get_close_matches
from hashlib import sha256
from traceback import extract_tb
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from sim.errors import TheoryError
from sim.scenario.files.messages import convert_validation_error
from sim.scenario.schema.quantity import Quantity
from sim.scenario.theories.source_lines import find_number_at


def run_code(file: str, name: str, text: str) -> Any:
    """Return an object of the class `name` of a file with this source.

    Raises:
        TheoryError: the source cannot be run, or has no such class.
    """
    module = _run(file, text)
    made = getattr(module, name, None)
    if not isinstance(made, type):
        everything, own_name = vars(module).items(), module.__name__
        own = [n for n, value in everything if getattr(value, "__module__", "") == own_name]
        near = get_close_matches(name, own, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(own) or 'none'}"
        raise TheoryError(file, None, name, f"there is no class of this name in the file{hint}")
    try:
        return made()
    except ValidationError as error:
        raise _misdeclared(file, text, error) from error
    except Exception as error:
        raise TheoryError(file, find_line(file, error), name, f"cannot be made: {error}") from error


def find_line(file: str, error: BaseException) -> int | None:
    """Return the last line of a file through which an error went; none if it did not."""
    if isinstance(error, SyntaxError):
        return error.lineno
    lines = [f.lineno for f in extract_tb(error.__traceback__) if f.filename == file]
    return lines[-1] if lines else None


def _run(file: str, text: str) -> ModuleType:
    """Return the source as a module, under a name that no other source has."""
    module = ModuleType(f"theory_{sha256(text.encode()).hexdigest()[:16]}")
    sys.modules[module.__name__] = module  # dataclasses look their module up
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    try:
        exec(compile(text, file, "exec"), module.__dict__)  # allowed by the user
    except ValidationError as error:
        raise _misdeclared(file, text, error) from error
    except Exception as error:
        what = error.msg if isinstance(error, SyntaxError) else f"{type(error).__name__}: {error}"
        raise TheoryError(file, find_line(file, error), "", f"cannot be run: {what}") from error
    return module


def _misdeclared(file: str, text: str, error: ValidationError) -> TheoryError:
    """Return what is wrong with a number that a theory declares, as it is said of scenarios."""
    line = find_line(file, error)
    number = find_number_at(text, line)
    problems = [convert_validation_error(each, [], Quantity) for each in error.errors()]
    messages = "; ".join(f"{each.key} {each.message}".strip() for each in problems)
    allowed = "; ".join(dict.fromkeys(each.allowed for each in problems if each.allowed))
    where = f"{number.owner}.numbers" if number else ""
    what = f"the number {number.name!r}" if number else "a number"
    return TheoryError(file, number.line if number else line, where, f"{what}: {messages}", allowed)
