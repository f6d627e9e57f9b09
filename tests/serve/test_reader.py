"""The reader: the archived text whole, its words marked, its claims beside it, and whose story it is."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from dateline.phrasing import headline
from dateline.serve.quoting import around
from dateline.serve.served import Served
from dateline.types import Basis, Evidence, Passage, PassageKind, Published, Report
from tests.merging.making import claim, report
from tests.serve.written import written

Client = TestClient[Any]


class Text(HTMLParser):
    """The text of the element with `data-text`, without what is no part of it, and its marks with their words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marks: list[tuple[dict[str, str | None], str]] = []
        self._open: list[tuple[str, dict[str, str | None], int]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if self._open or "data-text" in held:
            self._open.append((tag, held, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            opened, held, start = self._open.pop()
            assert opened == tag
            if tag in ("mark", "ins"):
                self.marks.append((held, self.text[start:]))

    def handle_data(self, data: str) -> None:
        if self._open and not any("data-not-text" in held for _, held, _ in self._open):
            self.text += data


def read(client: Client, path: str) -> Text:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Text(answer.text)


def reports(served: Served) -> list[Report]:
    with served.ask() as database:
        return list(database.reports())


def of(served: Served, words: str) -> Report:
    return next(one for one in reports(served) if words in one.source)


# ---------------------------------------------------------------- the text
def test_every_report_is_shown_whole_character_for_character(client: Client, served: Served) -> None:
    for one in reports(served):
        assert read(client, f"/r/{one.id}").text == one.text, one.source


def test_all_evidence_of_all_claims_is_marked_where_it_stands(client: Client, served: Served) -> None:
    with served.ask() as database:
        for one in database.reports():
            shown = read(client, f"/r/{one.id}")
            whole = {(held.get("id"), words) for held, words in shown.marks}
            for claim_ in database.claims_in(one.id):
                for evidence in claim_.evidence:
                    assert any(key == f"{evidence.start}-{evidence.end}" for key, _ in whole), evidence


def test_a_mark_names_its_field_its_claim_and_its_speaker(client: Client, served: Served) -> None:
    shown = read(client, f"/r/{of(served, '08-gulf-desk').id}")
    held = next(held for held, words in shown.marks if words == "at least 80" and held["data-field"] == "harm")
    assert held["data-speaker"] == "Iranian state television"
    assert held["data-claim"]


def test_a_note_and_a_heading_are_told_apart_and_change_no_offset(tmp_path: Path) -> None:
    text = "Orlu\n\nTen died.\n\nThis story was corrected."
    passages = Passage(0, 4, PassageKind.HEADING), Passage(6, 15), Passage(17, 42, PassageKind.NOTE)
    told = report("r1", text=text, passages=passages)
    with written(tmp_path, reports=[told]) as client:
        page = client.get("/r/r1").text
        assert Text(page).text == text
    assert '<b class="passage" data-kind="heading" id="p0">Orlu</b>' in page
    assert '<span class="tag" data-not-text>note </span>' in page


def test_a_text_that_is_written_from_right_to_left_says_so(tmp_path: Path) -> None:
    told = report("r1", text="سقطت قذائف على أورلو.", language="ar")
    with written(tmp_path, reports=[told]) as client:
        page = client.get("/r/r1").text
    assert re.search(r'<div class="text"[^>]* dir="auto" lang="ar" data-text', page)
    assert Text(page).text == told.text


def test_characters_outside_the_first_plane_and_blanks_stay_where_they_are(tmp_path: Path) -> None:
    text = "  🕊 & <b>\t'ten' \u00a0men\n died\n"
    at = text.index("ten")
    said = replace(claim("r1", None), evidence=(Evidence("harm", at, at + 3, "ten"),))
    with written(tmp_path, reports=[report("r1", text=text)], claims=[said]) as client:
        shown = read(client, "/r/r1")
    assert shown.text == text
    assert [words for _, words in shown.marks] == ["ten"]


def test_a_very_long_text_is_shown_whole_with_its_claims_some_at_a_time(tmp_path: Path) -> None:
    line = "Rebels shelled Orlu on Saturday and killed ten men, the mayor said. "
    text = line * (400_000 // len(line))
    said = [
        replace(
            claim("r1", "Ana Teku", at=start),
            evidence=(
                Evidence("type", start + 7, start + 14, "shelled"),
                Evidence("place", start + 15, start + 19, "Orlu"),
            ),
        )
        for start in range(0, 300 * len(line), len(line))
    ]
    with written(tmp_path, reports=[report("r1", text=text)], claims=said) as client:
        page = client.get("/r/r1").text
        rest = client.get("/r/r1?from=200").text
    assert Text(page).text == text
    assert len(Text(page).marks) == 600
    assert [len(re.findall(r'id="claim-', one)) for one in (page, rest)] == [200, 100]


# ---------------------------------------------------------------- what is asked for
def test_marks_of_one_field_or_one_speaker_are_shown_alone(client: Client, served: Served) -> None:
    path = f"/r/{of(served, '08-gulf-desk').id}"
    harm = {held["data-field"] for held, _ in read(client, f"{path}?field=harm").marks}
    iraqi = {held["data-speaker"] for held, _ in read(client, f"{path}?speaker=Iraqi+military").marks}
    assert (harm, iraqi) == ({"harm"}, {"Iraqi military"})
    assert client.get(f"{path}?speaker=Iraqi+military").text.count('id="claim-') == 1


def test_the_marks_of_one_claim_are_shown_alone(client: Client, served: Served) -> None:
    one = of(served, "08-gulf-desk")
    with served.ask() as database:
        wanted = database.claims_in(one.id)[0]
    shown = read(client, f"/r/{one.id}?claim={wanted.id}")
    assert {held["data-claim"] for held, _ in shown.marks} == {wanted.id}
    assert 'aria-current="true"' in client.get(f"/r/{one.id}?claim={wanted.id}").text


def test_any_words_can_be_led_to_without_script(tmp_path: Path) -> None:
    with written(tmp_path, reports=[report("r1", text="Ten died. It rained.")]) as client:
        cited = [(held.get("id"), words) for held, words in read(client, "/r/r1?cite=10-20").marks]
        assert cited == [("10-20", "It rained.")]
        for nothing in ("20-10", "x", "99-120", "1-2-3"):
            assert read(client, f"/r/r1?cite={nothing}").marks == []


def test_how_an_id_begins_leads_to_the_report(client: Client, served: Served) -> None:
    key = of(served, "08-gulf-desk").id
    answer = client.get(f"/r/{key[:8]}?field=harm", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/r/{key}?field=harm")
    assert client.get("/r/zzzz").status_code == 404


# ---------------------------------------------------------------- whose story it is
def test_a_copy_says_of_what_and_how_much_of_it_stands_there(client: Client, served: Served) -> None:
    copy = of(served, "13-harbour-post-admission")
    page = client.get(f"/r/{copy.id}").text
    assert "100 % of it stands in the original, 71 % of the original in it" in page
    assert f'<a href="/r/{copy.copy_of}">' in page
    assert "It does not count as a source beside the original." in page
    assert f"/r/{copy.id}" in client.get(f"/r/{copy.copy_of}").text


def test_beside_its_original_added_words_are_marked_and_left_out_words_listed(tmp_path: Path) -> None:
    body = " ".join(f"word{number}" for number in range(40))
    first = report("r1", text=f"{body}\n\nThe original alone ends with this.", wire="w1")
    copy = report("r2", text=f"{body}\n\nOnly the copy has these words.", wire="w1", copy_of="r1")
    first, copy = (
        replace(one, passages=(Passage(0, len(body)), Passage(len(body) + 2, len(one.text)))) for one in (first, copy)
    )
    with written(tmp_path, reports=[first, copy]) as client:
        shown = read(client, "/r/r2?compare=1")
        page = client.get("/r/r2?compare=1").text
    assert shown.text == copy.text
    assert [words for _, words in shown.marks] == ["Only the copy has these words"]
    assert "<del>The original alone ends with this</del>" in page


def test_texts_too_long_to_compare_are_not_compared_and_it_says_so(tmp_path: Path) -> None:
    long = "ten men died in Orlu " * 30_000
    first, copy = report("r1", text=long, wire="w1"), report("r2", text=long, wire="w1", copy_of="r1")
    with written(tmp_path, reports=[first, copy]) as client:
        page = client.get("/r/r2?compare=1").text
    assert "too many to be compared here" in page
    assert Text(page).text == long


def test_what_is_known_of_the_capture_is_said(client: Client, served: Served) -> None:
    one = of(served, "08-gulf-desk")
    page = client.get(f"/r/{one.id}").text
    for words in (one.sha256, one.source, "by the dateline of its text", "on a day not known"):
        assert words in page


def test_a_day_that_other_reports_settle_is_a_guess(tmp_path: Path) -> None:
    told = report("r1", published=Published("2031-05-07", "2031-05-07", Basis.INFERRED))
    with written(tmp_path, reports=[told]) as client:
        assert "data-guess" in client.get("/r/r1").text


def test_the_page_as_saved_is_led_to_where_this_server_shows_it_and_else_not(tmp_path: Path) -> None:
    with written(tmp_path, reports=[report("r1")]) as client:
        engine: Any = client.app.template_engine
        engine.engine.globals["original_url"] = lambda _sha256: None
        without = client.get("/r/r1").text
        engine.engine.globals["original_url"] = lambda _sha256: "http://elsewhere.example/"
        there = client.get("/r/r1").text
    assert "/r/r1/page" not in without
    assert '<a href="/r/r1/page"' in there


# ---------------------------------------------------------------- versions
def versions(tmp_path: Path, later: str, *, day: str, passages: tuple[Passage, ...] = ()) -> Client:
    at = "https://news.example/a"
    first = report("r1", text="Ten men died in Orlu. It rained.", url=at, title="Orlu", sha256="1")
    second = report("r2", day, text=later, url=at, title="Orlu", sha256="2", version_of="r1", passages=passages)
    return written(tmp_path, reports=[first, second])


def test_a_later_version_with_the_same_date_and_no_note_was_edited_without_saying_so(tmp_path: Path) -> None:
    with versions(tmp_path, "Two men died in Orlu.", day="2031-05-07") as client:
        page, reader = client.get("/r/r1/versions").text, client.get("/r/r2").text
    assert "Edited without saying so" in page
    assert re.search(r"<del>Ten</del>\s*<ins>Two</ins>", page)
    assert "<del>It rained.</del>" in page
    assert "changed the page without saying so" in reader


def test_a_later_version_of_another_day_says_so_itself(tmp_path: Path) -> None:
    with versions(tmp_path, "Two men died in Orlu.", day="2031-05-08") as client:
        page = client.get("/r/r2/versions").text
    assert "<ins>Two</ins>" in page
    assert "without saying so" not in page


def test_a_page_that_was_read_once_has_one_version(client: Client, served: Served) -> None:
    assert "read in one version" in client.get(f"/r/{reports(served)[0].id}/versions").text


def test_a_report_without_a_title_is_called_by_its_first_words() -> None:
    assert headline(report("r1", title="Orlu", text="Ten died.")) == "Orlu"
    assert headline(report("r1", text="Ten died.")) == "Ten died."
    assert headline(report("r1", text="died " * 100)) == f"{'died ' * 19}died…"
    assert headline(report("r1", text="", source="a.txt")) == "a.txt"


# ---------------------------------------------------------------- sentences
def sentence(text: str, quote: str) -> str:
    start = text.index(quote)
    found = around(text, (Passage(0, len(text)),), [(start, start + len(quote))])
    return "".join(f"[{part.text}]" if part.marked else part.text for part in found.parts)


def test_the_sentence_of_some_words_ends_where_the_next_begins() -> None:
    text = "It rained. Ten men died in Orlu, said Gen. Ana Teku of the U.S. army. It rained on."
    assert sentence(text, "died") == "Ten men [died] in Orlu, said Gen. Ana Teku of the U.S. army."


def test_a_long_sentence_is_cut_at_blanks_around_its_words() -> None:
    text = f"{'before ' * 100}died {'after ' * 100}"
    shown = sentence(text, "died")
    assert len(shown) < 300
    assert shown.startswith("before ")
    assert " [died] " in shown


def test_unescaped_words_never_reach_a_page(tmp_path: Path) -> None:
    told = report("r1", text="<img src=x onerror=alert(1)>")
    with written(tmp_path, reports=[told]) as client:
        page = client.get("/r/r1").text
    assert "<img" not in page
    assert "<img src=x onerror=alert(1)>" in unescape(page)
