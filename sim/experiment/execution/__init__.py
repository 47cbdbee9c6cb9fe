"""Simulates blocks of worlds: tasks, workers, clusters, and the scheduler."""
