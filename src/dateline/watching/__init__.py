"""Watching: sources are looked at again and again, and only what is new in them goes into a record.

A `Watch` keeps the rounds (`rounds`), a `Poller` looks at one source (`polling`), `Memories` keep what was seen
(`memory`). The record is reached by one call alone, so that nothing here knows how it is made.
"""

from __future__ import annotations

from dateline.watching.adding import Added, Into
from dateline.watching.clock import Clock
from dateline.watching.memory import Memories
from dateline.watching.polling import Poller
from dateline.watching.rounds import Round, Watch

__all__ = ["Added", "Clock", "Into", "Memories", "Poller", "Round", "Watch"]
