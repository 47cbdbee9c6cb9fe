"""Scenario files: their schema, reading and layering, consistency checks, and provenance.

Nothing here simulates; nothing here imports from `sim.model` or beyond.
"""
