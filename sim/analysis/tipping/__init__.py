"""The smallest change that turns an outcome: in a few assumptions, or in one decision."""
