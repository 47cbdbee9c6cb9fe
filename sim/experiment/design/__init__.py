"""What a sweep consists of: factors, samples, points."""
