"""The origin and grounds of every value."""
