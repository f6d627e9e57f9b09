"""Attributions by a colon: headlines ('Minister: talks have failed') and the names of a transcript ('SMITH: No.')."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.coding.attribution.cues import BY_COLON, AttributionCues
from dateline.coding.attribution.spans import Found, trimmed
from dateline.language.parse import Parse
from dateline.types import Span

_HEADLINE = re.compile(r"\s*((?:[^\W\d_][\w.'’&-]*[ ]?){1,5})(:)[ ](\S[^\n]{8,})")
_TRANSCRIPT = re.compile(r"^((?:[A-Z][A-Z.'’-]+[ ]?){1,4})(:)[ ](\S[^\n]{3,})", re.MULTILINE)


def by_colon(parse: Parse, cues: AttributionCues) -> Iterator[Found]:
    """Those of the text's first line, where it is 'Source: what it says', and of a transcript's lines."""
    text = parse.text
    if not len(parse.doc):
        return
    first = _HEADLINE.match(text)
    matches = [first] if first is not None and text[first.start(1)].isupper() else []
    matches += [m for m in _TRANSCRIPT.finditer(text) if not matches or m.start(1) != matches[0].start(1)]
    for match in matches:
        if match[1].strip().lower() not in cues.lists["labels"] and not _is_clause(parse, match):
            yield _found(parse, match)


def _is_clause(parse: Parse, match: re.Match[str]) -> bool:
    """'Army Command issued the following: ...' is a sentence, and no name before a colon."""
    words = parse.doc.char_span(match.start(1), match.end(1), alignment_mode="expand") or ()
    return any(t.tag_ in ("VBD", "VBZ", "VBP") for t in words) and any(t.dep_ == "nsubj" for t in words)


def _found(parse: Parse, match: re.Match[str]) -> Found:
    said = trimmed(parse.text, match.start(3), match.end(3))
    found = Found(parse.doc[0], Span(match.start(2), match.end(2)), BY_COLON)
    found.source = trimmed(parse.text, match.start(1), match.end(1))
    found.content = [said] if said is not None else []
    return found
