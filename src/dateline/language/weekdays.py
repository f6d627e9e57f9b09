"""The weekdays that words name.

>>> sorted(weekdays_in("early on Friday, not Thursday's"))
[4, 5]
"""

from __future__ import annotations

import re

_NAMES = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_NAMED = re.compile(rf"(?i)\b({'|'.join(_NAMES)})day(?:s?['’]s?)?\b")


def weekdays_in(text: str) -> frozenset[int]:
    """The weekdays named in `text`, as ISO numbers from 1 for Monday; 'Fridays' is a habit and no day."""
    return frozenset(_NAMES.index(name.lower()) + 1 for name in _NAMED.findall(text))
