"""The permission to run code that a scenario names, which could do whatever its user can.

It is a variable of the environment, so that processes that simulate worlds have it too, and so that
the owner of a cluster decides for its machines.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

ALLOW_CODE = "SIM_ALLOW_CODE"
"""The variable that permits it, where it is 1."""


def code_is_allowed() -> bool:
    """Whether code that a scenario names may be run."""
    return os.environ.get(ALLOW_CODE) == "1"


@contextmanager
def allowing_code(allowed: bool = True) -> Iterator[None]:
    """Permit code of scenarios to be run in a block of statements; False leaves things as they are.

    Read such code first: it can do whatever you can.
    """
    before = os.environ.get(ALLOW_CODE)
    if allowed:
        os.environ[ALLOW_CODE] = "1"
    try:
        yield
    finally:
        if allowed:
            del os.environ[ALLOW_CODE]
            os.environ.update({} if before is None else {ALLOW_CODE: before})
