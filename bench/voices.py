"""On whose word: of the marked events of the training corpus that are found, how many have the marked speaker and stance.

    python bench/voices.py [--every N] [--held-back] [--misses FILE]

A claim is right where its speaker's words meet the marked ones, or where both have none; a claimant may be marked as actor.
Speakers and stances of texts that mark them beside the wrong event are counted as they stand. Prints `NAME value` lines.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.annotate import annotate
from dateline.knowledge.packs import Packs
from dateline.types import Claim, Stance

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

import corpus  # noqa: E402
from corpus import Part, Sample, is_held_back  # noqa: E402

_OWN = {Stance.CLAIMS_RESPONSIBILITY, Stance.DISCLAIMS_RESPONSIBILITY}
_DENYING = {Stance.DENIES, Stance.DISCLAIMS_RESPONSIBILITY}


def samples(every: int, *, held_back: bool) -> Iterator[Sample]:
    """Every Nth text of the corpus: of its held-back tenth, or of the rest."""
    chosen = [s for s in corpus.samples() if s.parts and is_held_back(s.text) == held_back]
    reports = [s for s in chosen if s.whole_report]
    others = [s for s in chosen if not s.whole_report]
    yield from (*reports[::every], *others[::every])


def spans_of(claim: Claim, field: str) -> list[tuple[int, int]]:
    return [(e.start, e.end) for e in claim.evidence if e.field == field]


def meets(spans: list[tuple[int, int]], parts: list[Part]) -> bool:
    return any(start < p.end and p.start < end for start, end in spans for p in parts)


def has_speaker(claim: Claim, marked: list[Part], actors: list[Part]) -> bool:
    """Whether the claim's speaker is a marked one."""
    if not marked and claim.stance in _OWN:
        return meets(spans_of(claim, "speaker"), actors) or not spans_of(claim, "speaker")
    if not marked:
        return claim.speaker.kind == "report"
    return meets(spans_of(claim, "speaker"), marked)


def has_stance(claim: Claim, stances: set[str | None]) -> bool:
    """Whether the claim's stance is a marked one; to deny an own deed is to deny or to disclaim it."""
    given = {str(claim.stance)} | ({"denies", "disclaims-responsibility"} if claim.stance in _DENYING else set())
    return bool(given & (stances or {"asserts"}))


def judged(sample: Sample, claims: list[Claim]) -> Iterator[tuple[Part, Claim, bool, bool]]:
    """Each found event with its best claim, of all that tell it, and whether speaker and stance are right."""
    for mark in sample.of("type"):
        found = [c for c in claims if c.type == mark.value and meets(spans_of(c, "type"), [mark])]
        if not found:
            continue
        threads = {c.thread or c.id for c in found}
        speakers, actors = sample.of("speaker", mark.event), sample.of("actor", mark.event)
        stances = {p.value for p in sample.of("stance", mark.event)}
        told = [*found, *(c for c in claims if (c.thread or c.id) in threads and speakers)]
        rows = [(mark, c, has_speaker(c, speakers, actors), has_stance(c, stances)) for c in told]
        yield max(rows, key=lambda row: (row[2] and row[3], row[2], row[3]))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--every", type=int, default=1, help="only every Nth text")
    ask.add_argument("--held-back", action="store_true", help="the held-back tenth instead of the rest")
    ask.add_argument("--misses", type=Path, help="write the misses here, one block each")
    given = ask.parse_args()
    packs, counts, blocks = Packs(), Counter[str](), []
    for sample in samples(given.every, held_back=given.held_back):
        claims = annotate(sample.text, packs, published=sample.published, publisher=sample.publisher).claims
        for mark, claim, speaker_right, stance_right in judged(sample, list(claims)):
            marked = bool(sample.of("speaker", mark.event))
            stance = {p.value for p in sample.of("stance", mark.event)}
            counts.update({"found": 1, "speaker_right": speaker_right, "both_right": speaker_right and stance_right})
            kind = "marked" if marked else "unmarked"
            counts.update({kind: 1, f"{kind}_right": speaker_right})
            counts.update({"stance_marked": bool(stance), "stance_marked_right": bool(stance) and stance_right})
            counts.update({"stance_unmarked": not stance, "stance_unmarked_right": not stance and stance_right})
            if not (speaker_right and stance_right):
                blocks.append(block(sample, mark, claim))
    for name in ("speaker_right", "both_right"):
        print(f"{name} {counts[name] / max(1, counts['found']):.4f}")
    for name in ("marked", "unmarked", "stance_marked", "stance_unmarked"):
        print(f"{name} {counts[f'{name}_right'] / max(1, counts[name]):.4f}   of {counts[name]}")
    if given.misses:
        given.misses.write_text("\n".join(blocks), "utf-8")
    return 0


def block(sample: Sample, mark: Part, claim: Claim) -> str:
    """A miss to be read: what was marked, what came out, and the words around."""
    around = sample.text[max(0, mark.start - 240) : mark.end + 240].replace("\n", " / ")
    event = mark.event
    said = [sample.text[p.start : p.end] for p in sample.of("speaker", event)]
    stance = [(p.value, sample.text[p.start : p.end]) for p in sample.of("stance", event)]
    return (
        f"{sample.where} {mark.value} [{sample.text[mark.start : mark.end]}]\n"
        f"  marked {said} {stance}\n  given  {claim.speaker.name!r} {claim.speaker.kind} {claim.stance} {claim.about}"
        f" {[e.quote for e in claim.evidence if e.field == 'speaker']}\n  ...{around}...\n"
    )


if __name__ == "__main__":
    sys.exit(main())
