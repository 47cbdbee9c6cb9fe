"""The story of one world: its events and decisions, and where two histories diverge."""
