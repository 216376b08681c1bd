"""The embedded reader."""
