import json
from collections.abc import Sequence

import pytest

from dateline.cleaning import Cleaned, clean
from dateline.cleaning.entries import MAX_ENTRIES
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture, PassageKind, Report

PACKS = Packs()
RAID = "Two rockets hit the port at dawn and set a warehouse on fire, the harbour master said."
DENIAL = "The army says that it fired no rockets and that its batteries were silent all night."
VISIT = "The governor has come to the port. She says that five dockers are in hospital."
TOLL = "A docker died in hospital this morning, his union says. That makes three dead."


def page(body: str, *, title: str = "Port under fire: live updates", head: str = "", day: str = "2024-03-05") -> str:
    return (
        f'<html lang="en"><head><title>{title} | Port Signal</title><meta property="og:site_name" content="Port Signal">'
        f'<meta property="article:published_time" content="{day}T05:50:00+02:00">'
        f'<link rel="canonical" href="https://signal.example/live/port">{head}</head><body><nav><a href="#">Home</a></nav>'
        f"<main><h1>{title}</h1><p class='byline'>By Ines Varga</p>{body}</main></body></html>"
    )


def cleaned(html: str, name: str = "live.html") -> Cleaned:
    one = capture(name, html.encode("utf-8"))
    assert isinstance(one, Capture)
    return clean(one, PACKS)


def told(reports: Sequence[Report]) -> list[tuple[str | None, str | None]]:
    return [(one.title, one.published.start) for one in reports]


def texts(reports: Sequence[Report]) -> list[str]:
    return [one.text for one in reports]


def block(text: str, *, key: str = "", time: str = "", title: str = "") -> str:
    heading = f"<h2>{title}</h2>" if title else ""
    return f'<div class="block" {f"id={key}" if key else ""}>{time}{heading}<p>{text}</p><div class="share"><a>Share</a></div></div>'


def stamped(instant: str) -> str:
    return f'<time datetime="{instant}">{instant[11:16]}</time>'


THREE = [
    block(VISIT, key="b-77af", time=stamped("2024-03-05T09:40:00+02:00"), title="Governor visits the port"),
    block(DENIAL, key="b-61c0", time=stamped("2024-03-05T07:15:00+02:00"), title="Army denies firing"),
    block(RAID, key="b-0d12", time=stamped("2024-03-05T05:58:00+02:00"), title="Rockets hit the port"),
]


def test_each_entry_is_a_report_with_its_own_title_time_and_address() -> None:
    reports = cleaned(page("".join(THREE))).reports
    assert told(reports) == [
        ("Governor visits the port", "2024-03-05T09:40:00+02:00"),
        ("Army denies firing", "2024-03-05T07:15:00+02:00"),
        ("Rockets hit the port", "2024-03-05T05:58:00+02:00"),
    ]
    assert texts(reports) == [VISIT, DENIAL, RAID]
    assert reports[0].url == "https://signal.example/live/port#b-77af"
    assert reports[0].source == "live.html#b-77af"
    assert {one.publisher for one in reports} == {"Port Signal"}


def test_items_stay_when_the_blog_grows() -> None:
    fresh = block(TOLL, key="b-90ee", time=stamped("2024-03-05T11:02:00+02:00"), title="Third docker dies")
    before, after = cleaned(page("".join(THREE))), cleaned(page(fresh + "".join(THREE)))
    assert [one.source for one in after.reports][1:] == [one.source for one in before.reports]


@pytest.mark.parametrize("ids", [("", "", ""), ("post-1", "post-2", "post-3")])
def test_without_ids_or_with_ids_that_only_count_the_item_is_a_digest_of_the_text(ids: tuple[str, ...]) -> None:
    bodies = [VISIT, DENIAL, RAID]
    times = ["2024-03-05T09:40:00+02:00", "2024-03-05T07:15:00+02:00", "2024-03-05T05:58:00+02:00"]
    old = [block(text, key=one, time=stamped(at)) for text, one, at in zip(bodies, ids, times, strict=True)]
    new = [block(TOLL, key=ids[0], time=stamped("2024-03-05T11:02:00+02:00"))]
    moved = [
        block(text, key=one.replace("1", "2"), time=stamped(at))
        for text, one, at in zip(bodies[:1], ids, times, strict=False)
    ]
    moved += [block(text, key=one, time=stamped(at)) for text, one, at in zip(bodies[1:], ("post-3", "post-4") if ids[0] else ("", ""), times[1:], strict=True)]  # fmt: skip
    before, after = cleaned(page("".join(old))), cleaned(page("".join([*new, *moved])))
    assert [one.source for one in after.reports][1:] == [one.source for one in before.reports]
    assert {one.url for one in before.reports} == {"https://signal.example/live/port"}


def test_clocks_take_the_day_and_the_offset_of_the_page() -> None:
    body = "".join(
        block(text, time=f'<span class="clock">{clock}</span>')
        for text, clock in ((VISIT, "9.40am"), (DENIAL, "7.15am"), (RAID, "5.58am"))
    )
    assert [one.published.start for one in cleaned(page(body)).reports] == [
        "2024-03-05T09:40:00+02:00",
        "2024-03-05T07:15:00+02:00",
        "2024-03-05T05:58:00+02:00",
    ]


def test_a_zone_beside_the_clock_counts_before_the_offset_of_the_page() -> None:
    body = "".join(
        block(text, time=f"<p class='clock'>{clock} GMT</p>") for text, clock in ((VISIT, "07:40"), (DENIAL, "05:15"), (RAID, "03:58"))
    )  # fmt: skip
    assert cleaned(page(body)).reports[0].published.start == "2024-03-05T07:40:00+00:00"


def test_a_page_dated_in_utc_gives_clocks_no_zone() -> None:
    body = "".join(
        block(text, time=f"<p class='clock'>{clock}</p>") for text, clock in ((VISIT, "07:40"), (DENIAL, "05:15"), (RAID, "03:58"))
    )  # fmt: skip
    html = page(body).replace("+02:00", "+00:00")
    assert {one.published.start for one in cleaned(html).reports} == {"2024-03-05"}


def test_the_day_changes_where_the_clocks_leap() -> None:
    body = "".join(
        block(text, time=f"<p class='clock'>{clock}</p>")
        for text, clock in ((TOLL, "08:30"), (VISIT, "00:20"), (DENIAL, "23:45"), (RAID, "06:10"))
    )
    assert [str(one.published.start)[:16] for one in cleaned(page(body)).reports] == [
        "2024-03-06T08:30",
        "2024-03-06T00:20",
        "2024-03-05T23:45",
        "2024-03-05T06:10",
    ]


def test_a_heading_with_a_day_dates_the_entries_below_it() -> None:
    def clocked(text: str, clock: str) -> str:
        return block(text, time=f"<p class='clock'>{clock}</p>")

    body = f"<h3>6 March 2024</h3>{clocked(TOLL, '06:30')}{clocked(VISIT, '05:20')}<h3>5 March 2024</h3>{clocked(DENIAL, '05:05')}"
    assert [str(one.published.start)[:16] for one in cleaned(page(f"<div class='feed'>{body}</div>")).reports] == [
        "2024-03-06T06:30",
        "2024-03-06T05:20",
        "2024-03-05T05:05",
    ]


def test_no_instant_is_said_where_the_day_is_not_sure() -> None:
    body = "".join(
        block(text, time=f"<p class='clock'>{clock}</p>") for text, clock in ((VISIT, "21:40"), (DENIAL, "20:15"), (RAID, "19:58"))
    )  # fmt: skip
    head = '<meta property="article:modified_time" content="2024-03-08T05:00:00+02:00">'
    assert {one.published.start for one in cleaned(page(body, head=head)).reports} == {None}


def test_the_time_of_a_change_is_not_the_time_of_posting() -> None:
    posted = '<p>Updated <time datetime="2024-03-05T12:00:00+02:00">12:00</time></p><p><time datetime="2024-03-05T09:40:00+02:00">09:40</time></p>'
    body = block(VISIT, key="x-a", time=posted) + "".join(THREE[1:])
    assert cleaned(page(body)).reports[0].published.start == "2024-03-05T09:40:00+02:00"


def test_headings_with_clocks_over_paragraphs_are_entries() -> None:
    body = (
        f"<h3>09:40 – Governor visits the port</h3><p>{VISIT}</p><p>She will stay until noon.</p>"
        f"<h3>07:15 – Army denies firing</h3><p>{DENIAL}</p><h3>05:58 – Rockets hit the port</h3><p>{RAID}</p>"
    )
    reports = cleaned(page(f"<div class='text'>{body}</div>")).reports
    assert told(reports)[0] == ("Governor visits the port", "2024-03-05T09:40:00+02:00")
    assert texts(reports) == [f"{VISIT}\n\nShe will stay until noon.", DENIAL, RAID]


def updates(*rows: tuple[str, str, str, str]) -> str:
    node = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "Port under fire",
            "datePublished": "2024-03-05T05:50:00+02:00",
            "liveBlogUpdate": [
                {"@type": "BlogPosting", "headline": title, "datePublished": at, "articleBody": text, "url": f"https://signal.example/live/port#{name}"}
                for name, title, at, text in rows
            ],
        }
    )  # fmt: skip
    return f'<script type="application/ld+json">{node}</script>'


def test_a_blog_that_a_script_draws_is_read_from_its_json() -> None:
    head = updates(
        ("b-2", "Army denies firing", "2024-03-05T07:15:00+02:00", f"<p>{DENIAL}</p><p>It gave no proof.</p>"),
        ("b-1", "Rockets hit the port", "2024-03-05T05:58:00+02:00", RAID),
    )
    reports = cleaned(page("<div id='root'></div>", title="Port under fire", head=head)).reports
    assert told(reports) == [
        ("Army denies firing", "2024-03-05T07:15:00+02:00"),
        ("Rockets hit the port", "2024-03-05T05:58:00+02:00"),
    ]
    assert texts(reports) == [f"{DENIAL}\n\nIt gave no proof.", RAID]


def test_json_adds_times_to_what_the_page_shows_and_what_it_does_not_show() -> None:
    head = updates(
        ("b-3", "Governor visits the port", "2024-03-05T09:40:00+02:00", VISIT[:30]),
        ("b-0", "Rockets hit the port", "2024-03-05T05:58:00+02:00", RAID),
    )
    shown = "".join(
        block(text, title=title, key=name, time="<span>2h ago</span><time>09:00</time>")
        for name, title, text in (
            ("b-3", "Governor visits the port", VISIT),
            ("b-2", "Toll", TOLL),
            ("b-1", "Denial", DENIAL),
        )
    )
    reports = cleaned(page(f"<div>{shown}</div>", head=head)).reports
    assert texts(reports) == [VISIT, TOLL, DENIAL, RAID]
    assert reports[0].published.start == "2024-03-05T09:40:00+02:00"


def test_microdata_marks_entries_as_well() -> None:
    body = "".join(
        f'<div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" id="u{n}x"><h3 itemprop="headline">{title}</h3>'
        f'<time itemprop="datePublished" datetime="2024-03-05T0{n}:00:00+02:00">0{n}:00</time><div itemprop="articleBody"><p>{text}</p></div></div>'
        for n, title, text in ((9, "Governor visits", VISIT), (7, "Army denies", DENIAL))
    )
    reports = cleaned(
        page(f'<div itemscope itemtype="https://schema.org/LiveBlogPosting">{body}</div>', title="Port")
    ).reports
    assert told(reports) == [
        ("Governor visits", "2024-03-05T09:00:00+02:00"),
        ("Army denies", "2024-03-05T07:00:00+02:00"),
    ]


def test_a_pinned_summary_is_no_news_twice() -> None:
    pinned = f"<div class='pinned'><h2>Key events</h2><ul><li>{RAID}</li><li>{DENIAL}</li></ul></div>"
    summary = block(f"{RAID} {DENIAL}", key="b-55", time=stamped("2024-03-05T10:00:00+02:00"), title="Summary")
    again = block(VISIT, key="b-77af", time=stamped("2024-03-05T09:40:00+02:00"), title="Governor visits the port")
    reports = cleaned(page(pinned + "<div class='feed'>" + again + summary + "".join(THREE) + "</div>")).reports
    assert texts(reports) == [VISIT, DENIAL, RAID]


def test_entries_of_a_picture_a_post_or_a_score_are_told_of() -> None:
    empty = (
        block("", key="b-9", time=stamped("2024-03-05T10:00:00+02:00"), title="Smoke over the port")
        + '<div class="block" id="b-8"><time datetime="2024-03-05T09:50:00+02:00">09:50</time><blockquote class="twitter-tweet"><p>'
        "Stay away from the port, all of you, until the fire is out.</p></blockquote></div>"
    )
    found = cleaned(page(empty + "".join(THREE)))
    assert texts(found.reports) == [VISIT, DENIAL, RAID]
    (problem,) = found.problems
    assert problem.code == "left-out"
    assert "Smoke over the port; b-8" in problem.message


def test_a_story_with_the_times_of_other_stories_beside_it_stays_one() -> None:
    others = "".join(
        f"<div class='card'>{stamped('2024-03-05T09:40:00+02:00')}<p>{one[:50]}</p></div>"
        for one in (VISIT, DENIAL, TOLL)
    )
    story = "".join(
        f"<p>{one} It went on for an hour, as those who live by the harbour tell it.</p>"
        for one in (RAID, DENIAL, VISIT, TOLL)
    )
    found = cleaned(page(f"<article>{story}</article><div>{others}</div>", title="Live fire at the port"))
    assert len(found.reports) == 1
    assert all(one.kind is PassageKind.STORY for one in found.reports[0].passages)


def test_a_blog_with_more_entries_than_are_taken_says_so() -> None:
    body = "".join(
        block(f"{RAID} Number {n}.", key=f"k{n}z", time=stamped("2024-03-05T09:40:00+02:00"))
        for n in range(MAX_ENTRIES + 500)
    )
    found = cleaned(page(f"<div>{body}</div>"))
    assert len(found.reports) == MAX_ENTRIES
    assert [problem.code for problem in found.problems] == ["cut"]
