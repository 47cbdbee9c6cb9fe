"""One world told: its events, its decisions, and where two histories part."""
