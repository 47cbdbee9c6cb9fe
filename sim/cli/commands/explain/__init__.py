"""The commands that explain: stories, sources, conditions and pictures."""
