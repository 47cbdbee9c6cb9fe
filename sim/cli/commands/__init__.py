"""The commands, one to a file, each named as it is typed."""
