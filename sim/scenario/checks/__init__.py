"""Checks that the parts of a scenario fit together."""
