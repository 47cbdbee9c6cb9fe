"""The engine loads of Mesa what it uses, and leaves Mesa whole for others."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import sim.model.simulate
print(sorted({"mesa.batchrunner", "mesa.space", "pandas", "scipy", "networkx"} & set(sys.modules)))
import mesa, sim.model.mesa_core as core
print(core.Agent is mesa.Agent is mesa.agent.Agent, core.Model is mesa.Model is mesa.model.Model)
print(mesa.DataCollector.__module__, mesa.__version__ == __import__("mesa").__version__)
"""


def test_the_engine_loads_two_classes_and_whoever_loads_mesa_later_finds_the_same() -> None:
    command = [sys.executable, "-W", "error", "-c", CODE]  # a process in which nothing is loaded
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines() == ["[]", "True True", "mesa.datacollection True"]
