"""Packages that may be missing: those of an extra, and those of a damaged installation."""

from __future__ import annotations

from importlib.util import find_spec

from sim.errors import RequestError

REPORT_MODULES = ("altair", "jinja2", "networkx", "vl_convert")
"""What drawing figures and writing pages needs."""
_PLAIN_INSTALL = ("analysis", "report")
"""What these need comes with every installation; they were extras once."""
_PACKAGES = {"sklearn": "scikit-learn", "vl_convert": "vl-convert-python"}
"""Packages that are named otherwise than their modules."""


def check_installed(extra: str, *modules: str) -> None:
    """Require that the modules of an extra of the package are installed.

    Args:
        extra: the extra; or `analysis` or `report`, whose modules every installation should have.
        modules: the modules that are needed.

    Raises:
        RequestError: one is not installed; the message says how to install it.
    """
    if missing := [name for name in modules if find_spec(name) is None]:
        raise RequestError(_describe_absence(extra, missing))


def _describe_absence(extra: str, missing: list[str]) -> str:
    names = ", ".join(missing)
    if extra in _PLAIN_INSTALL:
        packages = " ".join(_PACKAGES.get(name, name) for name in missing)
        return (
            f"this needs what every installation should have: {names} missing\n"
            f"    install it with: pip install {packages}"
        )
    return (
        f"this needs the extra {extra!r}, which is not installed: {names} missing\n"
        f'    install it in the folder of the project with: pip install ".[{extra}]"'
    )
