"""Theories that a scenario names, asked in place of the rules: their cases, read from the state."""
