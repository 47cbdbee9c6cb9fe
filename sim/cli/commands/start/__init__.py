"""The first commands of a newcomer: run, compare, test and learn."""
