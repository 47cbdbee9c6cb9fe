"""What the long commands do, step by step, and how long each step should take.

The names are those that the work announces; seconds are as `sim.cli.pace` states them.
"""

from __future__ import annotations

from sim.cli.pace import DEFAULT_MONTHS, expect_simulation

Steps = dict[str, tuple[float, int]]
"""Of each kind of step, its seconds and how many are expected."""

PAGE_STEPS: Steps = {
    "Preparing figures: month by month": (0.8, 1),
    "Preparing figures: the network": (0.8, 1),
    "Telling two worlds": (1.5, 1),
    "Drawing figures": (0.08, 10),
}
"""The page of `sim report` and `sim compare --html`."""
FIGURE_STEPS: Steps = {
    "Preparing figures: fan": (2.0, 1),
    "Preparing figures: network": (0.9, 1),
    "Preparing figures: camps": (0.5, 1),
    "Preparing figures: timeline": (1.3, 1),
    "Drawing figures": (0.4, 15),
}
"""The files of `sim plot`."""


TELLING: Steps = {"Simulating the world again": (1.2, 1)}
"""The story of `sim tell`."""
SHORT_TELLING: Steps = {"Simulating the world again": (2.0, 1)}
"""Its turning points, with draws that are turned."""
DIVERGENCE: Steps = {"Simulating the world twice": (2.4, 1)}
"""The two histories of `sim diff`."""
TURNING: Steps = {"Simulating the world again, decision by decision": (5.0, 1)}
"""The world of `sim tip --world`, once for every decision."""


def discovery_steps(worlds: int) -> Steps:
    """Return the search of `sim discover` among some worlds."""
    return {"Looking for combinations": (1.0 + worlds / 1000, 1)}


def condition_steps(worlds: int) -> Steps:
    """Return the work of `sim condition` on some worlds."""
    return {"Weighing worlds": (1.0 + worlds / 2000, 1)}


def choice_steps(worlds: int, months: int, scenarios: int) -> Steps:
    """Return the simulation of choices in some scenarios side by side."""
    return {"Simulating choices": (expect_simulation(worlds, months, scenarios), 1)}


def lesson_steps(worlds: int) -> Steps:
    """Return what a lesson may simulate besides its runs; none is expected before it begins."""
    return {
        "Simulating choices": (expect_simulation(worlds, DEFAULT_MONTHS), 0),
        "Opening a crisis": (expect_simulation(worlds, 12), 0),
    }
