"""Which mechanisms cause the difference between two scenarios."""
