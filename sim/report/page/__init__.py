"""The page that holds the figures and explains itself."""
