"""The page served on this computer, with what needs an engine: worlds simulated anew."""
