"""What is reported of a world: names, units, labels, and how each is counted."""
