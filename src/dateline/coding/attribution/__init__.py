"""Who says so: each attribution of a text with its source, cue, content and stance.

Verbs, nouns, adjectives and phrases that attribute come from `english/attribution.toml`; syntax says who the source is
and what the content; quotation marks then settle where the content begins and ends, over sentences and paragraphs.
The spans follow PolNeAR's guidelines: a source is the whole noun phrase with its appositions and relative clause, a cue
takes its auxiliaries, particle and preposition, a content its 'that' or 'to'; nested attributions stand on their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dateline.coding.attribution.cues import AttributionCues
from dateline.coding.attribution.headings import by_colon
from dateline.coding.attribution.nesting import apart
from dateline.coding.attribution.nouns import by_according, by_adjective, by_hearsay, by_noun, by_tally
from dateline.coding.attribution.quoted import with_quotes
from dateline.coding.attribution.quotes import find_quotes
from dateline.coding.attribution.spans import Found, overlaid
from dateline.coding.attribution.verbs import by_estimate, by_verb
from dateline.language.parse import Parse
from dateline.types import Attribution, Span

__all__ = ["AttributionCues", "find_attributions", "is_speech", "outermost"]


def find_attributions(parse: Parse, cues: AttributionCues) -> tuple[Attribution, ...]:
    """The attributions of a text in the order of their cues, nested ones apart."""
    found = [*with_quotes(parse, apart(parse.text, list(_by_words(parse, cues)))), *by_colon(parse, cues)]
    found.sort(key=lambda f: f.cue.start if f.cue is not None else 0)
    return tuple(
        Attribution(source=f.source, cue=f.cue, content=tuple(f.content), stance=f.entry.stance, told=f.told)
        for f in found
        if f.content
    )


def is_speech(lemma: str, cues: AttributionCues) -> bool:
    """Whether a cue with this lemma is a communication (its source can be a claim's speaker)."""
    return cues.is_speech(lemma)


def _by_words(parse: Parse, cues: AttributionCues) -> Iterator[Found]:
    text = parse.text
    taken: frozenset[int] = frozenset()
    for token in parse.doc:
        found = _by_word(text, token, cues) if token.i not in taken else None
        if found is not None:
            taken |= found.beside
            yield found


def _by_word(text: str, token: Token, cues: AttributionCues) -> Found | None:
    lemma = token.lemma_
    if lemma in cues.lists["estimating"] and (found := by_estimate(text, token)) is not None:
        return found
    if lemma in cues.verbs and token.pos_ in ("VERB", "AUX"):
        return by_verb(text, token, cues)
    if lemma in cues.lists["tallies"] and (found := by_tally(text, token)) is not None:
        return found
    if lemma in cues.nouns and token.pos_ == "NOUN":
        return by_noun(text, token, cues)
    lower = token.lower_
    if lower in cues.adjectives:
        return by_adjective(text, token, cues)
    if lower in cues.lists["prepositions"]:
        return by_according(text, token)
    return by_hearsay(text, token) if lower in cues.adverbs else None


def outermost(attributions: Sequence[Attribution], text: str) -> tuple[Attribution, ...]:
    """Those of `attributions` that no other reports and no quotation holds: in 'A said B had claimed C' what A said."""
    marks = [Span(q.start, q.end) for q in find_quotes(text) if not q.single and text.count(" ", q.start, q.end) >= 3]
    covered = overlaid([*marks, *(piece for a in attributions for piece in a.content)])
    starts = [piece.start for piece in covered]
    return tuple(a for a in attributions if a.cue is None or not _stands_in(a.cue.start, covered, starts))


def _stands_in(at: int, pieces: Sequence[Span], starts: Sequence[int]) -> bool:
    k = bisect_right(starts, at) - 1
    return k >= 0 and at < pieces[k].end
