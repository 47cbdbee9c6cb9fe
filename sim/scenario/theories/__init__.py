"""Theories that a scenario names: finding them, and the numbers they declare."""
