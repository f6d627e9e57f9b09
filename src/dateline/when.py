"""What the time expressions of a text mean, and why: the answer of `dateline when`.

The reasons come from the rules that read the text, in the words of the pack: nothing is worked out a second time.

>>> from dateline.knowledge.packs import Packs
>>> (found,) = when("A shell fell on Saturday.", Packs(), published="2020-01-05")
>>> found.mention.value, [aside.value for aside in found.rejected]
('2020-01-04', ['2020-01-11'])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from dateline.knowledge.packs import Packs
from dateline.language.parse import parse
from dateline.language.times import Explained, TimeGrammar, explain_times
from dateline.showing import cell
from dateline.types import TimeMention, TimePrecision


def when(text: str, packs: Packs, *, published: str | None = None) -> tuple[Explained, ...]:
    """Each time expression of `text` with the rule that read it so; none is resolved against today."""
    return explain_times(parse(text, packs=packs), published=published, grammar=TimeGrammar.load(packs))


def when_objects(found: Iterable[Explained]) -> Iterator[dict[str, object]]:
    """One flat object an expression, for JSON Lines."""
    for one in found:
        mention: dict[str, object] = msgspec.to_builtins(one.mention)
        yield {**mention, "why": one.why, "rejected": msgspec.to_builtins(one.rejected)}


def when_page(found: Iterable[Explained]) -> RenderableType:
    """A paragraph an expression: its words, what they mean, why, and what was put aside."""
    return Group(*(_paragraph(one) for one in found))


def _paragraph(one: Explained) -> Text:
    head = cell(f'"{one.mention.quote}"', "bold")
    head.append(f"  {one.mention.type} {one.mention.value or 'no value'}", style="")
    asides = [(f"not {aside.value}, {aside.why}", "dim") for aside in one.rejected]
    below = [(_days(one.mention), None), (one.why, None), *asides]
    return Text("\n  ").join([head, *(cell(line, style) for line, style in below)]).append("\n")


_EXACT = {TimePrecision.UNKNOWN: "", TimePrecision.PART_OF_DAY: ", a part of the day"}


def _days(mention: TimeMention) -> str:
    """'2020-01-04, to the day', '2019-12-30 to 2020-01-05, to the week', 'no day'."""
    if mention.first is None or mention.last is None:
        return "no day" if mention.type in ("DURATION", "SET") else "open"
    days = mention.first if mention.first == mention.last else f"{mention.first} to {mention.last}"
    return days + _EXACT.get(mention.precision, f", to the {mention.precision}")
