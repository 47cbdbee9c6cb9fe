"""The studies of the validation, a folder each."""
