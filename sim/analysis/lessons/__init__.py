"""Lessons: what a scenario teaches, answered by simulation and compared with what its text says."""
