"""Pages of versions: what each later version of a page changed, and whether the page says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.editing import Edit, Version
from dateline.phrasing import ID_SHOWN, plain

SHOWN = 12
"""Words of a sentence that are shown around an edit."""


def versions_page(versions: Iterable[Version]) -> RenderableType:
    """The versions of each page, in order, with their edits."""
    pages = groupby(versions, key=lambda version: version.page)
    return Group(*(part for page, several in pages for part in (Text(plain(page), style="bold"), *_parts(several))))


def _parts(versions: Iterable[Version]) -> Iterator[RenderableType]:
    for version in versions:
        dates = ", ".join(
            f"{name} {date or 'on a day not known'}"
            for name, date in (("published", version.published), ("saved", version.captured))
            if date or name == "published"
        )
        of = f", after {version.of[:ID_SHOWN]}" if version.of else ""
        head = Text(plain(f"{version.report[:ID_SHOWN]}{of}: {dates}; {version.source}"))
        yield head.append("  STEALTH EDIT: the same date and no note" if version.stealth else "", style="red")
        for edit in version.edits:
            yield Padding(_edit(edit), (0, 0, 0, 4))


def _edit(edit: Edit) -> Text:
    """'~ [Ten -> Two] men died', '+ a new sentence', '- one that is gone'."""
    if not edit.before and edit.after == edit.sentence:
        return Text(f"+ {plain(edit.after)}", style="green")
    if not edit.after and edit.before == edit.sentence:
        return Text(f"- {plain(edit.before)}", style="red")
    text = (
        Text("~ ").append(plain(edit.before), style="red strike").append(" -> " if edit.before and edit.after else "")
    )
    text.append(plain(edit.after), style="green")
    words = plain(edit.sentence).split()
    return text.append(f"   in: {' '.join(words[:SHOWN])}{'...' if len(words) > SHOWN else ''}", style="dim")
