"""What the first commands of a newcomer print."""
