"""What can go wrong between a question and its answer."""

from documents.errors import BriefingError


class QuestionError(BriefingError):
    """A question, or a line of a question file, that can't be used as it is."""


class ReaderError(BriefingError):
    """A reader that can't be loaded."""
