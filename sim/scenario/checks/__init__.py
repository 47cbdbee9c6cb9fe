"""Whether the parts of a scenario fit together."""
