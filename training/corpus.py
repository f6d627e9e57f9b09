"""The training corpus: reads it, checks it, and says how large and how varied it is.

    python training/corpus.py [--problems] [FILE ...]

README.md beside this file has the notation. Exit code 1 if a line cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.knowledge.notation import read_marked

HERE = Path(__file__).resolve().parent
TYPES = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT".split()
)
HARMS = frozenset("killed injured missing captured displaced freed unharmed damaged destroyed".split())
VALUES = {
    "type": TYPES,
    "modality": frozenset("happened ongoing planned threatened possible denied".split()),
    "stance": frozenset("asserts confirms denies doubts claims-responsibility disclaims-responsibility".split()),
}
FIELDS = frozenset("type actor target place time speaker harm means modality stance background".split())
_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()\[\]]*)\)")
_PART = re.compile(
    r"(?P<field>[a-z]+)(?:#(?P<event>[1-9]))?(?::(?P<value>[A-Za-z-]+)(?:=(?P<number>\d*-?\d*))?)?(?:#(?P<late>[1-9]))?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of one event at characters `start` to `end` of the plain text."""

    field: str
    event: int
    value: str | None
    number: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A text of the corpus with its marks; `where` is file and line."""

    where: str
    text: str
    parts: tuple[Part, ...]
    published: str | None = None
    publisher: str | None = None
    whole_report: bool = False
    only: str | None = None
    """Of an example of the codebook: its type; what is not marked is then unknown, in a counter-example no event of it."""

    def of(self, field: str, event: int | None = None) -> list[Part]:
        """The parts of `field`, of one event or of all."""
        return [p for p in self.parts if p.field == field and event in (None, p.event)]


class CorpusError(ValueError):
    """A line that cannot be read; the message says file, line and what is allowed."""


def read_sample(marked: str, where: str, **about: object) -> Sample:
    """The sample that `marked` stands for."""
    pieces: list[str] = []
    parts: list[Part] = []
    length = last = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        end = start + len(match[1])
        parts += [_part(raw, start, end, where) for raw in match[2].split("+")]
        pieces += [before, match[1]]
        length, last = end, match.end()
    text = "".join([*pieces, marked[last:]])
    if "[" in text or "](" in text:
        raise CorpusError(f"{where}: a bracket is left over: ...{text[max(0, text.find('[') - 20) :][:60]}...")
    _check_events(parts, where)
    return Sample(where=where, text=text, parts=tuple(parts), **about)  # type: ignore[arg-type]


def _part(raw: str, start: int, end: int, where: str) -> Part:
    match = _PART.fullmatch(raw.strip())
    if match is None or match["field"] not in FIELDS:
        raise CorpusError(f"{where}: {raw!r} is no mark; fields are {', '.join(sorted(FIELDS))}")
    field, value = match["field"], match["value"]
    allowed = VALUES.get(field)
    if allowed is not None and value not in allowed:
        raise CorpusError(f"{where}: {raw!r}: {field} is one of {', '.join(sorted(allowed))}")
    if field == "harm" and value not in HARMS:
        raise CorpusError(f"{where}: {raw!r}: harm is one of {', '.join(sorted(HARMS))}")
    return Part(field, int(match["event"] or match["late"] or 1), value, match["number"], start, end)


def _check_events(parts: list[Part], where: str) -> None:
    types = Counter(p.event for p in parts if p.field == "type")
    doubled = [e for e, n in types.items() if n > 1]
    if doubled:
        raise CorpusError(f"{where}: event {doubled[0]} has two types; number the second `#2`")
    lone = {p.event for p in parts if p.field not in ("speaker", "place", "time")} - set(types)
    if lone:
        raise CorpusError(f"{where}: event {min(lone)} has marks and no type")


def read_file(path: Path) -> Iterator[Sample | CorpusError]:
    """The samples of one file; a line that cannot be read is given as its error."""
    if path.parent.name == "reports":
        yield from _reports(path)
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("# "):
            yield _tried(line.strip(), f"{path.name}:{number}")


def _reports(path: Path) -> Iterator[Sample | CorpusError]:
    for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.M)[1:]:
        head, _, body = block.partition("\n")
        published, _, publisher = (x.strip() for x in head.partition("|"))
        yield _tried(
            body.strip(),
            f"{path.name}:{head.strip()}:{body.strip()[:30]}",
            published=published or None,
            publisher=publisher or None,
            whole_report=True,
        )


def pack_samples(folder: Path) -> Iterator[Sample]:
    """The examples and counter-examples of the codebook's types, as samples of which only the type is known."""
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        for k, row in enumerate(table.get("example", [])):
            marked = read_marked(row["text"])
            parts = tuple(
                Part(m.field, 1, (m.value or table["type"]) if m.field == "type" else m.value, None, m.start, m.end)
                for m in marked.marks
                if m.field in ("type", "actor", "target")
            )
            if len([p for p in parts if p.field == "type"]) == 1:
                yield Sample(f"{path.name}:example {k}", marked.text, parts, row.get("published"), only=table["type"])
        for k, row in enumerate(table.get("counter", [])):
            yield Sample(f"{path.name}:counter {k}", row["text"], (), row.get("published"), only=table["type"])


def _tried(marked: str, where: str, **about: object) -> Sample | CorpusError:
    try:
        return read_sample(marked, where, **about)
    except CorpusError as error:
        return error


def files() -> list[Path]:
    """Every file of the corpus, in a fixed order."""
    return sorted([*HERE.glob("sentences/*.txt"), *HERE.glob("reports/*.txt")])


def samples() -> list[Sample]:
    """Every text of the corpus, in a fixed order; a line that cannot be read raises its error."""
    found = []
    for one in (s for f in files() for s in read_file(f)):
        if isinstance(one, CorpusError):
            raise one
        found.append(one)
    return found


def is_held_back(text: str) -> bool:
    """Whether a text is in the tenth that is never trained on."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 10 == 0


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def _grams(words: list[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def nearest_overlaps(texts: list[str]) -> list[float]:
    """For each text the largest share of its distinct words' trigrams that one other text has too."""
    grams = [_grams(_words(t), 3) for t in texts]
    holders: dict[tuple[str, ...], list[int]] = {}
    for i, own in enumerate(grams):
        for gram in own:
            holders.setdefault(gram, []).append(i)
    found = []
    for i, own in enumerate(grams):
        shared = Counter(j for g in own for j in holders[g] if j != i)
        found.append(max(shared.values(), default=0) / max(1, len(own)))
    return found


def main() -> int:
    """Reads, checks and prints the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", nargs="*", type=Path)
    ask.add_argument("--problems", action="store_true", help="only what cannot be read")
    given = ask.parse_args()
    read = [s for f in given.files or files() for s in read_file(f.resolve())]
    wrong = [s for s in read if isinstance(s, CorpusError)]
    good = [s for s in read if isinstance(s, Sample)]
    for error in wrong:
        print(error)
    if not given.problems:
        _say(good)
    print(f"{len(good)} texts read, {len(wrong)} wrong")
    return 1 if wrong else 0


def _say(good: list[Sample]) -> None:
    sentences = [s for s in good if not s.whole_report]
    grams = Counter(g for s in good for g in _grams(_words(s.text), 5))
    near = sorted(nearest_overlaps([s.text for s in sentences])) or [0.0]
    types = Counter(p.value for s in good for p in s.of("type"))
    print(f"sentences {len(sentences)}, of them without an event {sum(not s.of('type') for s in sentences)}")
    print(f"reports {len(good) - len(sentences)}")
    print(f"events {sum(types.values())}: " + ", ".join(f"{k} {v}" for k, v in types.most_common()))
    print(f"distinct trigger words {len({s.text[p.start : p.end].lower() for s in good for p in s.of('type')})}")
    print(f"distinct 5-grams {len(grams)} of {sum(grams.values())}")
    low, high = near[len(near) // 2], near[int(len(near) * 0.95)]
    print(f"nearest neighbour, shared 3-grams: median {low:.3f}, 95th percentile {high:.3f}, most {near[-1]:.3f}")


if __name__ == "__main__":
    sys.exit(main())
