"""A worker of a stress test starts quickly: it loads what it simulates with, and no more."""

from __future__ import annotations

import subprocess
import sys


def test_a_worker_loads_neither_tables_nor_solvers() -> None:
    code = (
        "import sys, sim.analysis.stress.simulate, sim.model.simulate;"
        "print({'pandas', 'pyarrow', 'scipy', 'mesa.space'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert printed.stdout == "set()\n"
