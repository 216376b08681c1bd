"""The default collection: data files only."""
