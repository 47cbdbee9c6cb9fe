"""Pure functions of the theory, from vectors to vectors; each names its source."""
