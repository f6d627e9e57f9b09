"""The dated entries of a live blog, as its elements show them: repeated blocks, each with its time and its words.

What is found here is not believed by itself: `live` asks whether the page is a live blog at all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from dateline.cleaning.instants import Clock, clock_of
from dateline.cleaning.tree import Element, PageLine, Walk

MAX_ENTRIES = 2_000
"""The most entries that are taken of one page; the longest days measured a few hundred."""
_FEWEST = 3
_HIGHEST = 10
"""Elements above a time among which its entry is looked for."""
_FLAT = frozenset("p h1 h2 h3 h4 h5 h6 dt b strong time span font hr div".split())
_UPDATED = re.compile(r"updat|modif|edit", re.I)
_ID = ("data-entry-id", "data-post-id", "data-block-id", "data-id", "id")
_DIGIT = re.compile(r"\d")
_MOST_TIMES = 4 * MAX_ENTRIES
_MOST_LINES = 20 * MAX_ENTRIES
_COUNTED = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its lines, and what it says of its time; `instant` as a machine field has it, `day` of the heading above."""

    lines: tuple[PageLine, ...]
    id: str | None = None
    instant: str | None = None
    clock: Clock | None = None
    day: str | None = None


@dataclass(slots=True)
class _Block:
    """The lines of one entry while they are gathered."""

    element: Element
    lines: list[PageLine] = field(default_factory=list)
    day: str | None = None


def entries_of(walked: Walk, tree: Element, marked: frozenset[str]) -> list[Entry]:
    """The entries in the order of the page; none where no element holds several blocks with times."""
    lines = [line for line in walked.lines if not any(m.role == "furniture" and m.names in marked for m in line.marks)]
    declared = tree.xpath("//*[@itemprop='liveBlogUpdate']")
    times = _times(lines, tree)
    around = declared[0].getparent() if len(declared) > 1 else _holder(times)
    if around is None:
        return []
    children = {one for one in around if isinstance(one.tag, str)}
    dated = {child for element in times for child in _up_to(element, around)} & children
    dated = dated | set(declared)
    if len(dated) < (2 if declared else _FEWEST):
        return []
    blocks = list(islice(_blocks(lines[:_MOST_LINES], around, dated), MAX_ENTRIES + 1))
    found = [_entry(block, times) for block in blocks]
    return _without_positions(found)


def _times(lines: Sequence[PageLine], tree: Element) -> dict[Element, str]:
    """Element -> the words of a time in it: <time> elements, and lines that begin with a clock."""
    shown = {line.holder for line in lines}
    found: dict[Element, str] = {}
    for one in islice(tree.iter("time"), _MOST_TIMES):
        if any(above in shown for above in (one, *one.iterancestors())) and not _is_update(one):
            found[one] = one.get("datetime") or one.text_content()
    for line in lines[:_MOST_LINES]:
        if _DIGIT.search(line.text[:16]) and clock_of(line.text, start=True) is not None:
            found.setdefault(line.holder, line.text)
    return found


def _is_update(time: Element) -> bool:
    """Whether a <time> says when an entry was changed, by its class or the words before it."""
    around, before = time.getparent(), time.getprevious()
    words = around.text if before is None and around is not None else before.tail if before is not None else ""
    names = (time.get("class", ""), time.get("itemprop", ""), around.get("class", "") if around is not None else "")
    return any(_UPDATED.search(name) for name in (*names, (words or "")[-30:], (time.text or "")[:12]))


def _holder(times: dict[Element, str]) -> Element | None:
    """The element most of whose children have a time of their own."""
    held: defaultdict[Element, set[Element]] = defaultdict(set)
    for element in times:
        below = element
        for above in list(element.iterancestors())[:_HIGHEST]:
            held[above].add(below)
            below = above
    best = max(held, key=lambda one: len(held[one]), default=None)
    return best if best is not None and len(held[best]) >= _FEWEST else None


def _up_to(element: Element, around: Element) -> Iterator[Element]:
    """`element` and the elements above it below `around`."""
    for one in (element, *element.iterancestors()):
        if one is around:
            return
        yield one


def _blocks(lines: Sequence[PageLine], around: Element, dated: set[Element]) -> Iterator[_Block]:
    """Each dated child with its lines; where the children are paragraphs, those that follow a dated one are its own."""
    flat = all(one.tag in _FLAT and not _holds_blocks(one) for one in dated)
    block: _Block | None = None
    day: str | None = None
    for line in lines:
        child = _child(line.holder, around)
        if child is None:
            continue
        if child not in dated and (said := _day_heading(line)) is not None:
            day = said
        elif child in dated and (block is None or block.element is not child):
            if block is not None:
                yield block
            block = _Block(child, [line], day)
        elif block is not None and (child is block.element or flat):
            block.lines.append(line)
    if block is not None:
        yield block


def _day_heading(line: PageLine) -> str | None:
    """The day of a line that is nothing but that."""
    said = clock_of(line.text, start=False) if len(line.text) <= 60 and _DIGIT.search(line.text) else None
    return said.day if said is not None else None


def _holds_blocks(element: Element) -> bool:
    return element.tag == "div" and next(element.iterdescendants("p", "div", "h2", "h3", "ul"), None) is not None


def _child(element: Element, around: Element) -> Element | None:
    """The child of `around` that `element` is or stands in."""
    below = next(reversed(list(_up_to(element, around))), None)
    return below if below is not None and below.getparent() is around else None


def _entry(block: _Block, times: dict[Element, str]) -> Entry:
    said = next((times[one] for one in block.element.iter() if one in times), "")
    clock = clock_of(said, start=False)
    return Entry(
        tuple(block.lines),
        id=_id(block.element),
        instant=said if clock is not None and clock.is_instant else None,
        clock=clock,
        day=block.day,
    )


def _id(element: Element) -> str | None:
    """The id by which a page's address can name the entry."""
    own = next((value for name in _ID if (value := element.get(name))), None)
    if own is not None:
        return str(own)
    first = next((one for one in list(element.iterdescendants())[:12] if one.get("id") or one.get("name")), None)
    return str(first.get("id") or first.get("name")) if first is not None else None


def _without_positions(entries: list[Entry]) -> list[Entry]:
    """The entries without ids that only count them from the top, which another entry would shift; nor any given twice."""
    numbers = [int(match[1]) if one.id and (match := _COUNTED.search(one.id)) else -1 for one in entries]
    counted = numbers[:1] in ([0], [1]) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    given = Counter(one.id for one in entries)
    return [replace(one, id=None) if counted or given[one.id] > 1 else one for one in entries]
