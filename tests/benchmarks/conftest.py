"""Benchmarks measure with a module that only Unix has."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("resource") else ["test_*.py"]
