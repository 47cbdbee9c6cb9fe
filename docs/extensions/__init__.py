"""What the documentation site needs beyond Sphinx and its extensions."""
