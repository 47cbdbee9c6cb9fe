"""Which mechanism makes two scenarios differ."""
