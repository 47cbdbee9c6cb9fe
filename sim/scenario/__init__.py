"""What a scenario file may say: its schema, how files are read and layered, and how errors read.

Nothing here lives a world; nothing here imports from `sim.model` or beyond.
"""
