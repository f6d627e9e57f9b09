"""Checking the packs: every example must come out as it is marked, and no counter-example may.

`dateline check` runs this over all packs that carry examples, built-in and user's, and names the file and the example
that failed. How a pack's examples are run is said once, in `RUNNERS`, or by `_types` for the event types.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dateline import lent_examples
from dateline.annotate import Annotated, annotate
from dateline.coding.attribution.cues import FILE as ATTRIBUTION
from dateline.coding.attribution.examples import Ran, check_examples
from dateline.coding.contexts import FILE as CONTEXTS
from dateline.coding.modality import FILE as MODALITY
from dateline.coding.patterns import TYPES_FOLDER
from dateline.coding.senses import FILE as SENSES
from dateline.coding.subjects import FILE as SUBJECTS
from dateline.coding.subjects import load_subjects
from dateline.knowledge.actors import ActorLexicon, Resolution
from dateline.knowledge.notation import Mark, Marked, read_marked
from dateline.knowledge.packs import Packs
from dateline.knowledge.roles import FILE as ROLES
from dateline.types import Actor, ActorKind, Claim, Modality

FURNITURE = "english/furniture.toml"
SPEAKERS = "english/speakers.toml"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One example or counter-example that was run: `complaint` is null where it came out as it should.

    `number` counts the examples of the file, and its counter-examples apart, from 1.
    """

    file: str
    number: int
    kind: str
    text: str
    complaint: str | None


def check(packs: Packs) -> Iterator[CheckResult]:
    """The result of every example and counter-example of every pack that has any, in the order of the files."""
    for file in sorted([*RUNNERS, *packs.names(TYPES_FOLDER)]):
        seen: Counter[str] = Counter()
        for ran in RUNNERS[file](packs) if file in RUNNERS else _types(packs, file):
            seen[ran.kind] += 1
            yield CheckResult(file, seen[ran.kind], ran.kind, ran.text, ran.complaint)


# ---------------------------------------------------------------- lines, notes and withdrawals: a pattern and its texts
def _furniture(packs: Packs) -> Iterator[Ran]:
    tables = packs.tables(FURNITURE)
    for row in tables.get("line", []):
        yield from _pattern(row, re.Pattern[str].fullmatch)
    yield from _pattern(tables.get("notes", {}), re.Pattern[str].match)
    yield from _pattern(tables.get("credit", {}), re.Pattern[str].fullmatch)
    release = tables.get("release", {})
    yield from _pattern({**release, "pattern": release.get("signs", "")}, re.Pattern[str].fullmatch)


def _withdrawal(packs: Packs) -> Iterator[Ran]:
    for name in ("itself", "withdrawal", "correction"):
        yield from _pattern(packs.tables(SPEAKERS).get(name, {}), re.Pattern[str].search)


def _pattern(row: Mapping[str, Any], find: Callable[[re.Pattern[str], str], object]) -> Iterator[Ran]:
    """The examples of a row, which its `pattern` must find (in the way of `find`), and those that it must not."""
    pattern = _compiled(row.get("pattern", ""))
    for text in _listed(row, "example", "examples"):
        missed = pattern if isinstance(pattern, str) else None if find(pattern, text) else "its pattern does not match"
        yield Ran("example", text, missed)
    for text in _listed(row, "counter", "counters", "counter_example", "counter_examples"):
        found = (
            pattern
            if isinstance(pattern, str)
            else "its pattern matches, and must not"
            if find(pattern, text)
            else None
        )
        yield Ran("counter", text, found)


def _compiled(pattern: str) -> re.Pattern[str] | str:
    """The pattern, or what is wrong with it."""
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        return f"its pattern cannot be read: {error}"


def _listed(row: Mapping[str, Any], *keys: str) -> list[str]:
    found = [row[key] for key in keys if key in row]
    return [text for one in found for text in ([one] if isinstance(one, str) else one)]


# ---------------------------------------------------------------- role nouns: phrases and the sector or kind they get
NONE = "-"
"""Stands in a block for a counter-example that there is none of."""


def _roles(packs: Packs) -> Iterator[Ran]:
    lexicon = ActorLexicon.load(packs)
    for block in packs.tables(ROLES).get("nouns", []):
        for phrase in _phrases(block, "example"):
            seen = lexicon.resolve(phrase)
            yield Ran("example", phrase, None if _stands_for(seen, block) else _not_so(seen, block, "is not"))
        for phrase in _phrases(block, "not"):
            seen = lexicon.resolve(phrase)
            yield Ran("counter", phrase, _not_so(seen, block, "must not be") if _stands_for(seen, block) else None)


def _phrases(block: Mapping[str, Any], key: str) -> list[str]:
    phrases = [phrase.strip() for text in _listed(block, key) for phrase in text.split(";")]
    return [phrase for phrase in phrases if phrase != NONE]


def _stands_for(seen: Resolution, block: Mapping[str, Any]) -> bool:
    """Whether a phrase got the block's sector; for a block without one, its kind ('two men' are a group of persons)."""
    if block["role"]:
        return block["role"] in seen.codes.roles
    kinds = {block["kind"], ActorKind.GROUP} if block["kind"] == ActorKind.PERSON else {block["kind"]}
    return bool(seen.matched) and seen.kind in kinds


def _not_so(seen: Resolution, block: Mapping[str, Any], verb: str) -> str:
    return f"read as {seen.codes.role or 'no sector'}, {seen.kind}: {verb} {block['role'] or block['kind']}"


# ---------------------------------------------------------------- event types: sentences and what is coded of them
def _types(packs: Packs, file: str) -> Iterator[Ran]:
    table = packs.tables(file)
    for row in table.get("example", []):
        marked = read_marked(row["text"])
        seen = annotate(marked.text, packs, published=row.get("published"))
        yield Ran("example", marked.text, missing_from(marked, table["type"], seen))
    for row in table.get("counter", []):
        seen = annotate(row["text"], packs, published=row.get("published"))
        yield Ran("counter", row["text"], invented_in(table["type"], seen))


# ---------------------------------------------------------------- contexts: sentences with and without them
def _contexts(packs: Packs) -> Iterator[Ran]:
    for row in packs.tables(CONTEXTS).get("context", []):
        for text in _listed(row, "examples"):
            found = _contexts_in(text, packs)
            missed = None if row["name"] in found else f"no claim in context {row['name']}; found: {sorted(found)}"
            yield Ran("example", text, missed)
        for text in _listed(row, "counter"):
            wrong = row["name"] in _contexts_in(text, packs)
            yield Ran("counter", text, f"in context {row['name']}, and must not be" if wrong else None)


def _contexts_in(text: str, packs: Packs) -> set[str]:
    return {name for claim in annotate(text, packs, published=None).claims for name in claim.context}


# ---------------------------------------------------------------- subjects: texts that are set aside, and such as are not
def _subjects(packs: Packs) -> Iterator[Ran]:
    """The texts of the pack, read as if the screen were on: a folder may switch it off."""
    subjects, checked = replace(load_subjects(packs), enabled=True), packs.tables(SUBJECTS).get("checked", {})
    for name, text in checked.get("example", {}).items():
        seen = subjects.other_than_coded(text)
        yield Ran("example", text, None if seen == name else f"is not set aside as {name}")
    for text in checked.get("counter", {}).values():
        seen = subjects.other_than_coded(text)
        yield Ran("counter", text, f"is set aside as {seen}, and must not be" if seen else None)


# ---------------------------------------------------------------- words that tell no event, or none that happened
def _senses(packs: Packs) -> Iterator[Ran]:
    yield from _untold(packs, SENSES, frozenset(Modality))


def _modality(packs: Packs) -> Iterator[Ran]:
    yield from _untold(packs, MODALITY, frozenset({Modality.HAPPENED, Modality.ONGOING}))


def _untold(packs: Packs, file: str, held: frozenset[Modality]) -> Iterator[Ran]:
    """An example's marked word tells no event held as one of `held`; that of a counter-example does."""
    for row in packs.tables(file).values():
        for kind, keys in (("example", ("examples",)), ("counter", ("counter_examples",))):
            for notation in _listed(row, *keys):
                marked = read_marked(notation)
                told = any(c.modality in held for c in _on_the_mark(marked, packs))
                wrong = told if kind == "example" else not told
                yield Ran(kind, marked.text, f"is {'' if told else 'not '}told" if wrong else None)


def _on_the_mark(marked: Marked, packs: Packs) -> Iterator[Claim]:
    """The claims of the marked type on the marked words."""
    mark = next(m for m in marked.marks if m.field == "type")
    claims = annotate(marked.text, packs, published=lent_examples.PUBLISHED).claims
    return (c for c in claims if c.type == mark.value and _has_evidence(c, mark))


RUNNERS: dict[str, Callable[[Packs], Iterator[Ran]]] = {
    ATTRIBUTION: check_examples,
    CONTEXTS: _contexts,
    FURNITURE: _furniture,
    MODALITY: _modality,
    ROLES: _roles,
    SENSES: _senses,
    SPEAKERS: _withdrawal,
    **lent_examples.RUNNERS,
    SUBJECTS: _subjects,
}
"""What runs the examples of each pack; those of the event types have one runner for all."""


def invented_in(kind: str, seen: Annotated) -> str | None:
    """What was coded as `kind` and must not be, or null."""
    found = [c for c in seen.claims if c.type == kind and not c.background]
    if not found:
        return None
    words = next((e.quote for e in found[0].evidence if e.field == "type"), "")
    return f"coded as {kind} from {words!r}, and must not be"


def missing_from(marked: Marked, kind: str, seen: Annotated) -> str | None:
    """What the best claim lacks of what is marked, or null."""
    wanted = next((m.value for m in marked.marks if m.field == "type" and m.value), kind)
    claims = [c for c in seen.claims if c.type == wanted and not c.background]
    triggers = [m for m in marked.marks if m.field == "type"]
    claims = [c for c in claims if all(_has_evidence(c, m) for m in triggers)]
    if not claims:
        coded = ", ".join(sorted({str(c.type) for c in seen.claims})) or "nothing"
        return f"no claim of {wanted} on the marked words; coded: {coded}"
    lacks = [[f"{m.field} {marked.text[m.start : m.end]!r}" for m in marked.marks if not _holds(c, m)] for c in claims]
    best = min(lacks, key=len)
    return f"{wanted} without {', '.join(best)}" if best else None


def _holds(claim: Claim, mark: Mark) -> bool:
    if mark.field in ("actor", "target"):
        return any(_overlaps(p, mark) for p in (claim.actors if mark.field == "actor" else claim.targets))
    if mark.field == "modality":
        return claim.modality == mark.value
    if mark.field == "stance":
        return claim.stance == mark.value
    if mark.field == "mode":
        return claim.mode == mark.value
    if mark.field == "harm" and mark.value:
        kind, _, number = mark.value.partition("=")
        return any(h.kind == kind and (not number or str(h.low) == number) for h in claim.harm)
    return _has_evidence(claim, mark)


def _has_evidence(claim: Claim, mark: Mark) -> bool:
    return any(e.field == mark.field and e.start < mark.end and mark.start < e.end for e in claim.evidence)


def _overlaps(party: Actor, mark: Mark) -> bool:
    return party.start < mark.end and mark.start < party.end
