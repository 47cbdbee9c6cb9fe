"""The debrief of a played game: one page to keep, made of its scenario file alone."""
