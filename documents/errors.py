"""The root of the error tree, and what can go wrong while a document is read."""


class BriefingError(Exception):
    """Anything that the person at the keyboard can put right.

    The message is one line: what went wrong, where, and what to do next. The command exits 1 on it.
    """


class DocumentError(BriefingError):
    """A file that can't be read as a document. The message names the file and, where there is one, the byte."""
