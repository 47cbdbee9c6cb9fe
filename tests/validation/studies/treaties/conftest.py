"""The part, computed once from what the package ships."""

from __future__ import annotations

import pytest

from sim.validation.check import ValidationPart
from sim.validation.studies.treaties import run_treaties
from tests.worlds import SCENARIOS


@pytest.fixture(scope="package")
def part() -> ValidationPart:
    """The part of the validation, with fewer worlds."""
    return run_treaties(SCENARIOS, quick=True)
