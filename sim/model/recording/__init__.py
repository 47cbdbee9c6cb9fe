"""What is kept of the worlds lived: events, months, one row per world, and measures of them."""
