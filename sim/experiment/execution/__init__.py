"""Who lives the worlds: tasks, workers, clusters, and the scheduler."""
