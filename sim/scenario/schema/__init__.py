"""The schema of scenario files, as frozen, validated models."""
