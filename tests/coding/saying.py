"""Tests in the marked-up notation: a sentence of ours with what must come out of it, in one line."""

from __future__ import annotations

from dateline.annotate import Annotated, annotate
from dateline.checking import missing_from
from dateline.knowledge.notation import read_marked
from dateline.knowledge.packs import Packs
from dateline.types import Claim

PACKS = Packs()


def says(notation: str, *, published: str | None = "2022-03-16") -> Claim:
    """The claim that the marks of `notation` ask for; fails with what it lacks."""
    marked = read_marked(notation)
    kind = next(m.value for m in marked.marks if m.field == "type")
    assert kind is not None, "mark the trigger with its type: [attacked](type:ASSAULT)"
    seen = annotate(marked.text, PACKS, published=published)
    complaint = missing_from(marked, kind, seen)
    assert complaint is None, f"{complaint} in {marked.text!r}"
    trigger = next(m for m in marked.marks if m.field == "type")
    return next(
        c
        for c in seen.claims
        if c.type == kind
        and any(e.start < trigger.end and trigger.start < e.end for e in c.evidence if e.field == "type")
    )


def read(text: str, *, published: str | None = "2022-03-16") -> Annotated:
    """What `text` says; 16 March 2022 was a Wednesday."""
    return annotate(text, PACKS, published=published)


def events(text: str, *, published: str | None = "2022-03-16") -> list[str]:
    """The types of the claims that are this report's news."""
    return [str(c.type) for c in read(text, published=published).claims if not c.background]
