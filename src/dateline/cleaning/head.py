"""What a page says of itself for machines: JSON-LD, <meta> fields, <title>, <time>, microdata.

Nothing here is believed beyond its shape: a title loses its site's name, a date must be one, a byline no address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.cleaning.dates import machine_date
from dateline.cleaning.furniture import Furniture
from dateline.cleaning.sifting import words_of
from dateline.cleaning.tree import Element

_ARTICLES = frozenset(
    [
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "BlogPosting",
        "Report",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "LiveBlogPosting",
        "BackgroundNewsArticle",
        "AdvertiserContentArticle",
        "ReviewNewsArticle",
        "WebPage",
        "TechArticle",
        "SocialMediaPosting",
    ]
)
_MARKS = re.compile(r"\s+[|–—\-·•»:]\s+|\s*\|\s*")
_MAX_LD = 2_000_000
_MAX_NODES = 2_000
_MAX_UPDATES = 10_000


@dataclass(frozen=True, slots=True)
class Update:
    """An entry of a live blog as JSON-LD has it: `id` is the fragment by which its address names it."""

    id: str | None
    title: str | None
    published: str | None
    body: str | None
    byline: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a page's head; null where it has none."""

    title: str | None = None
    full_title: str | None = None
    site: str | None = None
    published: str | None = None
    byline: str | None = None
    body: str | None = None
    url: str | None = None
    language: str | None = None
    description: str | None = None
    modified: str | None = None
    updates: tuple[Update, ...] = ()
    cut: bool = False


def head_of(tree: Element, furniture: Furniture) -> Head:
    """What the head of `tree` says, JSON-LD before <meta> before microdata."""
    meta = _meta(tree)
    scripts = [one.text or "" for one in tree.iterfind(".//script[@type='application/ld+json']")]
    nodes = [node for script in scripts for node in _nodes(script)]
    article = _article(nodes)
    full_title = _words("".join(tree.xpath("(//head//title|//title)[1]//text()")))
    return Head(
        title=_string(article.get("headline")) or meta.get("og:title") or meta.get("twitter:title"),
        full_title=full_title,
        site=_first(meta, furniture.site) or _name(article.get("publisher")),
        published=_published(tree, meta, article, furniture),
        byline=_byline(tree, meta, article, furniture),
        body=_text(article.get("articleBody")),
        url=_url(tree, meta),
        language=_words(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
        description=_string(article.get("description")) or meta.get("og:description") or meta.get("description"),
        modified=_modified(meta, article),
        updates=tuple(_updates(nodes)),
        cut=any(len(script) > _MAX_LD for script in scripts),
    )


def without_site(title: str, site: str | None) -> str:
    """`title` without the site's name at its end or beginning.

    >>> without_site("Rain in the north | The Odessa Gull", "The Odessa Gull")
    'Rain in the north'
    """
    parts = title_parts(title)
    if site is None or len(parts) < 2:
        return title
    same = words_of(site)
    for part, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
        words = words_of(part)
        if words and (words == same or words in same or same in words):
            return _MARKS.sub(lambda match: match.group(0), rest).strip(" |–—-·•»:") or title
    return title


def title_parts(title: str) -> list[str]:
    """The parts of a <title> that marks part: the story's title, sections, the site's name."""
    return [part for part in _MARKS.split(title) if part.strip()]


def _meta(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in tree.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop")
        content = one.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), " ".join(content.split()))
    return found


def _article(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON-LD object of the page's article; of several the one with most to say."""
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    return max(articles, key=_weight, default={})


def _updates(nodes: list[dict[str, Any]]) -> Iterator[Update]:
    """The entries of the page's live blogs, each as far as it is one."""
    for node in nodes:
        given = node.get("liveBlogUpdate")
        for one in (given if isinstance(given, list) else [given])[:_MAX_UPDATES]:
            if isinstance(one, dict):
                yield Update(
                    id=_fragment(one),
                    title=_string(one.get("headline")) or _string(one.get("name")),
                    published=machine_date(_string(one.get("datePublished")) or ""),
                    body=_text(one.get("articleBody")) or _text(one.get("text")) or _text(one.get("description")),
                    byline=_name(one.get("author")),
                )


def _fragment(node: dict[str, Any]) -> str | None:
    """The fragment of the entry's address or id; an id that is no address counts as a whole."""
    for value in (_string(node.get("url")), _string(node.get("@id")), _string(node.get("identifier"))):
        if value and "#" in value:
            return value.rpartition("#")[2] or None
    own = _string(node.get("identifier")) or ""
    return own if own and "/" not in own else None


def _modified(meta: dict[str, str], article: dict[str, Any]) -> str | None:
    """When the page was last changed."""
    said = (_string(article.get("dateModified")), meta.get("article:modified_time"), meta.get("og:updated_time"))
    return next((day for one in said if one and (day := machine_date(one))), None)


def _weight(node: dict[str, Any]) -> tuple[bool, int]:
    return "WebPage" not in _types(node), sum(
        key in node for key in ("headline", "datePublished", "author", "publisher", "articleBody")
    )


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)}


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > _MAX_LD:
        return
    try:
        waiting = [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                if isinstance(node.get(key), dict | list)
            )


def _published(tree: Element, meta: dict[str, str], article: dict[str, Any], furniture: Furniture) -> str | None:
    said = _dates_said(tree, meta, article, furniture)
    return next((day for one in said if one and (day := machine_date(one))), None)


def _dates_said(
    tree: Element, meta: dict[str, str], article: dict[str, Any], furniture: Furniture
) -> Iterator[str | None]:
    """What may be the day of publication, in order of trust; what stands in the body is looked for only if need be."""
    yield _string(article.get("datePublished"))
    yield from (meta.get(name) for name in furniture.published)
    for one in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        yield one.get("content") or one.get("datetime")
    yield from (one.get("title") for one in tree.xpath("(//abbr[@title and contains(@class, 'published')])[1]"))
    yield next((one.get("datetime") for one in tree.iter("time") if _is_of_story(one)), None)
    yield _time_after_title(tree)
    yield from (_string(article.get(name)) for name in ("dateCreated", "uploadDate", "dateModified"))


def _is_of_story(time: Element) -> bool:
    """Whether a <time> is marked as the day of publication, or stands in an article or a header."""
    if time.get("pubdate") is not None:
        return True
    return time.get("datetime") is not None and next(time.iterancestors("article", "header"), None) is not None


def _time_after_title(tree: Element) -> str | None:
    titled = False
    for one in tree.iter("h1", "time"):
        if titled and one.tag == "time" and one.get("datetime"):
            return str(one.get("datetime"))
        titled = titled or one.tag == "h1"
    return None


def _byline(tree: Element, meta: dict[str, str], article: dict[str, Any], furniture: Furniture) -> str | None:
    said = _bylines_said(tree, meta, article, furniture)
    return next((byline for one in said if one and (byline := _as_byline(one))), None)


def _bylines_said(
    tree: Element, meta: dict[str, str], article: dict[str, Any], furniture: Furniture
) -> Iterator[str | None]:
    yield _name(article.get("author")) or _name(article.get("creator"))
    yield from (meta.get(name) for name in furniture.author)
    named = tree.xpath("//*[@rel='author' or @itemprop='author']")[:4]
    yield ", ".join(dict.fromkeys(_words(one.text_content()) or "" for one in named))


def _as_byline(name: str) -> str | None:
    name = re.sub(r"^by:?\s+", "", name.strip(), flags=re.I)
    usable = 1 < len(name) <= 200 and "://" not in name and any(c.isalpha() for c in name)
    return name if usable else None


def _url(tree: Element, meta: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")]
    return next((one for one in (*links, meta.get("og:url")) if one and re.match(r"https?://[^\s/]+/\S", one)), None)


def _name(value: Any) -> str | None:
    """The names in a JSON-LD person or organisation, or in a list of them."""
    values = value if isinstance(value, list) else [value]
    names = [_string(one.get("name")) if isinstance(one, dict) else _string(one) for one in values[:12]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _string(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _words(value) if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    """A longer text with its lines as they are."""
    value = value[0] if isinstance(value, list) and value else value
    return (value.strip() or None) if isinstance(value, str) else None


def _words(text: str) -> str | None:
    """The words with JSON-LD's left-over entities resolved."""
    from html import unescape

    return " ".join(unescape(text).split()) or None
