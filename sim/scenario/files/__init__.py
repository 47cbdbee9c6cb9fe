"""Reading and layering of scenario files, with messages that name file and line."""
