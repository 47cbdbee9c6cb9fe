"""Tests of sim/cli/commands/research."""
