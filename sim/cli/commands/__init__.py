"""The commands, one to a file, each named as it is typed, in the three groups of the help."""
