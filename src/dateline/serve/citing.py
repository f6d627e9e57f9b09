r"""How an event is cited: as a line of text, as BibTeX, as an address that says of which state of the record it speaks.

Words of reports go into BibTeX escaped: no command, brace or comment of theirs has a say.

>>> bibtex_text("50% of {Orlu}\\input")
'50\\% of \\{Orlu\\}\\textbackslash{}input'
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from dateline.phrasing import plain
from dateline.types import Event

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "@": r"{@}",
    '"': r"{''}",
}
_TABLE = str.maketrans(_ESCAPED)


@dataclass(frozen=True, slots=True)
class Citation:
    """An event cited: `permalink` is an address with the state of the record, `day` when it was looked at."""

    text: str
    bibtex: str
    permalink: str


def permalink(root: str, event: str, revision: str) -> str:
    """The address of an event at a state of the record; `root` is the site's, without a slash at its end."""
    return f"{root}/e/{event}?{urlencode({'at': revision})}"


def citation(event: Event, *, record: str, revision: str, root: str, day: str) -> Citation:
    """How an event of `record` is cited on `day` (ISO)."""
    address, summary = permalink(root, event.id, revision), plain(event.summary)
    return Citation(
        text=f"“{summary}” Event {event.id} of the record {plain(record)}, revision {revision}, made with dateline "
        f"from what reports say. {address} (looked at {day}).",
        bibtex=_bibtex(event, summary=summary, record=plain(record), revision=revision, address=address, day=day),
        permalink=address,
    )


def _bibtex(event: Event, *, summary: str, record: str, revision: str, address: str, day: str) -> str:
    fields = (
        ("title", f"{{{bibtex_text(summary)}}}"),
        ("howpublished", f"Event {bibtex_text(event.id)} of the record {bibtex_text(record)}, made with dateline"),
        ("year", day[:4]),
        ("note", f"Revision {bibtex_text(revision)}; what reports say, on the word of those named"),
        ("url", bibtex_address(address)),
        ("urldate", day),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@misc{{{event.id},\n{lines}}}"


def bibtex_text(words: str) -> str:
    """Words as BibTeX and LaTeX print them, whatever they hold."""
    return plain(words).translate(_TABLE)


def bibtex_address(address: str) -> str:
    """An address in a `url` field, which is printed as it is: braces, blanks and backslashes are written as %XX."""
    return "".join(f"%{ord(c):02X}" if c in '{}\\ "' else c for c in address)
