"""What the commands of a study print."""
