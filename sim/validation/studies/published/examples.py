"""The figures of published examples, in the files beside this one."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from sim.model.arrays import Vector

ExampleRow = Mapping[str, str]


@cache
def read_example(name: str) -> tuple[ExampleRow, ...]:
    """Return the lines of an example by column; what a file says about itself is skipped."""
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    told = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(csv.DictReader(told))


def read_example_column(name: str, column: str) -> Vector:
    """Return one column of an example as numbers."""
    return np.array([float(line[column]) for line in read_example(name)])
