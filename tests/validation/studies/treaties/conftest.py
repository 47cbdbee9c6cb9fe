"""The part, computed once from what the package ships."""

from __future__ import annotations

import pytest

from sim.validation.check import ValidationPart
from sim.validation.studies.treaties import planted, run_treaties, study
from tests.worlds import SCENARIOS

WORLDS: list[int] = []
"""The numbers of worlds that the part reported while it was computed."""


@pytest.fixture(scope="package")
def part() -> ValidationPart:
    """The part of the validation, with very few worlds and as many months as the questions need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "QUICK_WORLDS", 16)
        for module in (study, planted):
            patch.setattr(module, "MONTHS", 19)
        return run_treaties(SCENARIOS, quick=True, on_progress=WORLDS.append)
