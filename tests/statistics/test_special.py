"""Functions of SciPy are loaded without what is not needed, and are those of SciPy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sim.statistics.special import special


def test_a_function_is_that_of_the_package() -> None:
    import scipy.special  # noqa: PLC0415

    for name in ("ndtri", "stdtrit", "betaincinv"):
        assert special(name) is getattr(scipy.special, name)


@pytest.mark.slow
def test_the_package_is_not_loaded_and_can_be_loaded_afterwards() -> None:
    script = (
        "import sys; from sim.statistics.special import special\n"
        "function = special('ndtri')\n"
        "assert 'scipy.special' not in sys.modules and 'numpy.f2py' not in sys.modules\n"
        "import scipy.special, scipy.stats\n"
        "assert scipy.special.ndtri is function and scipy.special.expit(0) == 0.5\n"
        "assert special('stdtrit') is scipy.special.stdtrit\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.slow
def test_a_version_that_keeps_its_functions_elsewhere_is_loaded_whole() -> None:
    script = (
        "import sim.statistics.special as lean\n"
        "lean._FUNCTIONS = 'scipy.special._elsewhere'\n"
        "function = lean.special('ndtri')\n"
        "import scipy.special\n"
        "assert function is scipy.special.ndtri\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
