"""What the commands that explain print."""
