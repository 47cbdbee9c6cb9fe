"""Results opened for analysis: what a user named, as runs, points, frames or archives."""
