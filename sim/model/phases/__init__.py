"""The phases of a month, one to a file; `sim.model.worlds` calls them in order."""
