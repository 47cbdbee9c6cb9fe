"""The figures, one to a file, and the data they are drawn from."""
