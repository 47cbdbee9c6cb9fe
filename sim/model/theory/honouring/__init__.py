"""Rival theories of honouring, one to a file, each citing its source."""
