"""Pages as news sites make them, for measuring: every text is put together here, no two are alike, none is anybody's.

One in ten tells of conflict; the others of sport, business, culture, weather, cooking, science and town halls. Five layouts,
each with menus, related stories, comments, scripts and styles around the story: 30 to 150 KB of HTML a page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from random import Random

FIRST = "Ana Boris Carla Dmitri Elena Farid Greta Hamid Ivana Jonas Katya Leila Marco Nadia Omar Petra Rosa Sami Tara Yusuf".split()
LAST = (
    "Abadi Brandt Castro Dimitrov Eriksen Farouk Gashi Haddad Ibsen Jansen Kovac Lindholm Moreno Novak Okafor Petrov "
    "Quist Rahimi Sokolov Tanaka Ulman Varga Weiss Yilmaz Zeman"
).split()
TOWNS = (
    "Aleppo Basra Donetsk Gaza Goma Hodeidah Homs Idlib Kabul Kandahar Kharkiv Kherson Khartoum Kirkuk Maiduguri "
    "Mariupol Mogadishu Mosul Odesa Raqqa Sirte Taiz Timbuktu Tripoli Tyre"
).split()
CITIES = (
    "Antwerp Bergen Bilbao Cardiff Denver Dublin Geneva Glasgow Helsinki Krakow Leeds Lisbon Lyon Malmo Melbourne "
    "Naples Osaka Porto Prague Seattle Seville Toronto Turin Utrecht Vienna"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
THINGS = (
    "harbour bridge library market orchard tramway museum hospital stadium theatre reservoir station school garden square"
).split()

TOPICS: dict[str, list[str]] = {
    "conflict": [
        "At least {n} people were killed and {m} wounded when rockets hit a {thing} in {town} on {day}, medical officials said.",
        "Gunmen attacked an army convoy near {town} late on {day}, killing {n} soldiers, the defence ministry said.",
        "A spokesman for the rebels, {name}, denied that his fighters had fired on the {thing}.",
        "The army said it had shelled rebel positions outside {town} and captured {n} fighters.",
        "Police arrested {n} people after protests in {town}, where crowds threw stones at officers on {day}.",
        "Residents told reporters that warplanes bombed the {thing} twice before dawn.",
        "{name}, the governor, accused the militia of laying mines along the road to {town}.",
        "The two sides agreed to a ceasefire of {m} hours in {town}, mediators announced on {day}.",
        "A suicide bomber blew himself up at a checkpoint in {town}, wounding {n} policemen.",
        "The United Nations said {m} families had fled their homes around {town} since {day}.",
        "The group claimed responsibility for the ambush in a statement and threatened further attacks.",
        "Doctors at the hospital in {town} said they had received the bodies of {n} civilians.",
        "Troops opened fire on demonstrators near the {thing}, {name} of a human rights group said.",
        "The president ordered {m} more soldiers to {town} and said that those behind the killings would be punished.",
    ],
    "sport": [
        "{name} scored twice as {city} beat {city2} {n}-1 at home on {day} to go top of the league.",
        "The visitors equalised early in the second half, when {name} headed in a corner from the left.",
        "{name}, the coach, said his team had worked hard all season and deserved the points.",
        "The striker, signed from {city} in the summer, has now scored {n} goals in {m} matches.",
        "{city} missed two penalties and finished the match with ten players after a late red card.",
        "The goalkeeper made {n} saves, among them one that the crowd will talk of for years.",
        "In the other semi-final {name} won in straight sets against a player ranked {m} places above her.",
        "The final will be played in {city} on {day}, with tickets on sale from noon.",
        "It was the club's {n}th win in a row, and the defence has not let in a goal since {day}.",
        "Rain held up play for {m} minutes, but the pitch was in good shape by tea.",
        "'We knew that they would press high, and we were patient with the ball,' {name} said.",
    ],
    "business": [
        "Shares in the {city} retailer rose {n} percent on {day} after it raised its forecast for the year.",
        "The company, which makes parts for bicycles, will open a plant near {city} and hire {m} people.",
        "{name}, the chief executive, said demand had been strong in the quarter and costs were falling.",
        "Analysts had expected a profit of {m} million euros, against {n} million a year earlier.",
        "The board agreed to buy a rival from {city2} for {m} million in cash and shares.",
        "House prices in {city} went up by {n} percent, the slowest rise for a decade.",
        "The bank cut its main rate by a quarter of a point and left the door open for more.",
        "Farmers say that the price of milk no longer covers what it costs to make it.",
        "The chain will close {n} of its {m} shops, most of them in small towns.",
        "'Nobody doubts that the market is there, the question is who gets to it first,' {name} said.",
        "The regulator fined the airline {m} million for cancelling flights without telling passengers.",
    ],
    "culture": [
        "The new play by {name} opened on {day} at a small house in {city} and runs for {n} weeks.",
        "The film follows a piano tuner from {city} who inherits a {thing} from an uncle he never met.",
        "{name} plays the daughter with a dry wit that carries the slower scenes.",
        "The exhibition shows {m} drawings, {n} of them for the first time, and a room of letters.",
        "Critics were divided: some found the third act too long, others left in tears.",
        "The orchestra will tour {n} cities before it comes home to {city2} in the spring.",
        "{name} wrote the songs in a cabin without electricity, over one wet winter.",
        "The novel, her fifth, has been translated into {n} languages and sold {m} thousand copies.",
        "Curators spent two years tracing the paintings, which had hung in a {thing} near {city}.",
        "'I wanted the audience to hear the silence of that house,' {name} said after the show.",
    ],
    "weather": [
        "A band of rain will cross {city} on {day} morning and clear by the afternoon, forecasters said.",
        "Temperatures are to reach {n} degrees inland, with a light wind from the west.",
        "Up to {m} millimetres of rain fell overnight, and the river near the {thing} is high but within its banks.",
        "Snow is possible above {m}0 metres, and drivers are asked to leave early.",
        "The weekend looks brighter: sunshine in {city2}, cloud in {city}, and mild nights in both.",
        "{name} of the weather office said such a dry month had last been seen {n} years ago.",
        "Pollen counts will be moderate, rising on {day} as the wind turns.",
        "Fog may delay ferries from {city} until mid-morning.",
        "A storm brought down trees near the {thing}, and {m} homes were without power for an hour.",
    ],
    "cooking": [
        "Soften {n} onions in butter over a low flame until they are sweet, which takes longer than you think.",
        "Add {m} grams of flour and stir until it smells of biscuits, then let in the milk little by little.",
        "Beat the eggs with the sugar until pale, fold in the almonds, and bake for {m} minutes.",
        "{name} learned the dish from her grandmother in {city}, who used pears from the {thing}.",
        "Leave the dough in a cool place overnight; it will be the better for it on {day}.",
        "Season with salt, a little nutmeg and the juice of {n} lemons, and serve at once.",
        "If the sauce splits, whisk in a spoonful of cold water away from the heat.",
        "The soup keeps for {n} days and is good with rye bread and a sharp cheese.",
        "A cook from {city2} told me to roast the bones first, and she was right.",
    ],
    "science": [
        "Researchers in {city} have found that the moths fly up to {m} kilometres in a night.",
        "The team, led by {name}, measured {n} samples taken from the bed of a lake near {city2}.",
        "The probe will pass the comet in {n} months and send back pictures within a day.",
        "The study followed {m} volunteers who slept an hour longer than they were used to.",
        "'It is a small effect, but we saw it in every group,' {name} said.",
        "The telescope, built beside an old {thing}, has a mirror of {n} metres.",
        "Whether the finding holds for other species is not known, the authors write.",
        "The bones are thought to be {m} thousand years old and were found under a {thing}.",
        "Engineers hope that the battery will last {n} times as long as those on sale now.",
    ],
    "town hall": [
        "The council of {city} voted on {day} to close the road past the {thing} to cars for {n} months.",
        "{name}, who runs a bakery there, said she was glad of the quiet but worried about deliveries.",
        "The new tram line will cost {m} million and carry its first passengers in {n} years.",
        "Parents have asked for a crossing at the {thing} since a van ran the lights there.",
        "The mayor, {name}, opened the rebuilt {thing} with a pair of very large scissors.",
        "Volunteers planted {m} trees along the canal between {city} and {city2}.",
        "Rubbish will be collected every {n} days from {day}, the town hall said in a letter to residents.",
        "The budget passed by {n} votes after a debate that went on until midnight.",
        "A public meeting about the {thing} is to be held on {day} at seven.",
    ],
}
SITES = [
    "daily-lantern.example",
    "northern-gazette.example",
    "harbour-post.example",
    "the-meridian.example",
    "valley-times.example",
]


def pages(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of `count` pages, always the same for the same `seed`; every tenth tells of conflict."""
    others = [topic for topic in TOPICS if topic != "conflict"]
    for number in range(count):
        topic = "conflict" if number % 10 == 0 else others[number % len(others)]
        yield f"{number:05d}-{topic.replace(' ', '-')}.html", page(Random(f"{seed}/{number}"), topic, number).encode()


def page(rng: Random, topic: str, number: int) -> str:
    """One page about `topic`."""
    paragraphs = [paragraph(rng, topic) for _ in range(rng.randint(9, 22))]
    layout: Callable[[Random, str, list[str], str], str] = LAYOUTS[number % len(LAYOUTS)]
    title = sentence(rng, topic).rstrip(".").split(",")[0]
    return layout(rng, title, paragraphs, topic)


def sentence(rng: Random, topic: str) -> str:
    """A sentence about `topic`."""
    city, city2 = rng.sample(CITIES, 2)
    return rng.choice(TOPICS[topic]).format(
        n=rng.randint(2, 19), m=rng.randint(20, 90), thing=rng.choice(THINGS), town=rng.choice(TOWNS), day=rng.choice(DAYS),
        name=f"{rng.choice(FIRST)} {rng.choice(LAST)}", city=city, city2=city2,
    )  # fmt: skip


def paragraph(rng: Random, topic: str) -> str:
    """Two to four sentences."""
    return " ".join(sentence(rng, topic) for _ in range(rng.randint(2, 4)))


# ---------------------------------------------------------------- what stands around a story
def _head(rng: Random, title: str, site: str, linked: bool) -> str:
    day = f"2023-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}T{rng.randint(6, 22):02d}:15:00+00:00"
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day,
            "author": {"@type": "Person", "name": f"{rng.choice(FIRST)} {rng.choice(LAST)}"},
            "publisher": {"@type": "Organization", "name": site.split(".")[0].replace("-", " ").title()}}  # fmt: skip
    told = f'<script type="application/ld+json">{json.dumps(data)}</script>' if linked else ""
    rules = "".join(
        f".c{rng.randrange(10**6):x} .b{k}{{margin:{k}px;color:#{rng.randrange(4096):03x};display:flex}}"
        for k in range(rng.randint(100, 500))
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | {site}</title>'
        f'<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="{site}">'
        f'<meta property="article:published_time" content="{day}">'
        f'<link rel="canonical" href="https://www.{site}/news/{rng.randrange(10**8)}">{told}<style>{rules}</style>'
        f"{_script(rng)}</head>"
    )


def _script(rng: Random) -> str:
    lines = (
        f"w.q{k}=w.q{k}||[];w.q{k}.push(['{rng.randrange(10**12):x}',{rng.random():.6f}]);"
        for k in range(rng.randint(80, 600))
    )
    return f"<script>(function(w){{{''.join(lines)}}})(window);</script>"


def _menu(rng: Random) -> str:
    words = [*TOPICS, *CITIES, *TOWNS]
    items = (
        f'<li class="nav-item n{k}"><a class="nav-link" href="/section/{k}" data-track="nav-{k}">{rng.choice(words).title()}</a></li>'
        for k in range(rng.randint(30, 90))
    )
    return f'<ul class="nav menu">{"".join(items)}</ul>'


def _related(rng: Random) -> str:
    cards = (
        f'<div class="card related-item"><a href="/news/{rng.randrange(10**8)}"><img src="/img/{k}.jpg" alt="" width="320">'
        f'<h3 class="card-title">{escape(sentence(rng, rng.choice(list(TOPICS))))}</h3></a><span class="time">{k + 1} hours ago</span></div>'
        for k in range(rng.randint(8, 30))
    )
    return f'<section class="related more-stories"><h2>More stories</h2>{"".join(cards)}</section>'


def _comments(rng: Random, topic: str) -> str:
    told = (
        f'<li class="comment"><b class="author">{rng.choice(FIRST)}{rng.randrange(99)}</b><time>{k} minutes ago</time>'
        f"<p>I do not agree. {escape(sentence(rng, topic))}</p><button>Reply</button></li>"
        for k in range(rng.randint(0, 25))
    )
    return f'<div id="comments" class="comments"><h2>Comments</h2><ul>{"".join(told)}</ul></div>'


def _foot(rng: Random, site: str) -> str:
    links = "".join(f'<a href="/about/{k}">{rng.choice(THINGS).title()} service</a> ' for k in range(30))
    return (
        f'<footer class="site-footer"><div class="newsletter"><p>Sign up for our newsletter and get the news by seven every morning.'
        f"</p><form><input name=e><button>Sign up</button></form></div>{links}<p>&copy; 2023 {site}. All rights reserved.</p></footer>"
        f"{_script(rng)}{_script(rng)}</body></html>"
    )


# ---------------------------------------------------------------- layouts
def _marked(rng: Random, title: str, paragraphs: list[str], topic: str) -> str:
    """An article element with a header, figures and paragraphs."""
    site = rng.choice(SITES)
    told = "".join(f"<p>{escape(p)}</p>" + ('<figure><img src="/a.jpg"><figcaption>A picture.</figcaption></figure>' if k == 2 else "")
                   for k, p in enumerate(paragraphs))  # fmt: skip
    return (
        f"{_head(rng, title, site, True)}<body><header><nav>{_menu(rng)}</nav></header><main><article><header><h1>{escape(title)}</h1>"
        f'<p class="byline">By {rng.choice(FIRST)} {rng.choice(LAST)}</p></header>{told}</article>{_related(rng)}</main>'
        f"{_comments(rng, topic)}{_foot(rng, site)}"
    )


def _soup(rng: Random, title: str, paragraphs: list[str], topic: str) -> str:
    """Boxes in boxes with names that say nothing, each paragraph in one of its own, links inside."""
    site = rng.choice(SITES)
    told = "".join(
        f'<div class="x{rng.randrange(999)}"><div class="y"><span data-k="{k}">{escape(p)} <a href="/t/{k}">{rng.choice(THINGS)}</a></span></div></div>'
        for k, p in enumerate(paragraphs)
    )
    return (
        f'{_head(rng, title, site, True)}<body><div id="root"><div class="a1"><div class="a2">{_menu(rng)}</div></div>'
        f'<div class="w"><div class="w2"><h1 class="z">{escape(title)}</h1><div class="story-content">{told}</div></div>'
        f'<div class="rail">{_related(rng)}{_related(rng)}</div></div>{_comments(rng, topic)}</div>{_foot(rng, site)}'
    )


def _old(rng: Random, title: str, paragraphs: list[str], topic: str) -> str:
    """Tables for columns and line breaks for paragraphs."""
    site = rng.choice(SITES)
    told = "<br><br>".join(escape(p) for p in paragraphs)
    return (
        f'{_head(rng, title, site, False)}<body bgcolor="#ffffff"><table width="100%"><tr><td valign="top">{_menu(rng)}</td>'
        f'<td><font size="5"><b>{escape(title)}</b></font><br><i>By {rng.choice(FIRST)} {rng.choice(LAST)}</i>'
        f'<div class="text">{told}</div>{_comments(rng, topic)}</td><td>{_related(rng)}</td></tr></table>{_foot(rng, site)}'
    )


def _sectioned(rng: Random, title: str, paragraphs: list[str], topic: str) -> str:
    """Subheadings, advertisements and prompts between the paragraphs of an article body."""
    site = rng.choice(SITES)
    told = ""
    for k, p in enumerate(paragraphs):
        told += f'<p class="paragraph" data-component="text-block">{escape(p)}</p>'
        if k % 4 == 3:
            told += '<div class="ad-slot" id="ad">Advertisement</div>'
        if k % 6 == 5:
            told += f"<h2>{rng.choice(THINGS).title()} and {rng.choice(THINGS)}</h2>"
        if k == 4:
            told += f'<aside class="read-more"><a href="/r">Read more: {escape(sentence(rng, topic))}</a></aside>'
    return (
        f'{_head(rng, title, site, True)}<body class="article-page"><div class="top"><nav>{_menu(rng)}</nav></div>'
        f'<main id="main-content"><h1>{escape(title)}</h1><div class="article-body" itemprop="articleBody">{told}</div></main>'
        f'<aside class="sidebar">{_related(rng)}</aside>{_comments(rng, topic)}{_foot(rng, site)}'
    )


def _agency(rng: Random, title: str, paragraphs: list[str], topic: str) -> str:
    """A story of an agency, its dateline in the first paragraph, its credit at the end, an app's state behind it."""
    site = rng.choice(SITES)
    place = rng.choice(TOWNS if topic == "conflict" else CITIES).upper()
    first, *rest = paragraphs
    told = f"<p>{place} (Lantern Press) - {escape(first)}</p>" + "".join(f"<p>{escape(p)}</p>" for p in rest)
    state = json.dumps(
        {"story": {"id": rng.randrange(10**8), "blocks": [sentence(rng, topic) for _ in range(rng.randint(20, 120))]}}
    )
    return (
        f'{_head(rng, title, site, True)}<body><div class="shell">{_menu(rng)}<article class="wire"><h1>{escape(title)}</h1>{told}'
        f'<p class="credit">Reporting by {rng.choice(FIRST)} {rng.choice(LAST)}; editing by {rng.choice(FIRST)} {rng.choice(LAST)}</p></article>'
        f'{_related(rng)}</div><script id="state" type="application/json">{state}</script>{_comments(rng, topic)}{_foot(rng, site)}'
    )


LAYOUTS = [_marked, _soup, _old, _sectioned, _agency]
