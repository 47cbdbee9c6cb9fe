"""Optional dependencies: what each extra of the package needs, and whether it is installed."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import RequestError

REPORT_MODULES = ("altair", "jinja2", "networkx", "vl_convert")
"""What drawing figures and writing pages needs."""


def check_installed(extra: str, *modules: str) -> None:
    """Require that the modules of an extra of the package are installed.

    Raises:
        RequestError: one is not installed; the message says how to install it.
    """
    if missing := [name for name in modules if find_spec(name) is None]:
        names = ", ".join(missing)
        raise RequestError(
            f"this needs the extra {extra!r}, which is not installed: {names} missing\n"
            f'    install it with: pip install "alliance-sim[{extra}]", or, in its folder, '
            f'pip install ".[{extra}]"'
        )
