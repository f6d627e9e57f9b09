"""Where a page's story stands, told by place alone: its column, captions beside pictures, cards that tease other stories.

Classes say most of it (`page`, `furniture`); this is for pages whose classes say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.cleaning.tree import Element, Mark, PageLine

Prose = Sequence[tuple[int, PageLine]]
"""Lines of running text with their numbers on the page."""

_PARAGRAPHS = frozenset("p li blockquote h1 h2 h3 h4 h5 h6 dd dt b strong em i pre span font".split())
_LISTS = frozenset(("ul", "ol", "dl"))
_PICTURES = frozenset(("img", "picture", "amp-img", "svg"))
_ROWS = frozenset(("td", "tr", "tbody", "table"))
_COLUMNS = _ROWS | {"div", "section", "aside"}
_CAPTION = 320
_SHARE = 0.65
"""Share of the prose from which one column of several is the story's."""
_CREDIT = re.compile(r"\s*\(?(?:photo(?:graph)?|picture|image|credit)s?(?: by|:|/) ?[^.]{2,60}\)?$", re.I)


def container(holder: Element) -> Element:
    """The element that a story fills: of a paragraph or list the one around it, for no story is within one paragraph."""
    while holder.tag in _PARAGRAPHS or holder.tag in _LISTS:
        around = holder.getparent()
        if around is None or around.tag in ("body", "html"):
            return holder
        holder = around
    return holder


def column(holder: Element, prose: Prose) -> Element:
    """The column of `holder` that the story fills alone; `holder` itself where the prose is spread over it."""
    for _ in range(8):
        held = _held(holder, prose)
        best = max(held, key=lambda one: sum(len(line.text) for _, line in held[one]), default=None)
        if best is None or not _is_column(best, held):
            break
        holder, prose = best, held[best]
    return holder


def _held(holder: Element, prose: Prose) -> dict[Element, list[tuple[int, PageLine]]]:
    """The prose in each child of `holder`."""
    found: dict[Element, list[tuple[int, PageLine]]] = {}
    for n, line in prose:
        below = None
        for above in (line.holder, *line.holder.iterancestors()):
            if above is holder:
                break
            below = above
        if below is not None:
            found.setdefault(below, []).append((n, line))
    return found


def _is_column(best: Element, held: dict[Element, list[tuple[int, PageLine]]]) -> bool:
    """Whether the prose beside `best` is of other columns: cells of its row, or boxes of one paragraph below it."""
    sizes = {one: sum(len(line.text) for _, line in lines) for one, lines in held.items()}
    if best.tag not in _COLUMNS or sizes[best] < _SHARE * sum(sizes.values()):
        return False
    if best.tag in _ROWS:
        return len(held[best]) >= 2
    last = held[best][-1][0]
    others = [one for one in held if one is not best]
    return len(held[best]) >= 3 and all(
        one.tag in _COLUMNS and len(held[one]) == 1 and held[one][0][0] > last and _differ(one, best) for one in others
    )


def _differ(one: Element, other: Element) -> bool:
    """Whether two elements are of different kinds, as their classes or ids tell; nameless ones may be of one story."""
    names = [(element.get("class"), element.get("id")) for element in (one, other)]
    return names[0] != names[1]


# ---------------------------------------------------------------- lines that stand beside the story
def mark_by_place(lines: Sequence[PageLine]) -> None:
    """Marks the captions and the teasers among `lines` as furniture."""
    for n, line in enumerate(lines):
        if line.marks or len(line.text) < 20:
            continue
        if len(line.text) <= _CAPTION and _is_caption(lines, n):
            line.marks = (Mark("furniture", "caption by place", line.holder),)
        elif _is_teaser(lines, n):
            line.marks = (Mark("furniture", "related by place", line.holder),)


def _is_caption(lines: Sequence[PageLine], n: int) -> bool:
    """Whether a line is all there is beside a picture in an element."""
    holder = lines[n].holder
    if holder.tag in ("td", "div", "center") and len(holder) and _is_picture(holder[0]):
        return not any(0 <= m < len(lines) and _is_under(lines[m], holder) for m in (n - 1, n + 1))
    before = holder.getprevious()
    alone = before is not None and before.getprevious() is None and holder.getnext() is None
    return alone and _is_picture(before) and holder.getparent().tag not in ("body", "article", "main")


def _is_picture(element: Element) -> bool:
    if element.tag == "a":
        return len(element) == 1 and _is_picture(element[0]) and not (element.text or "").strip()
    return element.tag in _PICTURES


def _is_teaser(lines: Sequence[PageLine], n: int) -> bool:
    """Whether a line is a sentence under a linked headline, both alone in a card of their own."""
    if n == 0 or lines[n].linked > 0.5 or lines[n - 1].linked < 0.9 or len(lines[n - 1].text.split()) < 3:
        return False
    card = lines[n].holder.getparent() if lines[n].holder.tag in _PARAGRAPHS else lines[n].holder
    if card is None or not _is_under(lines[n - 1], card):
        return False
    around = [m for m in (n - 2, n + 1) if 0 <= m < len(lines)]
    return not any(_is_under(lines[m], card) for m in around)


def _is_under(line: PageLine, element: Element) -> bool:
    return line.holder is element or any(above is element for above in line.holder.iterancestors())


# ---------------------------------------------------------------- galleries
def without_credit(caption: str) -> str:
    """A caption without the photographer at its end.

    >>> without_credit("A boat on the lake. Photo: A. Writer")
    'A boat on the lake.'
    """
    return _CREDIT.sub("", caption) or caption


def captions(lines: Sequence[PageLine], is_picture: re.Pattern[str], never: re.Pattern[str]) -> Iterator[PageLine]:
    """The captions of pictures: lines that nothing but their pictures marks as furniture."""
    for line in lines:
        names = [mark.names for mark in line.marks if mark.role == "furniture"]
        if names and all(is_picture.search(name) and not never.search(name) for name in names):
            yield line
