"""Records of simulated worlds: events, months and one row per world."""
