"""The figures, one to a file, and what they are drawn from."""
