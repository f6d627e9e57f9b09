"""Addresses: which of them name one page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|ref|cmpid)=[^&]*", re.I)
"""What is put behind an address to see where readers come from, not to name a page."""


def page_of(url: str | None) -> str | None:
    """The page that an address names, whatever its scheme and tracking; null for a site's front page, which is no story.

    >>> page_of("https://www.example.org/a/?utm_source=x#top") == page_of("http://example.org/a")
    True
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    path, query = parts.path.rstrip("/"), _TRACKING.sub("", parts.query).lstrip("&")
    if not parts.netloc or not (path or query):
        return None
    return f"{parts.netloc.lower().removeprefix('www.')}{path}{f'?{query}' if query else ''}"
