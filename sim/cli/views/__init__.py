"""What each command prints, in a file of the command's name."""
