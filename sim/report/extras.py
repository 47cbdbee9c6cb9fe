"""Whether what drawing needs is installed: it is not part of a plain installation."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import RequestError

REQUIRED_MODULES = ("altair", "jinja2", "networkx", "vl_convert")


def check_installed() -> None:
    """See to it that pictures can be drawn.

    Raises:
        RequestError: something they need is not installed.
    """
    if missing := [name for name in REQUIRED_MODULES if find_spec(name) is None]:
        raise RequestError(
            f"pictures need what is not installed: {', '.join(missing)}\n"
            '    install it with: pip install "alliance-sim[report]", or ".[report]" in its folder'
        )
