"""Contexts: what an event is about besides what was done ('military', 'election', 'health'), read off its clause.

The contexts and their cues are `packs/plover/contexts.toml`: words and phrases of the clause, sectors of the parties, and
types or modes that always give one. One look-up a word of the clause; nothing is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from dateline.coding.drafts import Draft
from dateline.coding.roles import clause_verb
from dateline.coding.triggers import Surroundings
from dateline.knowledge.packs import PackError, Packs

FILE = "plover/contexts.toml"

_KEYS = frozenset("name means words phrases roles deeds examples counter".split())
_OTHER = frozenset({"conj", "parataxis"})
"""How a second clause hangs on the first: its words are about another event."""


@dataclass(frozen=True, slots=True)
class Contexts:
    """The names of the contexts in the order of the pack, and by each cue the contexts that it gives.

    `words` are lemmas; `phrases` are, by their first lemma, the lemmas that must follow it and what they give;
    `roles` are PLOVER sectors; `deeds` are types ('ASSAULT') or types and modes ('COERCE/curfew').
    """

    names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    roles: Mapping[str, tuple[str, ...]]
    deeds: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def load_contexts(packs: Packs) -> Contexts:
    """The contexts of `packs`; an unknown key raises `PackError` with the keys there are."""
    rows: list[dict[str, Any]] = packs.tables(FILE)["context"]
    for row in rows:
        if unknown := set(row) - _KEYS:
            raise PackError(
                f"{FILE}: {row.get('name')}: {', '.join(sorted(unknown))}; allowed are {', '.join(sorted(_KEYS))}"
            )
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in rows:
        for phrase in row.get("phrases", []):
            first, *rest = phrase.split()
            phrases.setdefault(first, []).append((tuple(rest), row["name"]))
    return Contexts(
        names=tuple(row["name"] for row in rows),
        words=_by_cue(rows, "words"),
        phrases={first: tuple(found) for first, found in phrases.items()},
        roles=_by_cue(rows, "roles"),
        deeds=_by_cue(rows, "deeds"),
    )


def _by_cue(rows: list[dict[str, Any]], key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for cue in row.get(key, []):
            found[cue] = (*found.get(cue, ()), row["name"])
    return found


def in_context(draft: Draft, around: Surroundings, contexts: Contexts) -> Draft:
    """`draft` with its contexts, in the order of the pack, after those that its pattern gave."""
    found = {*_of_deed(draft, contexts), *_of_parties(draft, around, contexts), *_of_clause(draft, around, contexts)}
    new = (name for name in contexts.names if name in found and name not in draft.context)
    return replace(draft, context=(*draft.context, *new))


def _of_deed(draft: Draft, contexts: Contexts) -> Iterator[str]:
    yield from contexts.deeds.get(str(draft.type), ())
    yield from contexts.deeds.get(f"{draft.type}/{draft.mode}", ())


def _of_parties(draft: Draft, around: Surroundings, contexts: Contexts) -> Iterator[str]:
    doc = around.words.parse.doc
    heads = [doc[i].idx for i in (*draft.actors, *draft.targets)]
    for mention in around.words.actors:
        if any(mention.start <= at < mention.end for at in heads):
            yield from contexts.roles.get(mention.codes.role or "", ())


def _of_clause(draft: Draft, around: Surroundings, contexts: Contexts) -> Iterator[str]:
    for token in _clause(around.words.parse.doc[draft.head]):
        lemma = token.lemma_.lower()
        yield from contexts.words.get(lemma, ())
        for rest, name in contexts.phrases.get(lemma, ()):
            if _follows(token, rest):
                yield name


def _clause(head: Token) -> Iterator[Token]:
    """The words of the clause that `head` stands in, without the clauses that are only joined to it."""
    waiting = [clause_verb(head)]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += [c for c in token.children if not (c.dep_ in _OTHER and c.pos_ in ("VERB", "AUX"))]


def _follows(token: Token, rest: tuple[str, ...]) -> bool:
    after = token.doc[token.i + 1 : token.i + 1 + len(rest)]
    return tuple(t.lemma_.lower() for t in after) == rest
