r"""Spans of a text, and views of it that never move an offset.

A *view* has one character for each character of the text, so that what is found in the view is found in the
text: straight quotes for curly ones, a blank for the newline of a hard-wrapped line, small letters for a text
that came in capitals. Finding and coding work on views; quoting and verifying on the text.

>>> view("“Get out”,\nhe said.")
'"Get out", he said.'
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

from dateline.types import Claim, Evidence, Problem, Report

_STRAIGHT = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'",
        "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
        "\ufeff": " ", "\u200b": " ",
        "\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
        "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word of letters, with what an apostrophe joins to it."""
_SENTENCE_START = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|\n\s*\n\s*|[\"“]\s*)(?=[^\W\d_])")


def digest(*parts: str | bytes) -> str:
    """The SHA-256 of `parts`, each kept apart from the next, in hexadecimal."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest()


def event_id(first_claim: str) -> str:
    """The id of the event whose first claim has this id."""
    return "e" + digest("event", first_claim)[:16]


def writable(text: str) -> str:
    r"""`text` with what UTF-8 cannot write, as in file names of another encoding, spelled out: 'caf\udce9.txt'."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def evidence(field: str, text: str, start: int, end: int) -> Evidence:
    """Evidence for `field`: characters `start` to `end` of `text`, without blanks at either edge."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(field=field, start=start, end=end, quote=text[start:end])


def verify_evidence(text: str, items: Iterable[Evidence], where: str) -> list[Problem]:
    """A problem for each piece of evidence whose characters `text` does not say."""
    return [
        Problem(
            code="evidence-differs",
            where=f"{where}: {item.field} {item.start}-{item.end}",
            message=f"the record says {item.quote!r}, the text says {text[item.start : item.end]!r}",
            hint="run `dateline rebuild`; if it comes back, the archive was changed",
        )
        for item in items
        if not (0 <= item.start <= item.end <= len(text) and text[item.start : item.end] == item.quote)
    ]


def verify_claim(claim: Claim, report: Report) -> list[Problem]:
    """A problem for each quote of `claim` that the report's text does not say."""
    parties = (("actors", claim.actors), ("targets", claim.targets))
    quoted = [Evidence(field, one.start, one.end, one.quote) for field, side in parties for one in side]
    return verify_evidence(report.text, (*claim.evidence, *quoted), f"{report.source}: claim {claim.id}")


def view(text: str) -> str:
    """`text` with straight quotes and plain blanks, and a blank for each newline that only wraps a line."""
    straight = text.translate(_STRAIGHT)
    return _WRAP.sub(_unwrap, straight)


_WRAP = re.compile(r"^([^\n]*[^\n ]) *\n(?= *[^\n ])", re.MULTILINE)
"""A line and its end, where another follows. Looked for from line starts alone, or a long line costs its square."""
_WRAPPED_LINE = 45
"""Characters from which a line that ends in no full stop counts as hard-wrapped (wires wrap at 60 to 80)."""


def _unwrap(match: re.Match[str]) -> str:
    line = match.group(1)
    following = match.string[match.end() :].lstrip(" ")[:1]
    wrapped = len(line.strip()) >= _WRAPPED_LINE or (following.islower() and line[-1] not in ".!?:\"'")
    return match.group(0)[:-1] + (" " if wrapped else "\n")


def in_capitals(text: str) -> bool:
    """Whether `text` is written in capitals throughout (agency copy of old, some feeds): at least 9 letters in 10."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 20 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _no_letters(_: str) -> bool:
    return False


def restore_case(text: str, is_name: Callable[[str], bool], is_letters: Callable[[str], bool] = _no_letters) -> str:
    """A text in capitals in ordinary case, character for character; `is_name` says which words are names.

    `is_letters` says which are letters that stay as they are ('UN').
    """

    def cased(match: re.Match[str]) -> str:
        word = match.group(0)
        if is_letters(word):
            return word
        small = word.lower()
        if len(small) != len(word):
            return word
        return _capitalised(small) if is_name(small) else small

    return _capitalise_starts(WORD.sub(cased, text))


def _capitalised(word: str) -> str:
    head = word[0].upper()
    return head + word[1:] if len(head) == 1 else word


def _capitalise_starts(text: str) -> str:
    starts = {m.end() for m in _SENTENCE_START.finditer(text)}
    return "".join(_capitalised(c) if i in starts else c for i, c in enumerate(text))
