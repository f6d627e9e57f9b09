"""The record on disk: captures by digest, decisions as chained lines, and a database that can be made again.

Nothing here knows what the steps do. What must outlive a power cut is written by `write_durably`; what can be made
again lives in SQLite.
"""

from __future__ import annotations


class RecordError(ValueError):
    """A record that cannot be used as asked: the message names it and says what to do."""
