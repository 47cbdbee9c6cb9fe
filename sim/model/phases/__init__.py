"""The phases of a month, one to a file; `sim.model.model` calls them in order."""
