"""What is kept on the disk: checkpoints, tables, manifests, results folders."""
