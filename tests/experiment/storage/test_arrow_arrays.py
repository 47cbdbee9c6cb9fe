"""Arrow arrays made of numpy's memory are those that Arrow would make, and come back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from sim.experiment.storage.arrow_arrays import make_array, make_coded, read_array
from sim.model.recording.history import Coded

NUMBERS = np.random.default_rng(1)
COLUMNS = [
    np.arange(13),
    np.arange(-5, 6, dtype=np.int8),
    np.zeros(0, dtype=np.int16),
    NUMBERS.uniform(size=11) < 0.5,
    NUMBERS.uniform(size=20)[::2],
    np.array([1.0, np.nan, 3.0, np.nan, -0.0, np.inf, 2.0, 1.0, np.nan]),
    np.array([np.nan, 0.25], dtype=np.float32),
    np.array(["war", "", "Čapek", "war"], dtype=object),
]


@pytest.mark.parametrize("values", COLUMNS, ids=lambda values: str(values.dtype))
def test_an_array_is_the_one_that_arrow_makes(values: NDArray[Any]) -> None:
    kind = pa.string() if values.dtype == object else pa.from_numpy_dtype(values.dtype)
    expected = pa.array(values, kind, from_pandas=True)
    made = make_array(values)
    made.validate(full=True)
    assert made.equals(expected)
    assert made.null_count == expected.null_count


@pytest.mark.parametrize("values", COLUMNS, ids=lambda values: str(values.dtype))
def test_what_is_read_is_what_was_written_in_any_chunks(values: NDArray[Any]) -> None:
    whole = make_array(values)
    chunks = pa.chunked_array([whole.slice(0, 3), whole.slice(3)], whole.type)
    read = read_array(chunks)
    assert read.dtype == values.dtype
    assert np.array_equal(read, values, equal_nan=values.dtype.kind == "f")


def test_empty_cells_among_whole_numbers_are_not_a_number() -> None:
    read = read_array(pa.chunked_array([pa.array([1, None, 3])]))
    assert np.array_equal(read, [1, np.nan, 3], equal_nan=True)


def test_texts_as_numbers_are_the_texts() -> None:
    code = Coded(np.array([2, 0, 0, 1], dtype=np.int32), ("war", "", "Čapek"))
    assert make_coded(code).to_pylist() == code.texts().tolist() == ["Čapek", "war", "war", ""]
    assert make_coded(Coded(np.zeros(0, dtype=np.int32), ())).to_pylist() == []


@pytest.mark.slow
def test_a_small_run_loads_no_pandas(tmp_path: Path) -> None:
    script = (
        "import sys; from sim.cli.app import main\n"
        f"sys.argv = ['sim', 'run', 'pact', '--worlds', '30', '--months', '2', '--out', {str(tmp_path)!r}]\n"  # noqa: E501
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.exit('pandas' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=60)
