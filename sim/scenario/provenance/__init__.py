"""Where every value comes from, and on what grounds."""
