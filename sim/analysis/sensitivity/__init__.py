"""Which assumptions move a measure, alone and together."""
