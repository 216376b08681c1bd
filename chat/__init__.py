"""The chat page: what it shows, what it does on each event, how it looks. app.py joins it to the server."""
