"""Text to passages: reading files, and the structure of a briefing."""
