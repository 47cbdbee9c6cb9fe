"""Functions of SciPy are loaded without what is not needed, and are those of SciPy."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from sim.statistics.special import find_root, special, t_quantile, t_tail


def test_a_function_is_that_of_the_package() -> None:
    import scipy.special  # noqa: PLC0415

    for name in ("ndtri", "stdtrit", "betaincinv"):
        assert special(name) is getattr(scipy.special, name)


@pytest.mark.parametrize("rate", [0.1, 1.0, 7.0])
def test_a_root_is_that_of_brent(rate: float) -> None:
    from scipy.optimize import brentq  # noqa: PLC0415

    def excess(value: float) -> float:
        return math.exp(rate * value) - 2

    assert find_root(excess, 0, 8, 1e-12) == brentq(excess, 0, 8, xtol=1e-12)


def test_a_function_without_a_change_of_sign_has_no_root() -> None:
    with pytest.raises(ValueError, match="different signs"):
        find_root(math.exp, 0, 1, 1e-12)


@pytest.mark.parametrize("degrees", [1, 3.5, 998, math.inf])
def test_quantiles_and_tails_of_students_t_are_those_of_the_package(degrees: float) -> None:
    from scipy.stats import t  # noqa: PLC0415

    for chance, value in ((0.025, 1.9), (0.4, -0.3), (1e-6, 40.0)):
        assert t_quantile(degrees, chance) == t.isf(chance, degrees)
        assert t_tail(degrees, value) == t.sf(value, degrees)


@pytest.mark.slow
def test_the_package_is_not_loaded_and_can_be_loaded_afterwards() -> None:
    script = (
        "import sys; from sim.statistics.special import find_root, special\n"
        "function = special('ndtri')\n"
        "assert find_root(lambda x: x - 1, 0, 3, 1e-12) == 1\n"
        "assert not {'scipy.special', 'scipy.optimize'} & set(sys.modules)\n"
        "import scipy.special, scipy.stats, scipy.optimize\n"
        "assert scipy.optimize.brentq(lambda x: x - 1, 0, 3) == 1\n"
        "assert scipy.special.ndtri is function and scipy.special.expit(0) == 0.5\n"
        "assert special('stdtrit') is scipy.special.stdtrit\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


@pytest.mark.slow
def test_a_version_that_keeps_its_functions_elsewhere_is_loaded_whole() -> None:
    script = (
        "import sim.statistics.special as lean\n"
        "lean._FUNCTIONS = '_elsewhere'\n"
        "lean._ROOTS = '_elsewhere'\n"
        "function = lean.special('ndtri')\n"
        "assert lean.find_root(lambda x: x - 1, 0, 3, 1e-12) == 1\n"
        "import scipy.special\n"
        "assert function is scipy.special.ndtri\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
