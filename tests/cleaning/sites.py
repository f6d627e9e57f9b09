"""Pages of the usual publishing systems, each with its gold: what stands between ⟦ and ⟧ is the story, in order.

'⟦h:' is a heading, '⟦n:' a note, '⟦+' goes on with the passage before; the first comment holds the fields. Each piece
of furniture has the word 'Quillon' in it. `python -m tests.cleaning.sites FOLDER` writes the pages there with a gold
file as page scorers take it, and prints how much of the paragraphs and the fields is right.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, PassageKind, Report

FOLDER = Path(__file__).parent / "sites"
MARKER = "quillon"
_GOLD = re.compile(r"\A<!-- gold\n(.*?)-->\n", re.DOTALL)
_PIECE = re.compile(r"⟦(?:([hn])?(\+)?:|(\+))?(.*?)⟧", re.DOTALL)
_KINDS = {"h": PassageKind.HEADING, "n": PassageKind.NOTE, "": PassageKind.STORY}


@dataclass(frozen=True)
class Site:
    """A page as its server would send it, and what is to be found on it; fields that it does not give are empty."""

    name: str
    html: str
    passages: tuple[tuple[PassageKind, str], ...]
    fields: dict[str, str]


def sites() -> list[Site]:
    return [_site(path) for path in sorted(FOLDER.glob("*.html"))]


def _site(path: Path) -> Site:
    written = path.read_text("utf-8")
    head = _GOLD.match(written)
    assert head is not None, f"{path.name} has no gold"
    fields = dict(line.split(":", 1) for line in head[1].splitlines())
    page = written[head.end() :]
    html = _PIECE.sub(lambda match: match[4], page)
    return Site(path.stem, html, tuple(_passages(page)), {name: value.strip() for name, value in fields.items()})


def _passages(page: str) -> Iterator[tuple[PassageKind, str]]:
    found: list[tuple[PassageKind, str]] = []
    for match in _PIECE.finditer(page):
        text = unescape(re.sub(r"<[^>]+>", "", match[4]))
        if match[2] or match[3]:
            kind, before = found.pop()
            found.append((kind, before + text))
        else:
            found.append((_KINDS[match[1] or ""], text))
    return ((kind, " ".join(text.split())) for kind, text in found)


def report_of(site: Site) -> Report | None:
    """The report of the page; of several the longest."""
    one = capture(f"{site.name}.html", site.html.encode("utf-8"))
    assert isinstance(one, Capture)
    return max(clean(one, Packs()).reports, key=lambda report: len(report.text), default=None)


def passages_of(report: Report | None) -> list[tuple[PassageKind, str]]:
    return [(one.kind, report.text[one.start : one.end]) for one in report.passages] if report else []


def fields_of(report: Report | None) -> dict[str, str]:
    if report is None:
        return {}
    said = {"title": report.title, "byline": report.byline, "publisher": report.publisher}
    flat = {name: (value or "").replace(" and ", ", ") for name, value in said.items() if name == "byline"}
    return {**{name: value or "" for name, value in said.items()}, **flat, "date": (report.published.start or "")[:10]}


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for site in sites():
            (folder / f"{site.name}.html").write_text(site.html, "utf-8")
            body = "\n\n".join(text for _, text in site.passages)
            said = {"body": body, "title": site.fields["title"], "date": site.fields["date"]}
            row = {"id": site.name, "html": f"{site.name}.html", "gold": {**said, "authors": site.fields["byline"]}}
            gold.write(json.dumps(row, ensure_ascii=False) + "\n")


def _measure() -> None:
    right, found, wanted, fields = 0, 0, 0, Counter[str]()
    for site in sites():
        report = report_of(site)
        ours, gold = Counter(passages_of(report)), Counter(site.passages)
        right, found, wanted = right + (ours & gold).total(), found + ours.total(), wanted + gold.total()
        if ours != gold:
            print(site.name, *(f"\n   + {kind}: {text[:110]}" for kind, text in ours - gold), end="")
            print(*(f"\n   - {kind}: {text[:110]}" for kind, text in gold - ours))
        for name, value in fields_of(report).items():
            fields[name] += value == site.fields[name]
            if value != site.fields[name]:
                print(f"{site.name}: {name} {value!r}, not {site.fields[name]!r}")
    print(f"paragraph_precision {right / found:.4f}\nparagraph_recall {right / wanted:.4f}")
    print("\n".join(f"{name} {n / len(sites()):.4f}" for name, n in fields.items()))


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
    _measure()
