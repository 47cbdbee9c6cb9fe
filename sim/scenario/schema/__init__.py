"""What a scenario file may say, as frozen, validated models."""
