"""Months of the simulation and their dates: the calendar of the scenario."""

from __future__ import annotations

from sim.scenario.calendar import DAYS_PER_MONTH, first_day, month_of

__all__ = ["DAYS_PER_MONTH", "first_day", "month_of"]
