"""Luck keyed by occasion, and the assumptions that each world draws with it."""
