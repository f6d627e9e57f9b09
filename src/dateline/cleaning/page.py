"""An HTML page as a draft: where its story stands, and what head, title and the lines around it say of it.

The story is looked for among paragraphs of running text that no class or tag marks as furniture: first where the
publishing system says the story is, then in <article>, then anywhere; it is the smallest element that holds nearly all
of them. A standfirst is kept as a heading: a reader reads it, but it restates the story and is never coded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dateline.cleaning.articles import article_drafts
from dateline.cleaning.dates import find_date, is_date_line
from dateline.cleaning.draft import Block, Draft, Sources, too_large
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.head import Head, head_of, title_parts, without_site
from dateline.cleaning.live import is_live, live_drafts
from dateline.cleaning.locating import captions, column, container, mark_by_place, without_credit
from dateline.cleaning.sifting import Line, byline_of, is_title_like, posted_by, sift, words_of
from dateline.cleaning.splitting import split
from dateline.cleaning.titles import title_in_parts
from dateline.cleaning.tree import Element, PageLine, Walk, parse_page, walk
from dateline.types import PassageKind, Problem

_PROSE = 60
_PICTURES = 3
"""Captions from which a page of pictures is a gallery."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FOOT = 25
"""Lines below a story among which its corrections may stand."""
_LEAD = re.compile(r"(?:^|[\s_-])(?:lead|lede|intro|abstract|summary|chapeau|strap)(?:$|[\s_-])", re.I)
_LITTLE = 120
"""Characters of prose that are believed to be a story's where there is no other prose."""
_ENOUGH = 250
"""Characters of prose from which a place is taken for the story's: two short paragraphs."""
_KEEPS = 0.85
"""Share of the prose that an element must hold to be looked into."""
_CAPTION = re.compile(r"\b(?:photos?|images?|pictures?|getty|file pic|picture by|credit:)\b", re.I)
_PICTURE = re.compile(r"fig|caption|image|photo|media|gallery", re.I)
_RIGHTS = re.compile(r"©|\(c\)|copyright", re.I)
_NEVER_STORY = re.compile(r"comment|respond|disqus|footer|cookie|consent|related|recommend", re.I)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was walked: what its head says, its lines, the marks that are believed."""

    html: str
    tree: Element
    head: Head
    walked: Walk
    marked: frozenset[str]


def draft_of_page(text: str, sources: Sources, *, url: str | None = None) -> Draft | None:
    """The draft of an HTML page as one story, or null where it has none."""
    page = _walked(text, sources)
    return _whole(page, sources, url) if page else None


def drafts_of_page(text: str, sources: Sources, *, url: str | None, where: str) -> tuple[list[Draft], list[Problem]]:
    """The drafts of an HTML page: one, or one for each entry of a live blog and each story of a round-up."""
    page = _walked(text, sources)
    if page is None:
        return [], []
    whole = _whole(page, sources, url)
    base = replace(whole or _shared(page, sources, url), blocks=(), aside=(), cut=False)
    if is_live(page.head, page.html, whole.title if whole else None):
        found = live_drafts(page.walked, page.tree, page.head, base, page.marked, sources.furniture, where=where)
        if found is not None:
            drafts, problems = found
            return drafts, [too_large(where), *problems] if page.walked.cut or page.head.cut else problems
    if page.html.count("<article") > 1:
        lines = [line for line in page.walked.lines if not _in_furniture(line, page.marked)]
        drafts = article_drafts(lines, page.head, base, sources.furniture)
        if drafts:
            return drafts, []
    if whole is None:
        return [], [too_large(where)] if page.walked.cut or page.head.cut else []
    return split(whole, sources), []


def _walked(text: str, sources: Sources) -> _Page | None:
    tree = parse_page(text)
    if tree is None:
        return None
    walked = walk(tree, sources.furniture)
    mark_by_place(walked.lines)
    return _Page(text, tree, head_of(tree, sources.furniture), walked, _true_marks(walked.lines))


def _shared(page: _Page, sources: Sources, url: str | None) -> Draft:
    """What the entries of a page without a story of its own share."""
    head = page.head
    site = _without_edition(_site(page.tree, head, page.walked.lines, 0), sources)
    return Draft(
        (), byline=head.byline, publisher=site, published=head.published, url=url or head.url, language=head.language
    )


def _whole(page: _Page, sources: Sources, url: str | None) -> Draft | None:
    tree, head, walked, marked = page.tree, page.head, page.walked, page.marked
    furniture = sources.furniture
    start, end = _story_range(walked, marked)
    shown = _gallery(walked, marked, start, end)
    if shown is not None:
        marked, start, end = shown
    if end == 0:
        return _from_json(head, sources)
    site = _without_edition(_site(tree, head, walked.lines, start), sources)
    title, title_at = _title(head, walked.lines, start, end, site)
    named = head.title is not None or head.site is not None
    if not named and (parted := title_in_parts(head.full_title or "", walked.lines, start)):
        title_at, site = parted
        title = walked.lines[title_at].text
    above = _above(walked.lines, title_at, start, end)
    inside = walked.lines[max(start, title_at + 1) : end]
    holders = {id(line.holder) for line in inside if _is_prose(line)}
    heads = {id(line) for line in above}
    kept = [_line(line) for line in inside if not _is_out(line, marked, holders, heads)]
    over = [line.text for line in walked.lines[start:title_at]]
    sifted = sift(kept, furniture, title=title, above=over)
    if head.body is not None and len(head.body) > 2 * sum(len(block.text) for block in sifted.blocks):
        return _from_json(head, sources)
    held = {id(line) for line in inside}
    notes = _notes_above([line for line in above if id(line) not in held], marked, furniture)
    return Draft(
        blocks=(
            *_standfirst(above, sifted.blocks, head),
            *notes,
            *sifted.blocks,
            *_notes_below(walked.lines[end : end + _FOOT], marked, furniture),
        ),
        title=title,
        byline=head.byline
        or _first_of(above, lambda line: _byline(line, furniture))
        or _first_of(walked.lines[end : end + 3], lambda line: posted_by(line.text)),
        publisher=sifted.issuer or site,
        published=head.published
        or _visible_date(above, walked.lines, end, head.language)
        or _date_over(walked.lines, title_at, head.language)
        or (_first_date((*over, *sifted.aside)) if sifted.release else None),
        url=url or head.url,
        language=head.language,
        aside=_aside(walked.lines, above, inside, sifted.aside, end),
        cut=walked.cut or head.cut,
    )


def _from_json(head: Head, sources: Sources) -> Draft | None:
    """The draft of a page whose story stands in its JSON-LD alone (pages that a script draws)."""
    if head.body is None or len(head.body) < _ENOUGH:
        return None
    paragraphs = [Line(" ".join(part.split())) for part in re.split(r"\n+|</p>|<br ?/?>", head.body) if part.strip()]
    sifted = sift(paragraphs, sources.furniture, title=head.title)
    title = without_site(head.title, head.site) if head.title else None
    return Draft(
        sifted.blocks,
        title=title,
        byline=head.byline,
        publisher=head.site,
        published=head.published,
        url=head.url,
        language=head.language,
    )


# ---------------------------------------------------------------- where the story stands
def _true_marks(lines: Sequence[PageLine]) -> frozenset[str]:
    """The classes of furniture that are believed; one that would take most of the page's prose is the layout's own."""
    prose = [
        (len(line.text), {mark.names for mark in line.marks if mark.role == "furniture"})
        for line in lines
        if _is_prose(line)
    ]
    believed = {mark.names for line in lines for mark in line.marks if mark.role == "furniture"}
    for _ in range(6):
        free = sum(size for size, names in prose if not names & believed)
        held: Counter[str] = Counter()
        for size, names in prose:
            held.update(dict.fromkeys(names & believed, size))
        worst = next((name for name, _ in held.most_common() if not _NEVER_STORY.search(name)), None)
        if worst is None or held[worst] < (max(_ENOUGH, 2 * free) if free else _LITTLE):
            break
        believed.discard(worst)
    return frozenset(believed)


def _story_range(walked: Walk, marked: frozenset[str]) -> tuple[int, int]:
    """The first and the last line (exclusive) of the story among the page's lines; (0, 0) where there is none."""
    prose = [(n, line) for n, line in enumerate(walked.lines) if _is_prose(line) and not _in_furniture(line, marked)]
    total = sum(len(line.text) for _, line in prose)
    if total == 0:
        return 0, 0
    within = _within(prose, walked.stories, total) or _within(prose, _articles(prose), total) or prose
    holder = column(container(_smallest(within)), within)
    inside = _inside(walked.lines, holder)
    return inside.start, inside.stop


def _within(
    prose: list[tuple[int, PageLine]], holders: Sequence[Element], total: int
) -> list[tuple[int, PageLine]] | None:
    """The prose inside any of `holders`, if it is enough of the page's to be the story."""
    if not holders:
        return None
    wanted = set(holders)
    found = [
        (n, line)
        for n, line in prose
        if line.holder in wanted or any(above in wanted for above in line.holder.iterancestors())
    ]
    size = sum(len(line.text) for _, line in found)
    return found if size >= min(_ENOUGH, total) and size >= 0.3 * total else None


def _articles(prose: list[tuple[int, PageLine]]) -> list[Element]:
    """The <article> or <main> that holds most prose; of a run of stories on one page, the first."""
    held: Counter[Element] = Counter()
    for _, line in prose:
        for above in line.holder.iterancestors("article", "main"):
            held[above] += len(line.text)
    most = max(held.values(), default=0)
    return [next(one for one, n in held.items() if n >= 0.5 * most)] if most else []


def _smallest(prose: list[tuple[int, PageLine]]) -> Element:
    """The smallest element that holds nearly all of `prose`."""
    held: Counter[Element] = Counter()
    depth: dict[Element, int] = {}
    for _, line in prose:
        chain = [line.holder, *line.holder.iterancestors()]
        for n, above in enumerate(chain):
            held[above] += len(line.text)
            depth[above] = len(chain) - n
    total = sum(len(line.text) for _, line in prose)
    holding = [one for one, n in held.items() if n >= _KEEPS * total]
    return max(holding, key=lambda one: depth[one])


def _inside(lines: Sequence[PageLine], holder: Element) -> range:
    below = [n for n, line in enumerate(lines) if line.holder is holder or holder in line.holder.iterancestors()]
    return range(below[0], below[-1] + 1)


def _is_prose(line: PageLine) -> bool:
    return (
        len(line.text) >= _PROSE
        and line.linked < 0.5
        and line.tag not in ("h1", "h2", "h3", "button")
        and is_sentence(line.text)
    )


def is_sentence(text: str) -> bool:
    """Whether `text` has the marks of running text: letters, and an end or length."""
    start = text[:200]
    if 2 * sum(map(str.isalpha, start)) < len(start):
        return False
    return re.search(r"[.!?…:;]['\"”’»)\]]*$", text) is not None or len(text) > 140


def _in_furniture(line: PageLine, marked: frozenset[str]) -> bool:
    return any(mark.role == "furniture" and mark.names in marked for mark in line.marks)


def _is_out(line: PageLine, marked: frozenset[str], holders: set[int], heads: set[int]) -> bool:
    """Whether a line in the story's element is furniture: by a mark, or as a stray of its own in a block of its own.

    `holders` are the elements that have prose, `heads` the lines above the first paragraph.
    """
    if any(mark.role == "note" for mark in line.marks):
        return False
    if _in_furniture(line, marked):
        return True
    if any(mark.role == "standfirst" for mark in line.marks) and (line.tag not in _HEADINGS or id(line) in heads):
        return True
    if line.tag in ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre"):
        return False
    return len(line.text) < 45 and not is_sentence(line.text) and id(line.holder) not in holders


def _gallery(walked: Walk, marked: frozenset[str], start: int, end: int) -> tuple[frozenset[str], int, int] | None:
    """Of a page whose captions are the story: the marks that are believed then, and where it stands; else null."""
    shown = list(captions(walked.lines, _PICTURE, _NEVER_STORY))
    told = sum(len(line.text) for line in walked.lines[start:end] if _is_prose(line) and not line.marks)
    if len(shown) < _PICTURES or sum(len(line.text) for line in shown) < 2 * told:
        return None
    for line in shown:
        line.text = without_credit(line.text)
    believed = marked - {mark.names for line in shown for mark in line.marks}
    first, last = _story_range(walked, believed)
    return (believed, first, last) if last else None


def _line(line: PageLine) -> Line:
    return Line(
        text=line.text,
        heading=line.tag in _HEADINGS,
        note=any(mark.role == "note" for mark in line.marks),
        strong=line.strong,
        linked=line.linked,
        place=id(line.holder.getparent()),
    )


# ---------------------------------------------------------------- title and site
def _title(head: Head, lines: Sequence[PageLine], start: int, end: int, site: str | None) -> tuple[str | None, int]:
    """The title, and the number of its line on the page (-1 where it is not there, or the head alone has it)."""
    near = [(n, line) for n, line in enumerate(lines[: max(start, 0) + 6]) if 8 <= len(line.text) <= 300]
    said = [without_site(one, site) for one in (head.title, head.full_title) if one and not _is_site(one, site, lines)]
    for wanted in said:
        same = [
            n
            for n, line in near
            if _same_title(line.text, wanted) and (line.tag in ("h1", "h2") or words_of(line.text) == words_of(wanted))
        ]
        headings = [n for n in same if lines[n].tag == "h1"] or [n for n in same if lines[n].tag == "h2"] or same
        if headings:
            at = headings[-1]
            return _as_titled(lines[at], wanted), max(n for n in same if n <= max(at, start))
    first = [n for n, line in near if line.tag == "h1" and words_of(line.text) != words_of(site or "")]
    if first:
        return lines[first[-1]].text, first[-1]
    loose = _loose_title(lines, start, end, head)
    if loose is not None:
        return lines[loose].text, loose
    return (said[0] if said else None), -1


def _as_titled(line: PageLine, wanted: str) -> str:
    """The title as its heading has it, without the kicker that a heading of several parts has before it."""
    if line.tag not in ("h1", "h2") or (len(line.holder) > 1 and words_of(line.text).endswith(words_of(wanted))):
        return wanted
    return line.text


def _loose_title(lines: Sequence[PageLine], start: int, end: int, head: Head) -> int | None:
    """The line that looks like a title on a page without headings: strong in the story's element, or just above it."""
    strong = next((n for n in range(start, min(start + 6, end)) if lines[n].strong and not _is_prose(lines[n])), None)
    if strong is not None or head.title is not None:
        return strong if head.title is None else None
    above = [n for n in range(max(0, start - 6), start) if not lines[n].marks and lines[n].linked < 0.5]
    return next((n for n in above if 4 <= len(lines[n].text.split()) <= 25 and is_title_like(lines[n].text)), None)


def _is_site(title: str, site: str | None, lines: Sequence[PageLine]) -> bool:
    """Whether a <title> is the site's name alone: the site says so, or the page begins with it as its header."""
    words = words_of(title)
    return words == words_of(site or "") or (
        bool(lines) and words_of(lines[0].text) == words and lines[0].tag not in ("h1", "h2")
    )


def _same_title(line: str, wanted: str) -> bool:
    """Whether a line is the title the head names: the same words, or most of them."""
    ours, theirs = words_of(line).split(), words_of(wanted).split()
    both = len(set(ours) & set(theirs))
    return bool(both) and both >= 0.6 * max(len(set(ours)), 1) and both >= 0.5 * len(set(theirs))


def _site(tree: Element, head: Head, lines: Sequence[PageLine], start: int) -> str | None:
    """The publisher: the head's site name, a part of the <title> that the page's rim repeats, the site's title."""
    if head.site:
        return head.site
    parts = title_parts(head.full_title or "")
    if _is_site(head.full_title or "", None, lines):
        return parts[0] if parts else None
    headings = " / ".join(words_of(line.text) for line in lines if line.tag in ("h1", "h2"))
    names = [
        part
        for part in (*parts[-1:], *parts[:1])
        if len(parts) > 1 and words_of(part) and words_of(part) not in headings
    ]
    rim = [words_of(line.text) for line in (*lines[:start][:60], *lines[-40:]) if len(line.text) <= 200]
    repeated = next((name for name in names if any(words_of(name) in words for words in rim)), None)
    return repeated or _named_site(tree) or next((name for name in names if len(name) <= 40), None)


def _without_edition(site: str | None, sources: Sources) -> str | None:
    """'Coast Matin English' is 'Coast Matin': the edition's language is no part of the name."""
    if site is None or sources.outlets.named(site):
        return site
    return re.sub(r"(?<=\w) (?:in )?English(?: Edition)?$", "", site)


_SITE_TITLES = (
    "//*[contains(concat(' ', @class, ' '), ' site-title ') or contains(concat(' ', @class, ' '), ' logo ')]",
    "//*[@id='logo' or @id='site-title']",
    "//*[contains(@class, 'top') or contains(@class, 'header')]//a[@href='/' or @rel='home']",
    "//*[contains(@class, 'masthead')]//a[@href='/' or @rel='home']",
    "//header//a[@href='/']",
    "//a[@rel='home']",
)
"""Where publishing systems put the site's name."""


def _named_site(tree: Element) -> str | None:
    for path in _SITE_TITLES:
        for element in tree.xpath(path)[:3]:
            words = " ".join(element.text_content().split())
            if 2 < len(words) <= 60 and words.lower() not in ("home", "menu"):
                return str(words)
    return None


# ---------------------------------------------------------------- the lines about the story
def _above(lines: Sequence[PageLine], title_at: int, start: int, end: int) -> list[PageLine]:
    """The lines from the title to the first paragraph of the story: byline, day, standfirst, notes."""
    first = next((n for n in range(max(start, title_at + 1), end) if _is_prose(lines[n]) and not lines[n].marks), start)
    begin = title_at + 1 if 0 <= title_at < first else max(0, first - 8)
    return list(lines[begin : min(first, begin + 30)])


def _visible_date(above: Sequence[PageLine], lines: Sequence[PageLine], end: int, language: str | None) -> str | None:
    """The first full date written between title and story, or on the date line just below the story."""
    near = [line.text for line in above if len(line.text) <= 220]
    near += [line.text for line in lines[end : end + 2] if is_date_line(line.text)]
    american = language == "en-US"
    return next((day for text in near if (day := find_date(text, month_first=american))), None)


def _date_over(lines: Sequence[PageLine], title_at: int, language: str | None) -> str | None:
    """The date on the line over the title, in its own element: a date elsewhere on top of a page is the day's."""
    if title_at < 1:
        return None
    title, over = lines[title_at], lines[title_at - 1]
    around = title.holder.getparent()
    beside = over.holder in (title.holder, around) or over.holder.getparent() is around
    return find_date(over.text, month_first=language == "en-US") if beside and is_date_line(over.text) else None


def _byline(line: PageLine, furniture: Furniture) -> str | None:
    found = byline_of(line.text, furniture)
    if found is not None:
        return found
    named = any(
        re.search(r"(?:^|[\s_-])(?:by|byline|author|autor|writer)(?:$|[\s_-])", mark.names) for mark in line.marks
    ) or _is_by(line.holder)
    usable = named and len(line.text) <= 80 and find_date(line.text) is None and len(line.text.split()) <= 10
    return line.text if usable and furniture.of_line(line.text) is None else None


def _is_by(holder: Element) -> bool:
    return bool({"by", "byline", "author"}.intersection(holder.get("class", "").split()))


def _first_of(lines: Sequence[PageLine], find: Callable[[PageLine], str | None]) -> str | None:
    return next((found for line in lines if (found := find(line))), None)


def _standfirst(above: Sequence[PageLine], blocks: Sequence[Block], head: Head) -> tuple[Block, ...]:
    """The standfirst as a heading: the line the class calls so, or the one the head gives as the page's description."""
    inside = {words_of(block.text) for block in blocks[:3]}
    described = words_of(head.description or "")
    for line in above:
        words = words_of(line.text)
        known = (
            any(mark.role == "standfirst" for mark in line.marks)
            or (len(words) > 30 and words == described)
            or (_is_prose(line) and _is_lead(line))
        )
        if known and words not in inside and len(line.text) > 20:
            return (Block(line.text, PassageKind.HEADING),)
    return ()


def _is_lead(line: PageLine) -> bool:
    """Whether a class calls a line the lead, which above a story is its standfirst; nothing but a header is around it."""
    return _LEAD.search(line.holder.get("class", "")) is not None and all(
        mark.element.tag == "header" for mark in line.marks
    )


def _notes_above(above: Sequence[PageLine], marked: frozenset[str], furniture: Furniture) -> tuple[Block, ...]:
    return tuple(
        Block(line.text, PassageKind.NOTE)
        for line in above
        if not _in_furniture(line, marked)
        and (any(mark.role == "note" for mark in line.marks) or _reads_as_note(line, furniture))
    )


def _reads_as_note(line: PageLine, furniture: Furniture) -> bool:
    return furniture.is_note(line.text) and not is_date_line(line.text)


def _notes_below(lines: Sequence[PageLine], marked: frozenset[str], furniture: Furniture) -> tuple[Block, ...]:
    """The notes under a story, as far as its comments and the next heading: in a box of their own, or as they begin."""
    found: list[Block] = []
    for line in lines:
        boxed = any(mark.role == "note" for mark in line.marks)
        if not boxed and (line.tag in ("h1", "h2", "h3") or _NEVER_STORY.search(" ".join(m.names for m in line.marks))):
            break
        if (boxed and _is_prose(line)) or (not _in_furniture(line, marked) and _reads_as_note(line, furniture)):
            found.append(Block(line.text, PassageKind.NOTE))
    return tuple(found)


def _first_date(lines: Sequence[str]) -> str | None:
    return next((day for text in lines if is_date_line(text) and (day := find_date(text))), None)


def _aside(
    lines: Sequence[PageLine], above: Sequence[PageLine], inside: Sequence[PageLine], dropped: Sequence[str], end: int
) -> tuple[str, ...]:
    """The lines around the story that may name an agency or a year: no captions, no navigation."""
    near = [*above, *(line for line in inside if line.marks), *lines[end : end + 3]]
    rights = [line for line in lines[-12:] if _RIGHTS.search(line.text)]
    said = [line.text for line in (*near, *rights) if not any(_PICTURE.search(mark.names) for mark in line.marks)]
    return tuple(dict.fromkeys(text for text in (*said, *dropped) if len(text) <= 220 and not _CAPTION.search(text)))
