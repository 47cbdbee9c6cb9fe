"""Looking ahead: what actors expect of one another, and of the allies of both sides."""
