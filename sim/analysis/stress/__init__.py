"""Stress tests: a crisis is opened in month 1, and a year later it is counted who came to whom."""
