"""Placing reports among those that an index knows: links to what they copy and what copies them, then the originals.

What comes out is a function of the set of reports alone, whatever the order and the portions they came in. Three
things that are said of a text may change when others come: which report prints it first, which of its passages are
furniture, and which of its bands are house phrases. Texts that this happens to are linked anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from dateline.collapsing.bands import COMMON, bands, needed
from dateline.collapsing.copying import is_copy, share
from dateline.collapsing.furniture import REPEATED, below, printed, without
from dateline.collapsing.index import Index, Link
from dateline.collapsing.original import standing
from dateline.collapsing.shingles import Cut, cut
from dateline.types import Report


def place(reports: Iterable[Report], index: Index, report_of: Callable[[str], Report]) -> dict[str, str]:
    """Places the `reports` that `index` does not know; `report_of` gives those of which it knows the id.

    Gives the original of each report, by their ids, that is new or whose original may be another than before.
    """
    placing = _Placing(index, report_of)
    for report in reports:
        if not index.knows(report.id):
            placing.add(report)
    return {report: index.original(report) for text in sorted(placing.settle()) for report in index.prints(text)}


class _Placing:
    """One run. `stale`: texts whose links must be found anew; `touched`: texts whose original may be another now."""

    def __init__(self, index: Index, report_of: Callable[[str], Report]) -> None:
        self._index, self._report_of = index, report_of
        self._cuts: dict[int, Cut] = {}
        self._stale: set[int] = set()
        self._touched: set[int] = set()

    def add(self, report: Report) -> None:
        """Keeps a report, and links its text if it is new."""
        whole = cut(report)
        before = self._index.head(whole.key)
        self._index.add_report(report.id, whole.key, standing(report))
        self._touched.add(whole.key)
        self._note_furniture(whole)
        if before is None:
            self._add_text(whole)
        elif self._index.head(whole.key) != before:
            self._spoil([whole.key])

    def settle(self) -> set[int]:
        """Links anew what is stale, and finds the originals of all that was touched: of these texts."""
        for text in self._stale:
            self._touched |= _ends(self._index.links(text))
            self._index.drop_links(text)
        for text in sorted(self._stale):
            self._link(text, self._meetings(text, self._holding(bands(self._cut(text).flow))))
        done: set[int] = set()
        for text in self._touched | self._stale:
            if text not in done:
                group = self._connected(text)
                done |= group.keys()
                self._find_originals(group)
        return done

    # ------------------------------------------------------------ what others change
    def _note_furniture(self, whole: Cut) -> None:
        for passage, opening in below(whole):
            before = self._index.openings(passage, REPEATED)
            if before < REPEATED:
                self._index.add_passage(passage, opening, whole.key)
            if before == REPEATED - 1 and self._index.openings(passage, REPEATED) == REPEATED:
                self._spoil(self._index.printing(passage))

    def _spoil(self, texts: Iterable[int]) -> None:
        for text in texts:
            self._stale.add(text)
            self._cuts.pop(text, None)

    # ------------------------------------------------------------ links
    def _add_text(self, whole: Cut) -> None:
        own = bands(whole.flow)
        self._index.add_text(whole.key, whole.size, own)
        holding = self._holding(own)
        for texts in holding:
            if len(texts) == COMMON + 1:  # this one made it a house phrase
                self._spoil(texts)
        others = self._meetings(whole.key, holding)
        if others:
            self._cuts[whole.key] = self._without_furniture(whole)
            self._link(whole.key, others)

    def _holding(self, own: Iterable[int]) -> list[list[int]]:
        """For each band the texts that have it, or more than `COMMON` of them."""
        return [self._index.holding(band, COMMON + 2) for band in own]

    def _meetings(self, text: int, holding: Iterable[Sequence[int]]) -> list[int]:
        """The texts that are worth an exact comparison."""
        shared = Counter(other for texts in holding if len(texts) <= COMMON for other in texts)
        shared.pop(text, None)
        sizes = self._index.sizes([text, *shared])
        return sorted(other for other, times in shared.items() if times >= needed(sizes[text], sizes[other]))

    def _link(self, text: int, others: Iterable[int]) -> None:
        self._index.add_links(
            (copy, original, share(self._cut(copy), self._cut(original)).all)
            for other in others
            for copy, original in ((text, other), (other, text))
            if is_copy(self._cut(copy), self._cut(original))
        )

    def _cut(self, text: int) -> Cut:
        """A text as the first report that prints it has it, without furniture."""
        if text not in self._cuts:
            self._cuts[text] = self._without_furniture(cut(self._report_of(self._head(text)[1])))
        return self._cuts[text]

    def _without_furniture(self, whole: Cut) -> Cut:
        openings = (self._index.openings(printed(whole, passage), REPEATED) for passage in whole.passage_keys)
        return without(whole, [count == REPEATED for count in openings])

    def _head(self, text: int) -> tuple[str, str]:
        head = self._index.head(text)
        assert head is not None, f"no report prints the text {text}"
        return head

    # ------------------------------------------------------------ originals
    def _connected(self, start: int) -> dict[int, list[Link]]:
        """The texts that hang together with `start`, each with its links."""
        reached: dict[int, list[Link]] = {}
        ahead = [start]
        while ahead:
            text = ahead.pop()
            if text not in reached:
                reached[text] = self._index.links(text)
                ahead += _ends(reached[text])
        return reached

    def _find_originals(self, group: dict[int, list[Link]]) -> None:
        """The originals of a group: of each, in order of standing, that of the one before it that it has most of."""
        order = sorted(group, key=self._head)
        place = {text: at for at, text in enumerate(order)}
        original: dict[int, int] = {}
        for text in order:
            before = [
                (taken, original[other] == other, -place[other], other)
                for copy, other, taken in group[text]
                if copy == text and other in original
            ]
            original[text] = original[max(before)[-1]] if before else text
        self._index.set_originals(original)


def _ends(links: Iterable[Link]) -> set[int]:
    return {text for copy, original, _ in links for text in (copy, original)}
