"""An HTML page as the lines a reader sees, each with the element it stands in and what that is marked as.

One walk over the tree, capped in depth, elements and characters, so that odd or huge pages cost no more than they may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from dateline.cleaning.furniture import Furniture

Element = Any
"""An lxml element; lxml has no types of its own."""

MAX_ELEMENTS = 60_000
MAX_DEPTH = 120
MAX_LETTERS = 1_500_000
"""Caps of one walk: ten times what the largest news pages measured (6,000 elements, 60 deep, 150,000 letters) have."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SKIPPED = _names(
    "script style noscript template svg math canvas iframe object embed applet form button select option textarea "
    "input audio video picture source track map area head dialog amp-ad amp-sidebar amp-social-share amp-img "
    "amp-analytics amp-embed amp-list amp-next-page"
)
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb ruby rp rt s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_BLOCK_IF_HOLDS_BLOCKS = _names("a span font ins label")
_BLOCKS = _names("p div ul ol li table tr td h1 h2 h3 h4 h5 h6 section article blockquote center hr")
_FURNITURE_TAGS = _names("nav aside footer header figure figcaption menu")
_ROLES = _names("navigation banner contentinfo complementary dialog alertdialog search menu menubar toolbar alert")
_OTHERS_WORDS = ("schema.org/Comment", "schema.org/UserComments", "schema.org/WPSideBar", "schema.org/WPFooter")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """An element that its tag, class or role marks: 'furniture', 'note', 'standfirst'; `names` its class and id."""

    role: str
    names: str
    element: Element = field(compare=False)


@dataclass(slots=True)
class PageLine:
    """A line as seen: `holder` the block element around it, `marks` of the elements above it."""

    text: str
    holder: Element
    tag: str
    marks: tuple[Mark, ...]
    linked: float = 0.0
    strong: bool = False


_Part = tuple[str, bool, bool]
"""Words, whether they are linked, whether they are strong; '\\n' alone is a break."""


@dataclass(slots=True)
class Walk:
    """The lines of a tree in reading order, and the elements that hold stories by their class."""

    furniture: Furniture
    lines: list[PageLine] = field(default_factory=list)
    stories: list[Element] = field(default_factory=list)
    elements: int = 0
    letters: int = 0
    run: list[_Part] = field(default_factory=list)
    too_deep: bool = False

    @property
    def full(self) -> bool:
        """Whether no more of the page is walked."""
        return self.elements > MAX_ELEMENTS or self.letters > MAX_LETTERS

    @property
    def cut(self) -> bool:
        """Whether a cap ended the walk before the page did."""
        return self.too_deep or self.full

    def element(
        self, element: Element, holder: Element, marks: tuple[Mark, ...], depth: int, *, link: bool, strong: bool
    ) -> None:
        """Walk `element` and all below it."""
        tag = element.tag
        if not isinstance(tag, str) or self.full or (tag in _SKIPPED and not _is_whole_page(element)):
            return
        if depth > MAX_DEPTH:
            self.too_deep = True
            return
        self.elements += 1
        if tag == "br":
            self.run.append(("\n", False, False))
            return
        block = tag not in _INLINE or (tag in _BLOCK_IF_HOLDS_BLOCKS and _holds_blocks(element))
        if block:
            self.flush(holder, marks)
            marks = self._marked(element, tag, marks)
            holder = element
        elif tag == "span" and element.get("class"):
            marks = marks or self._marked(element, tag, marks)
        link = link or tag == "a"
        strong = (
            strong
            or tag in ("b", "strong")
            or (tag == "font" and element.get("size", "") in ("4", "5", "6", "+1", "+2"))
        )
        if tag == "pre":
            self._preformatted(element, strong=strong)
            self.flush(holder, marks)
            return
        self._words(element.text, link=link, strong=strong)
        for child in element:
            self.element(child, holder, marks, depth + 1, link=link, strong=strong)
            self._words(child.tail, link=link, strong=strong)
        if block:
            self.flush(holder, marks)

    def flush(self, holder: Element, marks: tuple[Mark, ...]) -> None:
        """End the run of words: its lines are of the block `holder`."""
        if not self.run:
            return
        run, self.run = self.run, []
        tag = holder.tag if isinstance(holder.tag, str) else "div"
        self.lines.extend(PageLine(one.text, holder, tag, marks, one.linked, one.strong) for one in _pieces(run))

    def _words(self, words: str | None, *, link: bool, strong: bool) -> None:
        if not words or self.letters > MAX_LETTERS:
            return
        self.letters += len(words)
        self.run.append((words.replace("\n", " "), link, strong))

    def _preformatted(self, element: Element, *, strong: bool) -> None:
        """The paragraphs of a <pre>, which blank lines part."""
        for paragraph in re.split(r"\n[ \t]*\n", element.text_content()):
            self._words(paragraph, link=False, strong=strong)
            self.run += [("\n", False, False)] * 2

    def _marked(self, element: Element, tag: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        role, names = self._role(element, tag)
        if role == "story":
            self.stories.append(element)
            return marks
        return (*marks, Mark(role, names, element)) if role else marks

    def _role(self, element: Element, tag: str) -> tuple[str | None, str]:
        get = element.get
        names = f"{get('class', '')} {get('id', '')} {get('data-component', '')} {get('data-testid', '')}".strip()
        if tag in ("body", "html", "main"):
            return None, names
        if get("itemprop") == "articleBody":
            return "story", names
        if (
            tag in _FURNITURE_TAGS
            or get("role") in _ROLES
            or get("hidden") is not None
            or _HIDDEN.search(get("style", ""))
            or get("itemtype", "").endswith(_OTHERS_WORDS)
        ):
            return "furniture", f"{tag} {names}".strip()
        role = self.furniture.of_class(names) if names else None
        return (None if role == "furniture" and tag == "article" else role), f"{tag} {names}"


def parse_page(text: str) -> Element | None:
    """The tree of an HTML text, without comments; null where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def walk(tree: Element, furniture: Furniture) -> Walk:
    """The lines of `tree`, in reading order."""
    body = tree.find("body")
    root = tree if body is None else body
    found = Walk(furniture)
    found.element(root, root, (), 0, link=False, strong=False)
    found.flush(root, ())
    return found


def _is_whole_page(element: Element) -> bool:
    """Whether a <form> is put around a whole page, as some servers do."""
    around = element.getparent()
    return (
        element.tag == "form"
        and around is not None
        and around.tag in ("body", "html")
        and next(element.iterdescendants("h1", "h2", "article"), None) is not None
    )


def _holds_blocks(element: Element) -> bool:
    return any(below.tag in _BLOCKS for below in element.iterdescendants(*_BLOCKS))


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    linked: float
    strong: bool


def _pieces(run: list[_Part]) -> list[_Piece]:
    """The paragraphs of a run: parted by every break, save where single breaks wrap the lines of a paragraph."""
    groups: list[list[_Piece]] = [[]]
    line: list[_Part] = []
    for part in (*run, ("\n", False, False)):
        if part[0] != "\n":
            line.append(part)
        elif (piece := _piece(line)) is not None:
            groups[-1].append(piece)
            line = []
        elif groups[-1]:
            groups.append([])
    return [piece for group in groups for piece in (_joined(group) if _is_wrapped(group) else group)]


def _piece(line: list[_Part]) -> _Piece | None:
    text = " ".join("".join(words for words, _, _ in line).split())
    if not text:
        line.clear()
        return None
    letters = len(text.replace(" ", ""))
    linked, strong = (sum(len("".join(part[0].split())) for part in line if part[n]) for n in (1, 2))
    return _Piece(text, min(1.0, linked / letters), strong >= 0.8 * letters)


def _joined(group: list[_Piece]) -> list[_Piece]:
    return [
        _Piece(
            " ".join(piece.text for piece in group),
            max(piece.linked for piece in group),
            all(piece.strong for piece in group),
        )
    ]


def _is_wrapped(group: list[_Piece]) -> bool:
    lines = [piece.text for piece in group]
    if len(lines) < 3:
        return False
    open_ended = sum(line[-1] not in '.!?:"”’' for line in lines[:-1])
    return max(map(len, lines)) <= 100 and open_ended > 0.6 * (len(lines) - 1) and min(map(len, lines[:-1])) >= 40
