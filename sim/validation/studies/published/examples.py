"""Reads the data of published results and examples, in the folder `data`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from sim.model.arrays import Vector
from sim.validation.studies.published.comparison import FigureSpec, ResultSpec

ExampleRow = Mapping[str, str]


@cache
def read_results() -> Mapping[str, ResultSpec]:
    """Return the descriptions of all published results, by code, in the order of the file."""
    tables = tomllib.loads(_read_text("results.toml"))
    return {code: _result_spec(code, **table) for code, table in tables.items()}


@cache
def read_example(name: str) -> tuple[ExampleRow, ...]:
    """Return the rows of an example by column; lines of comment are skipped."""
    lines = _read_text(f"{name}.csv").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_example_column(name: str, column: str) -> Vector:
    """Return one column of an example as numbers."""
    return np.array([float(row[column]) for row in read_example(name)])


def _result_spec(
    code: str, *, sources: list[str], figures: list[dict[str, object]] | None = None, **texts: str
) -> ResultSpec:
    specs = tuple(FigureSpec(**figure) for figure in figures or ())  # type: ignore[arg-type]
    return ResultSpec(code=code, sources=tuple(sources), figures=specs, **texts)  # type: ignore[arg-type]


def _read_text(name: str) -> str:
    return files(__package__).joinpath("data", name).read_text("utf-8")
