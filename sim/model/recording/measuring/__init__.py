"""What is reported of each world: the measures, and how a history is summed up in them."""
