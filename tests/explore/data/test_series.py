"""What a series says of its course, over all worlds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.explore.data.series import describe_course
from sim.report.figures.month_columns import MonthColumn

COLUMN = MonthColumn("debt", "debt", "billion USD", core=True)
NONE = float("nan")


@pytest.mark.parametrize(
    ("first", "last", "course"),
    [
        ([1.0, 2.0, 3.0], [2.0, 4.1, 9.0], "Debt: the median goes from 2 to 4.1"),
        ([1.0, 2.0, 3.0], [0.0, 2.0, 9.0], "Debt: the median stays at 2"),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 9.0], "Debt: any in 33% of worlds at the end"),
        ([1.0, 2.0, 3.0], [NONE, NONE, 5.0], "Debt: the median goes from 2 to 5"),
        (
            [1.0, 2.0, 3.0],
            [NONE, NONE, NONE],
            "Debt: the median goes from 2 to too few to say",
        ),
    ],
)
def test_the_course_is_a_median_or_of_what_most_have_none_of_a_share(
    first: list[float], last: list[float], course: str
) -> None:
    values = np.stack([first, last], axis=1)
    assert describe_course(COLUMN, values) == course
