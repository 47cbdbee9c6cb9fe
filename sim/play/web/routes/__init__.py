"""The routes of the class, by who uses them."""
