"""Measures: what is reported of a world, in what unit, and how it is computed."""
