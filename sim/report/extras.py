"""Checks for the packages that drawing needs, which a plain installation lacks."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import RequestError

REQUIRED_MODULES = ("altair", "jinja2", "networkx", "vl_convert")


def check_installed() -> None:
    """Require the packages that figures need.

    Raises:
        RequestError: one of them is not installed.
    """
    if missing := [name for name in REQUIRED_MODULES if find_spec(name) is None]:
        raise RequestError(
            f"figures need packages that are not installed: {', '.join(missing)}\n"
            '    install it with: pip install "alliance-sim[report]", or ".[report]" in its folder'
        )
