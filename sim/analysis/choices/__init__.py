"""Deterrence and emboldening as expected rates: what a treaty does to choices in a crisis."""
