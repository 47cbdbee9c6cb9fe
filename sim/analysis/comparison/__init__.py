"""What differs between runs, world by world."""
