"""How scenario files are read, layered and faulted, line by line."""
