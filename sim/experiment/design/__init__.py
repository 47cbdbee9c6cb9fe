"""The design of a sweep: factors, samples, points."""
