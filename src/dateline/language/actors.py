"""The phrases of a text that name or describe actors, what each says of its actor, and whom 'the group' or 'he' means.

The names of the knowledge packs rule over the parser's entities, which are weak on militias and Arabic names. What a
phrase stands for is decided in `dateline.knowledge.actors`; this module finds the phrases by syntax.

>>> from dateline.knowledge.packs import Packs
>>> from dateline.language.parse import parse
>>> packs = Packs()
>>> [m.quote for m in find_actors(parse("Chadian rebels shot two nurses.", packs=packs), ActorLexicon.load(packs))]
['Chadian rebels', 'two nurses']
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from dateline.knowledge.actor_index import Hit, Use
from dateline.knowledge.actors import ActorLexicon, Resolution
from dateline.knowledge.roles import fold_words
from dateline.language.numbers import Numbers
from dateline.language.parse import Parse, clean_name, phrase
from dateline.types import Actor, ActorCodes, ActorKind, ActorMention, Number

_MODIFIES = frozenset({"compound", "amod", "nmod", "poss", "nummod", "npadvmod", "quantmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PLACED = frozenset(
    (
        "in",
        "into",
        "inside",
        "across",
        "near",
        "within",
        "throughout",
        "outside",
        "around",
        "over",
        "at",
        "through",
        "off",
    )
)
"""Prepositions after which the name of a country or capital is a place and no actor: 'troops in Chad'."""
_PARTNERS = frozenset(("by", "with", "between", "against"))
_BARE = 14
"""Tokens up to which a text without a clause of its own is read as one phrase ('a former mayor of Lyon')."""


# ---------------------------------------------------------------- finding
def find_actors(parse: Parse, lexicon: ActorLexicon, *, on: str | None = None) -> tuple[ActorMention, ...]:
    """Every phrase of the text that names or describes an actor, in the order of the text; none overlaps another.

    `on` is the day of the report (ISO): who held an office then.
    """
    doc = parse.doc
    seen = _seen(doc, lexicon)
    bare = _bare_phrase(parse, lexicon, on)
    if bare is not None:
        return (bare,)
    spans = _apart([*_known_spans(doc, seen), *_entity_spans(doc, seen, lexicon)])
    found = (_mention(parse, span, _Asked(lexicon, on, seen)) for span in spans)
    return tuple(mention for mention in found if mention is not None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the lexicon knows of a doc's words, with the tokens of each hit; the country that the text names most."""

    hits: tuple[Hit, ...]
    tokens: tuple[tuple[int, int], ...]
    country: str | None
    cased: bool


_KEY = "dateline.actors"


def _seen(doc: Doc, lexicon: ActorLexicon) -> _Seen:
    """Read once for each doc: the parse carries it."""
    kept = doc.user_data.get(_KEY)
    if isinstance(kept, _Seen):
        return kept
    _, hits = lexicon.index.scan(doc.text)
    starts = [token.idx for token in doc]
    tokens = tuple((bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1)) for hit in hits)
    lands = Counter(hit.meaning.land.country for hit in hits if hit.meaning.land and hit.meaning.land.country)
    cased = not (doc.text.islower() or doc.text.isupper())
    seen = _Seen(tuple(hits), tokens, max(lands, key=lambda c: lands[c]) if lands else None, cased)
    doc.user_data[_KEY] = seen
    return seen


_Found = tuple[int, int, str | None]
"""First and last (exclusive) token of a phrase, and the parser's label where only the parser knows it."""


def _known_spans(doc: Doc, seen: _Seen) -> Iterator[_Found]:
    """A phrase for each head that a known name or noun stands at or before."""
    roots = [_root(doc, first, last) for first, last in seen.tokens]
    actors = {root.i for root, hit in zip(roots, seen.hits, strict=True) if _names_actor(hit)}
    grouped: dict[int, list[tuple[int, int]]] = {}
    for root, hit, (first, last) in zip(roots, seen.hits, seen.tokens, strict=True):
        ruler = _ruler(root, actors)
        if (
            ruler.i != root.i and ruler.i in actors | {t for t in (ruler.i,) if ruler.ent_type_ == "PERSON"}
        ) or _stands(root, hit):
            grouped.setdefault(ruler.i, []).append((first, last))
    yield from _described_names([root for root, hit in zip(roots, seen.hits, strict=True) if hit.meaning.noun])
    for head, parts in grouped.items():
        whole = phrase(doc[head])
        start = min(whole.start, *(first for first, _ in parts))
        end = max(whole.end, *(last for _, last in parts))
        yield start, end, None


def _described_names(roots: Iterable[Token]) -> Iterator[_Found]:
    """Names that the parser's entities miss and an apposition shows: 'Ana Roldan, the deputy mayor'."""
    for root in roots:
        if root.dep_ == "appos" and root.i > root.head.i and root.head.pos_ == "PROPN" and root.head.text[:1].isupper():
            name = phrase(root.head)
            if not root.head.ent_type_ and name.end == root.head.i + 1:
                yield name.start, name.end, "PERSON"


def _root(doc: Doc, first: int, last: int) -> Token:
    return doc[first] if last - first == 1 else doc[first:last].root


def _names_actor(hit: Hit) -> bool:
    return bool(hit.meaning.entries or hit.meaning.noun)


def _ruler(token: Token, actors: set[int]) -> Token:
    """The head of the phrase that `token` only modifies: 'President' gives way to 'Moreno'."""
    while token.dep_ in _MODIFIES and token.head.i > token.i and token.head.pos_ in _NOUNS:
        if token.head.i not in actors and token.head.ent_type_ != "PERSON":
            return token
        token = token.head
    return token


def _stands(token: Token, hit: Hit) -> bool:
    """Whether a hit is used as an actor where it stands."""
    meaning = hit.meaning
    if meaning.entries:
        return True
    if meaning.noun is not None:
        return token.pos_ in _NOUNS or (token.pos_ == "ADJ" and token.dep_ not in ("amod", "acomp", "advmod"))
    if meaning.land is None or meaning.land.country is None or meaning.land.use in (Use.ADJECTIVE, Use.REGION):
        return False
    return _acts(token, strict=meaning.land.use is Use.CAPITAL)


def _acts(token: Token, *, strict: bool) -> bool:
    """Whether a country's name stands for its state: a capital's only as subject or partner ('talks with Tehran')."""
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass"):
        return True
    if token.dep_ == "pobj":
        preposition = token.head.lower_
        return preposition in _PARTNERS if strict else preposition not in _PLACED
    return (
        token.dep_ in ("dobj", "poss", "agent", "dative")
        if not strict
        else token.dep_ == "poss" and token.pos_ == "PROPN"
    )


def _entity_spans(doc: Doc, seen: _Seen, lexicon: ActorLexicon) -> Iterator[_Found]:
    """People and bodies that only the parser takes for such; with the words that belong to the name's phrase."""
    covered = {
        i
        for (first, last), hit in zip(seen.tokens, seen.hits, strict=True)
        if hit.meaning.entries or hit.meaning.land
        for i in range(first, last)
    }
    for entity in doc.ents:
        if entity.label_ not in _KINDS or covered.intersection(range(entity.start, entity.end)):
            continue
        if _is_proper(entity) and fold_words(entity.text) not in lexicon.roles.not_names:
            yield entity.start, entity.end, entity.label_


def _is_proper(entity: Span) -> bool:
    return entity.root.pos_ == "PROPN" and entity.text[:1].isupper()


def _apart(spans: Iterable[_Found]) -> list[_Found]:
    """The longest phrases first; what overlaps a longer one is left out; in the order of the text."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[2] is not None, s[0])):
        tokens = range(span[0], span[1])
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return sorted(kept, key=lambda s: s[0])


_KINDS = {"PERSON": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}


_INERT = frozenset({ActorKind.THING, ActorKind.PLACE, ActorKind.STATE})
_STATE_FORCES = frozenset({"MIL", "COP", "PRE"})
"""Sectors whose things act as their owners do: 'two warships shelled the port'; a house or a market does not."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom to ask what a phrase stands for, and what is known of the text around it."""

    lexicon: ActorLexicon
    on: str | None
    seen: _Seen

    def resolve(self, words: str) -> Resolution:
        return self.lexicon.resolve(words, on=self.on, context_country=self.seen.country, cased=self.seen.cased)


def _mention(parse: Parse, part: _Found, asked: _Asked) -> ActorMention | None:
    start, end, label = part
    span = _trimmed(parse.doc[start:end])
    if label is not None:
        found = asked.resolve(span.text)
        return _made(parse, span, replace(found, kind=_KINDS[label], name=clean_name(span.text)))
    found = _resolved(span, asked)
    return _made(parse, span, found) if _is_actor(span, found, asked.lexicon) else None


def _is_actor(span: Span, found: Resolution, lexicon: ActorLexicon) -> bool:
    if found.id is not None:
        return True
    if found.kind in (ActorKind.THING, ActorKind.PLACE):
        return found.codes.role in _STATE_FORCES
    known = found.codes.role is not None or found.codes.country is not None
    return known or (found.kind is not ActorKind.STATE and _describes(span, lexicon))


def _resolved(span: Span, asked: _Asked) -> Resolution:
    """What a phrase stands for; what it leaves open may stand in what follows: 'trade unions in Denmark'."""
    found = asked.resolve(span.text)
    if _is_namesake(span, found):
        return replace(found, id=None, name=clean_name(span.text), codes=ActorCodes())
    if found.id is not None or (found.codes.role is not None and found.codes.country is not None):
        return found
    return _with_tail(span, found, asked)


def _is_namesake(span: Span, found: Resolution) -> bool:
    """A surname after a first name that is none of the known person's, where no capital shows it."""
    if found.id is None or found.kind is not ActorKind.PERSON or " " in found.matched:
        return False
    at = next((t for t in span if t.text == found.matched), None)
    before = span.doc[at.i - 1] if at is not None and at.i > span.start else None
    if before is None or before.pos_ != "PROPN" or not before.text.islower() or before.dep_ != "compound":
        return False
    return before.text not in fold_words(found.name)


def _describes(span: Span, lexicon: ActorLexicon) -> bool:
    """Whether a phrase without sector or country still speaks of people: 'two men', not 'the group'."""
    return span.root.tag_ in ("NN", "NNS") and span.root.lower_ in lexicon.roles.references.people


def _trimmed(span: Span) -> Span:
    """`span` without quotation marks, commas and blanks at its ends, and without a final possessive."""
    doc, start, end = span.doc, span.start, span.end
    while start < end - 1 and (doc[start].is_space or doc[start].is_punct):
        start += 1
    while end - 1 > start and (doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].tag_ == "POS"):
        end -= 1
    return doc[start:end]


_TAILS = frozenset(("in", "at", "from", "for", "with"))


def _with_tail(span: Span, found: Resolution, asked: _Asked) -> Resolution:
    doc = span.doc
    if (
        span.end + 1 >= len(doc)
        or doc[span.end].lower_ not in _TAILS
        or not span.start <= doc[span.end].head.i < span.end
    ):
        return found
    longer = asked.resolve(doc[span.start : doc[span.end].right_edge.i + 1].text)
    fits = found.codes.role in (None, longer.codes.role) and longer.id is None
    return replace(found, codes=longer.codes) if fits else found


def _made(parse: Parse, span: Span, found: Resolution) -> ActorMention:
    start, end = span.start_char, span.end_char
    return ActorMention(start, end, parse.text[start:end], found.id, found.name, found.kind, found.codes)


def _bare_phrase(parse: Parse, lexicon: ActorLexicon, on: str | None) -> ActorMention | None:
    """A text that is nothing but a noun phrase, read as one."""
    doc = parse.doc
    if len(doc) > _BARE or any(t.dep_ in ("nsubj", "nsubjpass") or t.tag_ == "MD" for t in doc):
        return None
    words = [t for t in doc if not t.is_space]
    if not words:
        return None
    span = doc[words[0].i : words[-1].i + 1]
    if any(t.text in ",;:" for t in span) or len(parse.sentences) > 1:
        return None
    found = lexicon.resolve(span.text, on=on)
    known = found.id or found.codes.role or found.codes.country
    return _made(parse, _trimmed(span), found) if known else None


# ---------------------------------------------------------------- one phrase
def actor_of(
    phrase_: Span,
    lexicon: ActorLexicon,
    *,
    numbers_hint: Number | None = None,
    on: str | None = None,
    text: str | None = None,
) -> Actor:
    """The actor that a noun phrase speaks of: name and description apart, count, kind and codes.

    `text` is the text that offsets count in, where it differs from the parsed view (curly quotes, capitals).
    """
    doc = phrase_.doc
    seen = _seen(doc, lexicon)
    span = _trimmed(_whole_names(phrase_, seen))
    found = _resolved(span, _Asked(lexicon, on, seen))
    proper = _proper_name(span, seen, found)
    name, description = _named(span, proper) if proper is not None else _described(span, seen, lexicon)
    start, end = span.start_char, span.end_char
    return Actor(
        name=name,
        description=description,
        id=found.id,
        kind=_kind(span, proper, found, lexicon),
        number=numbers_hint or _number(span, proper, found, lexicon),
        codes=found.codes,
        quote=(text or doc.text)[start:end],
        start=start,
        end=end,
    )


def describe(phrase_: str, lexicon: ActorLexicon, *, on: str | None = None) -> Resolution:
    """What the words of a phrase stand for (see `ActorLexicon.resolve`)."""
    return lexicon.resolve(clean_name(phrase_), on=on)


def _whole_names(span: Span, seen: _Seen) -> Span:
    """`span` with every name that it cuts in two made whole: the parser splits 'Hashed al-Shaabi'."""
    start, end = span.start, span.end
    for (first, last), hit in zip(seen.tokens, seen.hits, strict=True):
        if first >= span.end:
            break
        if last > span.start and hit.meaning.entries:
            start, end = min(start, first), max(end, last)
    return span.doc[start:end]


def _proper_name(span: Span, seen: _Seen, found: Resolution) -> Span | None:
    """The proper name that rules a phrase: of the packs, of the parser's entities, or a run of capitalised words."""
    doc, root = span.doc, span.root
    for (first, last), hit in zip(seen.tokens, seen.hits, strict=True):
        if not hit.meaning.entries or first < span.start or last > span.end:
            continue
        is_person = found.kind is ActorKind.PERSON and any(e.id == found.id for e in hit.meaning.entries)
        if is_person or first <= root.i < last:
            return doc[first:last]
    for (first, last), hit in zip(seen.tokens, seen.hits, strict=True):
        if hit.meaning.land is not None and hit.meaning.land.use in (Use.NAME, Use.CAPITAL) and first <= root.i < last:
            return doc[first:last]
    if root.ent_type_ in ("PERSON", "ORG") and root.pos_ == "PROPN":
        entity = next((e for e in doc.ents if e.start <= root.i < e.end), None)
        if entity is not None and entity.start >= span.start:
            return _without_titles(entity, seen)
    return _capital_run(span, root, seen) if root.pos_ == "PROPN" and root.text[:1].isupper() else None


def _without_titles(name: Span, seen: _Seen) -> Span:
    """'President Juan Moreno' without his title."""
    start = name.start
    for (first, last), hit in zip(seen.tokens, seen.hits, strict=True):
        if (
            first == start
            and last < name.end
            and (hit.meaning.noun or hit.meaning.land)
            and not hit.meaning.entries
            and name.label_ == "PERSON"
        ):
            start = last
    return name.doc[start : name.end]


def _capital_run(span: Span, root: Token, seen: _Seen) -> Span | None:
    start = root.i
    while (
        start > span.start
        and span.doc[start - 1].text[:1].isupper()
        and span.doc[start - 1].pos_ in ("PROPN", "ADJ", "NOUN")
    ):
        start -= 1
    end = (
        span.end
        if all(t.pos_ in ("PROPN", "ADP", "DET", "PUNCT", "NOUN") for t in span.doc[root.i : span.end])
        else root.i + 1
    )
    run = span.doc[start:end]
    return run if len(run) > 1 or root.ent_type_ or not _is_role(root, seen) else None


def _is_role(token: Token, seen: _Seen) -> bool:
    return any(
        hit.meaning.noun and first <= token.i < last for (first, last), hit in zip(seen.tokens, seen.hits, strict=True)
    )


def _named(span: Span, proper: Span) -> tuple[str, str | None]:
    """A proper name and the role beside it: 'mayor of Achi', 'deputy head'; null where nothing stands beside it."""
    before = clean_name(span.doc[span.start : proper.start].text) if proper.start > span.start else ""
    after = clean_name(span.doc[proper.end : span.end].text) if proper.end < span.end else ""
    beside = next(
        (c for c in proper.root.children if c.dep_ == "appos" and c.i >= proper.end and c.pos_ == "NOUN"), None
    )
    words = [w for w in (before, after) if w and w.lower() not in ("of", "the", "'s", "and")]
    if not words and beside is not None:
        words = [clean_name(phrase(beside).text)]
    return clean_name(proper.text), " ".join(words) or None


def _described(span: Span, seen: _Seen, lexicon: ActorLexicon) -> tuple[str, str | None]:
    """The head noun, with the words that make it one role ('security forces'), and the whole phrase."""
    root = _counted(span, lexicon)
    for (first, last), hit in zip(seen.tokens, seen.hits, strict=True):
        if hit.meaning.noun and first <= root.i < last and span.start <= first:
            return clean_name(span.doc[first:last].text), clean_name(span.text)
    return root.text, clean_name(span.text)


def _counted(span: Span, lexicon: ActorLexicon) -> Token:
    """The noun that is spoken of: 'students' in 'dozens of students'."""
    root = span.root
    while root.lower_ in lexicon.roles.partitive:
        of = next((c for c in root.children if c.lower_ == "of" and c.i > root.i), None)
        inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        if inner is None or inner.i >= span.end:
            break
        root = inner
    return root


def _kind(span: Span, proper: Span | None, found: Resolution, lexicon: ActorLexicon) -> ActorKind:
    if found.id is not None or found.codes.role is not None:
        return found.kind
    root = span.root
    entity = _KINDS.get(root.ent_type_)
    if proper is not None and entity is not None:
        return entity
    if root.ent_type_ in ("GPE", "LOC", "FAC") and root.pos_ == "PROPN":
        return found.kind if found.kind is ActorKind.STATE else ActorKind.PLACE
    if found.kind is not ActorKind.PERSON or root.pos_ == "PRON" or _describes(span, lexicon):
        return found.kind
    return ActorKind.PERSON if root.pos_ in ("PROPN", "PRON") else ActorKind.THING


def _number(span: Span, proper: Span | None, found: Resolution, lexicon: ActorLexicon) -> Number | None:
    if proper is not None and found.kind is not ActorKind.GROUP and span.start == proper.start:
        return None
    return Numbers.load(lexicon.packs).of_text(span.text)


# ---------------------------------------------------------------- coreference
_NEAR = 3
"""Sentences back in which 'the group' and pronouns look for what they stand for."""


@dataclass(frozen=True)
class Antecedents:
    """The mentions that later words of the text can point back to."""

    parse: Parse
    mentions: tuple[ActorMention, ...]
    lexicon: ActorLexicon

    def before(self, start: int, sentences: int | None = None) -> list[ActorMention]:
        """The mentions that end before character `start`, the nearest first, at most so many sentences back."""
        earliest = self._earliest(start, sentences) if sentences is not None else 0
        return [m for m in reversed(self.mentions) if m.end <= start and m.start >= earliest]

    def _earliest(self, start: int, sentences: int) -> int:
        starts = [s.start_char for s in self.parse.sentences if s.start_char <= start]
        return starts[max(0, len(starts) - 1 - sentences)] if starts else 0

    def is_subject(self, mention: ActorMention) -> bool:
        """Whether a mention is the subject of a clause."""
        span = self.parse.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return span is not None and span.root.dep_ in ("nsubj", "nsubjpass")


def resolve_reference(reference: Token | Span, antecedents: Antecedents) -> ActorMention | None:
    """The earlier mention that a pronoun, a surname, an acronym or 'the group' stands for; null where it stays open."""
    span = reference if isinstance(reference, Span) else reference.doc[reference.i : reference.i + 1]
    span = _trimmed(span)
    words = antecedents.lexicon.roles.references
    word = span.root.lower_
    if len(span) == 1 and word in words.he | words.they | words.it:
        return _of_pronoun(word, span.start_char, antecedents)
    if span[0].lower_ in words.definite and len(span) > 1 and span.root.pos_ in ("NOUN", "ADJ", "PROPN"):
        return _of_short_name(span, antecedents) if span.root.text[:1].isupper() else _of_definite(span, antecedents)
    if span.root.pos_ == "PROPN" or span.text[:1].isupper():
        return _of_name(span, antecedents)
    return None


def _of_pronoun(word: str, start: int, antecedents: Antecedents) -> ActorMention | None:
    """'He' is the last person, 'they' the last people, 'it' the last body; a subject goes before what is none."""
    words = antecedents.lexicon.roles.references
    wanted = {ActorKind.PERSON} if word in words.he else {ActorKind.GROUP, ActorKind.ORGANISATION}
    if word in words.it:
        wanted |= {ActorKind.STATE}
    fitting = [m for m in antecedents.before(start, _NEAR - 1) if m.kind in wanted]
    return next((m for m in fitting if antecedents.is_subject(m)), fitting[0] if fitting else None)


def _of_name(span: Span, antecedents: Antecedents) -> ActorMention | None:
    """'Moreno' after 'Carlos Moreno'; 'NFM' after 'the National Farmers Movement (NFM)'."""
    name = clean_name(span.text)
    last = name.split()[-1].casefold() if name else ""
    for mention in antecedents.before(span.start_char):
        if (
            mention.kind is ActorKind.PERSON
            and len(mention.name.split()) > 1
            and mention.name.split()[-1].casefold() == last
        ):
            return mention
        if name.isupper() and _is_introduced(name, mention, antecedents.parse.text):
            return mention
    return None


def _is_introduced(acronym: str, mention: ActorMention, text: str) -> bool:
    """Whether the acronym stands in brackets right after the mention: '... Movement (NFM)'."""
    after = text[mention.end : mention.end + len(acronym) + 4].lstrip()
    return after.startswith(f"({acronym})")


def _of_short_name(span: Span, antecedents: Antecedents) -> ActorMention | None:
    """'the Brigades' after 'the Red Valley Brigades': the last body whose name ends in the same words."""
    name = clean_name(span.text)
    bodies = (m for m in antecedents.before(span.start_char) if m.kind in _BODIES)
    longer = (m for m in bodies if clean_name(m.quote).endswith(" " + name))
    return next(longer, None) or _of_definite(span, antecedents)


_BODIES = frozenset({ActorKind.GROUP, ActorKind.ORGANISATION})


def _of_definite(span: Span, antecedents: Antecedents) -> ActorMention | None:
    """'The group', 'the faction': the one armed group of the last sentences, the part before its umbrella."""
    head = span.root.lower_
    roles = antecedents.lexicon.roles.references.sectors.get(head)
    if roles is None or antecedents.lexicon.resolve(span.text).id is not None:
        return None
    near = [m for m in antecedents.before(span.start_char, _NEAR) if _fits(m, head, roles)]
    return _only(near, antecedents.lexicon)


def _fits(mention: ActorMention, head: str, roles: frozenset[str]) -> bool:
    if mention.kind not in (ActorKind.GROUP, ActorKind.ORGANISATION) or not roles.intersection(mention.codes.roles):
        return False
    proper = mention.id is not None or mention.name[:1].isupper()
    return proper and (
        head not in ("ministry", "court", "police", "agency") or head in mention.name.lower() or mention.id is not None
    )


def _only(near: Sequence[ActorMention], lexicon: ActorLexicon) -> ActorMention | None:
    """The one actor that all mentions are of, umbrellas of another left out; null if there are several."""
    names = {m.id or m.name.casefold(): m for m in reversed(near)}
    umbrellas = {above for name in names for above in lexicon.chain(name)[1:]}
    left = [m for name, m in names.items() if name not in umbrellas]
    return left[0] if len(left) == 1 else None
