"""What the words of a report are, found once and shared by the steps that ask: its parse, times, places and actors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.actors import ActorLexicon
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.outlets import Outlets, host_of
from dateline.knowledge.packs import Packs
from dateline.language.actors import find_actors
from dateline.language.parse import Parse, dateline_span, parse
from dateline.language.places import find_places, is_place_word
from dateline.language.times import TimeGrammar, find_times
from dateline.types import ActorMention, PlaceMention, Report, Span, TimeMention


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its parse and the times, places and actors that it names, each in the order of the text."""

    parse: Parse
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]


@lru_cache(maxsize=8)
def words_of(
    text: str,
    packs: Packs,
    *,
    published: str | None = None,
    dateline_place: str | None = None,
    country: str | None = None,
) -> Words:
    """The words of `text` as published on `published` (ISO date or instant) by a publisher of `country` (alpha-2)."""
    lexicon = ActorLexicon.load(packs)
    gazetteer = Gazetteer.load(packs)
    parsed = parse(text, packs=packs, is_name=lambda word: lexicon.is_name(word) or is_place_word(word, gazetteer))
    return Words(
        parse=parsed,
        times=find_times(parsed, published=published, grammar=TimeGrammar.load(packs)),
        places=find_places(parsed, gazetteer, dateline_place=dateline_place, country=country),
        actors=find_actors(parsed, lexicon, on=published),
    )


def words_of_report(report: Report, packs: Packs) -> Words:
    """The words of a report, read with its day, its dateline's place and its publisher's country in mind."""
    return words_of(
        report.text,
        packs,
        published=report.published.start,
        dateline_place=report.dateline.place if report.dateline else None,
        country=_published_in(report, Outlets.load(packs)),
    )


def _published_in(report: Report, outlets: Outlets) -> str | None:
    """The country of a report's publisher, as far as its name or the host of its page tells."""
    host = host_of(report.url or "")
    known = (outlets.country_of(name) for name in (report.publisher, host) if name)
    return next((country for country in known if country is not None), None)


def dateline_of(report: Report) -> Span:
    """The dateline of a report, which opens it or follows its title; empty where it has none."""
    start, end = dateline_span(report.text)
    named = report.dateline
    return Span(named.start, named.end) if named is not None and named.end > end else Span(start, end)


def story_start(report: Report) -> int:
    """Where the story of a report begins: behind its dateline, whose day is the report's and no event's."""
    return dateline_of(report).end
