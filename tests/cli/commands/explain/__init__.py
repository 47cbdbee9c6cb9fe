"""Tests of sim/cli/commands/explain."""
