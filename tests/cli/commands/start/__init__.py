"""Tests of sim/cli/commands/start."""
