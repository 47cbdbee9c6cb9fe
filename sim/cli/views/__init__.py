"""What each command prints, in a file of the command's name, and what several share."""
