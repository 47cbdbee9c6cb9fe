"""The heat maps and the page of `sim stress`."""
