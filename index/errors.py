"""What can go wrong with an index or an encoder."""

from documents.errors import BriefingError


class IndexStoreError(BriefingError):
    """A stored index that is missing, damaged, or made by another encoder or format."""


class EmbedderError(BriefingError):
    """An encoder that can't be loaded, or that returned something else than unit rows of its dimension."""
