"""Passages to hits: embedding, dense and lexical search, and the store."""
