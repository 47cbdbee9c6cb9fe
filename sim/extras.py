"""Whether what some analyses need is installed: it is not part of a plain installation."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import RequestError


def require_installed(*modules: str) -> None:
    """See to it that an analysis can be made.

    Raises:
        RequestError: something it needs is not installed.
    """
    if missing := [name for name in modules if find_spec(name) is None]:
        raise RequestError(
            f"this needs what is not installed: {', '.join(missing)}\n"
            '    install it with: pip install "alliance-sim[analysis]", or, in its folder, '
            'pip install ".[analysis]"'
        )
