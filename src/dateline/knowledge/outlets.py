"""Outlets: who publishes, and which of them are agencies whose stories others print.

>>> outlets = Outlets.load(Packs())
>>> outlets.agency("Agence France-Presse"), outlets.agency("Breitbart")
('AFP', None)
>>> outlets.of_url("https://www.reuters.com/world/x").name
'Reuters'
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.knowledge.packs import Packs, Row


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: `country` alpha-2 (null for world bodies), `language` BCP 47, `time_zone` an IANA name."""

    domain: str
    name: str
    agency: bool
    country: str | None
    language: str
    time_zone: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """All known outlets, found by name (in any case) or by domain."""

    by_name: dict[str, Outlet]
    by_domain: dict[str, Outlet]

    @classmethod
    def load(cls, packs: Packs) -> Outlets:
        """The outlets of 'world/outlets.csv'; the first of two that share a name keeps it."""
        by_name: dict[str, Outlet] = {}
        by_domain: dict[str, Outlet] = {}
        for row in packs.rows("world/outlets.csv"):
            outlet = _outlet(row)
            by_domain[outlet.domain] = outlet
            for name in (outlet.name, *outlet.also):
                by_name.setdefault(name.casefold(), outlet)
        return cls(by_name, by_domain)

    @property
    def agencies(self) -> tuple[str, ...]:
        """All names of all agencies."""
        found = (one for one in self.by_domain.values() if one.agency)
        return tuple(name for one in found for name in (one.name, *one.also))

    def named(self, name: str) -> Outlet | None:
        """The outlet called `name`, with or without 'The' before it, or null."""
        key = name.strip().casefold()
        return self.by_name.get(key) or self.by_name.get(key.removeprefix("the ")) or self.by_name.get("the " + key)

    def of_url(self, url: str) -> Outlet | None:
        """The outlet at the host of `url`, or at the domain above it, or null."""
        host = host_of(url)
        while "." in host:
            if host in self.by_domain:
                return self.by_domain[host]
            host = host.partition(".")[2]
        return None

    def country_of(self, publisher: str) -> str | None:
        """The country (alpha-2) of a publisher given by name or host: as listed, else by the end of its host."""
        outlet = self.named(publisher) or self.of_url(f"//{publisher}")
        if outlet is not None:
            return outlet.country
        _, dot, end = publisher.strip().lower().rpartition(".")
        return _OF_ENDS.get(end, end.upper()) if dot and len(end) == 2 and end not in _SOLD else None

    def agency(self, name: str) -> str | None:
        """The short name of the agency called `name` ('AFP' of 'Agence France-Presse'), or null if it is none."""
        outlet = self.named(name.strip(" .,;:()[]/"))
        return outlet.name if outlet is not None and outlet.agency else None


def host_of(url: str) -> str:
    """The host of `url` without 'www.'; empty where it has none or cannot be read."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


_OF_ENDS = {"uk": "GB"}
"""Ends of hosts that are not their country's alpha-2 code."""

_SOLD = frozenset(
    ("ai", "cc", "co", "eu", "fm", "gg", "im", "io", "ly", "me", "nu", "sh", "st", "su", "to", "tv", "vc", "ws")
)
"""Ends of hosts that say no country: many are sold to everyone."""


def _outlet(row: Row) -> Outlet:
    return Outlet(
        domain=row["domain"],
        name=row["name"],
        agency=row["agency"] == "yes",
        country=row["country"] or None,
        language=row["language"],
        time_zone=row["time_zone"],
        also=tuple(name for name in row["also"].split("|") if name),
    )
