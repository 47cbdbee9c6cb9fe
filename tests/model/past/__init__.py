"""Worlds that share a past, and decisions taken by hand."""
