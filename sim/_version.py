"""The version, where the build and every part of the package find it."""

__version__ = "0.1.0"
