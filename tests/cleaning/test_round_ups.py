import pytest

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture

PACKS = Packs()
STORIES = (
    ("Rebels free nine soldiers at Kessa", "Rebels handed nine soldiers to the Red Cross at the Kessa bridge on Sunday.", "KESSA"),
    ("Bomb kills mayor of Torrance", "A bomb under his car killed the mayor of Torrance on Saturday night, police said.", "TORRANCE"),
    ("Dockers vote to go on striking", "Dockers at the western harbour voted to go on with their strike for a third week.", "PORT ANSO"),
)  # fmt: skip


def cleaned(title: str, body: str, name: str = "page.html") -> Cleaned:
    html = (
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="Port Signal">'
        '<meta property="article:published_time" content="2024-03-05"><link rel="canonical" href="https://signal.example/n/17"></head>'
        f"<body><nav><a href='#'>Home</a></nav><main><article><h1>{title}</h1><div class='entry-content'>{body}</div></article></main></body></html>"
    )
    one = capture(name, html.encode("utf-8"))
    assert isinstance(one, Capture)
    return clean(one, PACKS)


def under(tag: str, *, datelines: bool) -> str:
    return "".join(
        f"<{tag}>{head}</{tag}><p>{f'{town} (AFP) - ' if datelines else ''}{text}</p><p>Nobody else was hurt.</p>"
        for head, text, town in STORIES
    )


@pytest.mark.parametrize("title", ["World briefs", "News in brief", "Regional round-up: March 5"])
@pytest.mark.parametrize("datelines", [True, False])
def test_the_stories_of_a_page_of_briefs_are_reports_of_their_own(title: str, *, datelines: bool) -> None:
    reports = cleaned(title, under("h3", datelines=datelines)).reports
    assert [one.title for one in reports] == [head for head, _, _ in STORIES]
    assert len({one.source for one in reports}) == 3
    assert [one.agency for one in reports] == ["AFP" if datelines else None] * 3
    assert all(one.published.start == "2024-03-05" for one in reports)


def test_headlines_over_datelines_of_their_own_are_stories_whatever_the_page_is_called() -> None:
    assert len(cleaned("Elsewhere today", under("h2", datelines=True)).reports) == 3


def test_the_items_do_not_depend_on_what_stands_before_them() -> None:
    whole = under("h3", datelines=True)
    fewer = whole[whole.index("<h3>Bomb") :]
    before, after = cleaned("World briefs", fewer).reports, cleaned("World briefs", whole).reports
    assert [one.source for one in after][1:] == [one.source for one in before]


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        (
            "Why the truce will not last",
            ("The army was not asked", "Nobody pays for the patrols", "Winter is coming to the hills"),
        ),
        ("Briefing: the truce", ("Who signed?", "What it says", "What comes next")),
        ("World briefs", ("Background", "Why now?", "What comes next")),
    ],
)
def test_an_analysis_with_headings_stays_whole(title: str, headings: tuple[str, ...]) -> None:
    body = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, (_, text, _) in zip(headings, STORIES, strict=True))
    (report,) = cleaned(title, f"<p>The truce was signed on Sunday, the fourth in six years.</p>{body}").reports
    assert all(text in report.text for _, text, _ in STORIES)


def test_a_story_with_a_dateline_and_headings_stays_whole() -> None:
    body = f"<p>KESSA (AFP) - {STORIES[0][1]}</p>" + "".join(
        f"<h2>{head}</h2><p>{text}</p>" for head, text, _ in STORIES[1:]
    )
    assert len(cleaned("Nine soldiers freed", body).reports) == 1


def test_articles_with_a_heading_and_a_time_each_are_stories() -> None:
    posts = "".join(
        f"<article><h2><a href='/n/{n}'>{head}</a></h2><time datetime='2024-03-0{5 - n}'>March</time>"
        f"<p>{text} It was the second time since the winter.</p><p>{text[:40]} and so on until the evening, as those who were there have told it.</p></article>"
        for n, (head, text, _) in enumerate(STORIES)
    )
    html = f"<html lang='en'><head><title>Notes from the North</title></head><body><main>{posts}</main></body></html>"
    one = capture("blog.html", html.encode("utf-8"))
    assert isinstance(one, Capture)
    reports = clean(one, PACKS).reports
    assert [(r.title, r.published.start) for r in reports] == [
        (head, f"2024-03-0{5 - n}") for n, (head, _, _) in enumerate(STORIES)
    ]


def test_cards_that_tease_stories_are_none() -> None:
    cards = "".join(
        f"<article><h2><a href='/n/{n}'>{head}</a></h2><time datetime='2024-03-05'>March 5</time><p>{text}</p></article>"
        for n, (head, text, _) in enumerate(STORIES)
    )
    html = f"<html lang='en'><head><title>Port Signal</title></head><body><main>{cards}</main></body></html>"
    one = capture("front.html", html.encode("utf-8"))
    assert isinstance(one, Capture)
    assert len(clean(one, PACKS).reports) <= 1
