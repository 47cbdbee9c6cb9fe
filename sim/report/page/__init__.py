"""The page: figures, findings, assumptions and sources."""
