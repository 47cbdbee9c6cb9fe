"""The phases of a month, one per file; `sim.model.model` calls them in order."""
