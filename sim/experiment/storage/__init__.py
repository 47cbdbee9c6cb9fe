"""Storage on disk: checkpoints, tables, manifests, results folders."""
