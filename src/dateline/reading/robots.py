r"""What a site lets programs fetch (robots.txt, RFC 9309), and how fast.

>>> rules = Rules.of(200, "User-agent: *\nDisallow: /private\nCrawl-delay: 2")
>>> rules.allows("https://example.org/private/a"), rules.allows("https://example.org/a"), rules.delay_seconds
(False, True, 2.0)
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

NAME = "dateline"
"""The name by which a site's rules may speak of us."""
MAX_DELAY_SECONDS = 30.0
"""The longest 'Crawl-delay' that is waited for; a site that wants more is asked once in this time."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's rules; where none were read, everything or nothing is `allowed`."""

    allowed: bool
    parsed: Protego | None = None

    @classmethod
    def of(cls, status: int | None, text: str) -> Rules:
        """The rules of a site that answered for its robots.txt so; null: it did not answer.

        A site without the file allows everything; one that fails to answer is left alone (RFC 9309, 2.3.1).
        """
        if status == 200:
            return cls(allowed=True, parsed=Protego.parse(text))
        return cls(allowed=status is not None and 400 <= status < 500)

    def allows(self, url: str) -> bool:
        """Whether `url` may be fetched."""
        return self.allowed if self.parsed is None else bool(self.parsed.can_fetch(url, NAME))

    @property
    def unknown(self) -> bool:
        """Whether the site did not answer for its rules, so that it is left alone until it does."""
        return self.parsed is None and not self.allowed

    @property
    def refusal(self) -> str:
        """Why an address is not allowed, as the end of a sentence about robots.txt."""
        return (
            "could not be had, so the site is left alone" if self.parsed is None else "does not let programs fetch it"
        )

    @property
    def delay_seconds(self) -> float:
        """How long the site wants to be left alone between two requests."""
        asked = self.parsed.crawl_delay(NAME) if self.parsed else None
        return min(float(asked or 0.0), MAX_DELAY_SECONDS)
