"""The Python face: the words of the command line, for notebooks."""
