"""Hits to answers: the question, the reader, the citation, the refusal."""
