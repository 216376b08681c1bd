"""The embedded models: data files only, provenance beside each."""
