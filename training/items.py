"""What the scorer learns from: the words of the corpus that may tell an event, and the phrases that may be its parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Span, Token

import dateline
from corpus import Part, Sample, is_held_back, pack_samples, samples
from dateline.coding.patterns import TYPES_FOLDER, Codebook, load_codebook
from dateline.coding.roles import HARM_VERBS
from dateline.coding.scoring.lexicon import Lexicon, load_lexicon
from dateline.coding.scoring.signs import event_rows, party_rows
from dateline.coding.scoring.words import OUTCOMES, PARTIES, may_tell
from dateline.coding.triggers import Candidate, Surroundings, by_head, find_candidates, surroundings
from dateline.knowledge.packs import Packs
from dateline.language.words import words_of

PACKS = Path(dateline.__file__).parent / "knowledge" / "packs"


@dataclass
class Items:
    """What a network learns from: the numbers of the signs and the right outcome of each item."""

    signs: list[list[int]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    held_back: list[bool] = field(default_factory=list)
    ruled: list[int] = field(default_factory=list)
    where: list[str] = field(default_factory=list)

    def add(self, signs: list[int], right: int, held_back: bool, ruled: int, where: str) -> None:
        """One item more; `where` names it for a reader of errors."""
        self.signs.append(signs)
        self.right.append(right)
        self.held_back.append(held_back)
        self.ruled.append(ruled)
        self.where.append(where)


def root_of(part: Part, doc: Doc) -> Token | None:
    """The word that heads a marked phrase."""
    span = doc.char_span(part.start, part.end, alignment_mode="expand")
    return None if span is None else span.root


def event_words(sample: Sample, doc: Doc) -> tuple[dict[int, Part], set[int]]:
    """The words that tell the sample's events, and those of which nothing is taught."""
    right: dict[int, Part] = {}
    unsure: set[int] = set()
    for part in sample.of("type"):
        span = doc.char_span(part.start, part.end, alignment_mode="expand")
        if span is None:
            continue
        head = _telling(span.root, list(span))
        for token in (head, *_with_it(head, span)):
            right.setdefault(token.i, part)
        unsure |= {t.i for t in span}
    for part in sample.of("harm") + sample.of("stance") + sample.of("modality"):
        span = doc.char_span(part.start, part.end, alignment_mode="expand")
        if span is not None:
            unsure |= {t.i for t in span} | {span.root.head.i}
    unsure |= {t.i for t in doc if t.lemma_.lower() in HARM_VERBS and _beside_assault(t, right)}
    return right, unsure - set(right)


def _with_it(head: Token, span: Span) -> list[Token]:
    """The other half of 'held talks', 'launched a long investigation': verb and noun both tell the event."""
    if head.pos_ == "VERB":
        return [t for t in span if t.head.i == head.i and t.dep_ in ("dobj", "nsubjpass") and t.pos_ == "NOUN"]
    verb = head.head
    light = verb.pos_ == "VERB" and verb.lemma_.lower() in LIGHT and head.dep_ in ("dobj", "nsubjpass")
    return [verb] if light else []


LIGHT = frozenset(
    "hold launch open begin start carry conduct stage mount make issue file lodge give voice express offer undertake "
    "order announce impose declare deliver pay have resume reach sign strike put set lead face".split()
)


def _telling(root: Token, words: list[Token]) -> Token:
    """The head of a trigger, or where a preposition or particle heads it, its verb or noun."""
    if root.pos_ in ("VERB", "NOUN", "PROPN"):
        return root
    return next((t for t in words if t.pos_ in ("VERB", "NOUN", "PROPN")), root)


def _beside_assault(token: Token, right: dict[int, Part]) -> bool:
    start, end = token.sent.start, token.sent.end
    return any(start <= i < end and p.value == "ASSAULT" for i, p in right.items() if i != token.i)


def gather(samples: Sequence[Sample], packs: Packs) -> tuple[Items, Items, frozenset[str]]:
    """The items of both networks, and the nouns that tell events in the corpus."""
    book = load_codebook(packs)
    lexicon = load_lexicon(packs)
    arounds = [surroundings(words_of(s.text, packs, published=s.published), book) for s in samples]
    taught = [event_words(s, a.words.parse.doc) for s, a in zip(samples, arounds, strict=True)]
    known = {*book.nouns, *lexicon.nouns}
    for (right, _), around in zip(taught, arounds, strict=True):
        doc = around.words.parse.doc
        known |= {doc[i].lemma_.lower() for i in right if doc[i].pos_ in ("NOUN", "PROPN")}
    nouns = frozenset(known)
    events, parties = Items(), Items()
    lost = 0
    for sample, around, (right, unsure) in zip(samples, arounds, taught, strict=True):
        ruled = by_head(find_candidates(around))
        held_back = sample.only is None and is_held_back(sample.text)
        doc = around.words.parse.doc
        lost += sum(not may_tell(doc[i], nouns) for i in right)
        weighed = [t for t in doc if t.i not in unsure and (may_tell(t, nouns) or t.i in right)]
        tokens = [t for t in weighed if t.i in right or is_known_negative(sample, t, lexicon, book)]
        for token, row in zip(tokens, event_rows(tokens, around, ruled, lexicon), strict=True):
            kind = right[token.i].value if token.i in right else None
            mine = ruled.get(token.i, [])
            events.add(
                row,
                OUTCOMES.index(kind) if kind else 0,
                held_back,
                OUTCOMES.index(mine[0].pattern.type) if mine else 0,
                f"{sample.where}: {token.text}",
            )
            if kind:
                add_parties(parties, sample, right[token.i], token, around, mine, held_back)
    print(f"{len(events.right)} event words, {sum(r > 0 for r in events.right)} tell an event; {lost} not reachable")
    return events, parties, nouns


def is_known_negative(sample: Sample, token: Token, lexicon: Lexicon, book: Codebook) -> bool:
    """Whether a word without a mark is known to tell no event: all such of the corpus, of counter-examples what could."""
    if sample.only is None:
        return True
    if sample.of("type"):
        return False
    return sample.only in {*map(str, book.types_of(token.lemma_.lower())), *lexicon.types_of(token)}


def add_parties(
    items: Items,
    sample: Sample,
    told: Part,
    trigger: Token,
    around: Surroundings,
    ruled: list[Candidate],
    held_back: bool,
) -> None:
    """The phrases of the sentence, each as actor, target or neither of the event that `told` marks."""
    doc = trigger.doc
    roles: dict[int, int] = {}
    for name in ("target", "actor"):
        for part in sample.of(name, told.event):
            root = root_of(part, doc)
            if root is not None:
                roles[root.i] = PARTIES.index(name)
    actors = {i for c in ruled for i in c.actors}
    targets = {i for c in ruled for i in c.targets}
    for party, row in party_rows(trigger, around, kind=str(told.value), actors=actors, targets=targets):
        items.add(
            row,
            roles.get(party.i, 0),
            held_back,
            1 if party.i in actors else 2 if party.i in targets else 0,
            f"{sample.where}: {trigger.text} <- {party.text}",
        )


def corpus_samples() -> list[Sample]:
    """Every text of the corpus and every example of the codebook; a line that cannot be read raises its error."""
    return [*samples(), *pack_samples(PACKS / TYPES_FOLDER)]
