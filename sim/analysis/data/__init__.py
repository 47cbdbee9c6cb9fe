"""Results opened for analysis: runs, points, frames, archives."""
