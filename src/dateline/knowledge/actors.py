"""Who a noun phrase stands for: id, country and PLOVER sector of 'US President Donald Trump' or 'two Kenyan policemen'.

A phrase is read from its head to the left: the head gives the sector if it is firm ('soldiers'), a word beside it if
it yields ('union leader'); the country comes from a name, an adjective or, last, from a place ('unions in Denmark').
What is not known stays null; a group that no pack knows keeps its words and gets no id.

>>> from dateline.knowledge.packs import Packs
>>> ActorLexicon.load(Packs()).resolve("two Kenyan policemen").codes.role
'COP'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from dateline.knowledge.actor_index import INTERNATIONAL, Entry, Hit, Index, Land, Use
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.packs import Packs
from dateline.knowledge.roles import RoleNoun, Roles, Word, fold, fold_words
from dateline.types import ActorCodes, ActorKind, PlaceKind

LARGE = 30_000
"""Inhabitants from which a town's name before a noun counts as that town ('Shanghai police')."""

_LOOSE = frozenset({"at", "with", "for"})
"""Prepositions after which a name is a town's only if the town is large: 'a pupil at San Martin'."""

_STANDS_OUT = 4
"""How many times larger than its namesakes abroad a town must be to be meant without a hint of its country."""

REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a phrase stands for, as far as known: `matched` is the part of it that says so, `name` the actor's name."""

    id: str | None
    name: str
    kind: ActorKind
    codes: ActorCodes
    matched: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a phrase: its words and hits, and the word that opens it ('of', 'in'; '' for the first)."""

    opener: str
    words: tuple[Word, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A phrase taken apart: the part with the head, the head, what is known before it, and the parts after it."""

    text: str
    main: _Part
    head: Hit | None
    before: tuple[Hit, ...]
    trailing: tuple[Word, ...]
    tails: tuple[_Part, ...]
    on: str | None
    context: str | None


@dataclass(eq=False)
class ActorLexicon:
    """All that is known of actors, ready to say what a phrase stands for."""

    index: Index
    roles: Roles
    packs: Packs
    _known: dict[tuple[str, str | None, str | None, bool | None], Resolution] = field(default_factory=dict, repr=False)

    @staticmethod
    @lru_cache(maxsize=4)
    def load(packs: Packs) -> ActorLexicon:
        """The lexicon of `packs`; the same object for the same packs."""
        roles = Roles.load(packs)
        return ActorLexicon(Index.load(packs), roles, packs)

    def resolve(
        self, phrase: str, *, on: str | None = None, context_country: str | None = None, cased: bool | None = None
    ) -> Resolution:
        """What `phrase` stands for on the day `on` (ISO; null: no day known).

        `context_country` (alpha-3) settles a name that several actors bear ('SDF'); `cased` says whether capitals mean
        something in the text that the phrase is cut from.
        """
        wanted = (phrase, on, context_country, cased)
        found = self._known.get(wanted)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[wanted] = self._resolve(*wanted)
        return found

    def entry(self, actor: str) -> Entry | None:
        """The row of actors.csv with the id `actor`."""
        return self.index.entries.get(actor)

    def chain(self, actor: str) -> tuple[str, ...]:
        """`actor` and what it is part of, up to the state: 'quds-force', 'islamic-revolutionary-guard-corps', 'irn'."""
        found: list[str] = []
        step: str | None = actor
        while step is not None and step not in found:
            found.append(step)
            step = self._above(step)
        return tuple(found)

    def name_of(self, actor: str) -> str | None:
        """The name that goes with an id: of actors.csv, or of a country."""
        entry = self.entry(actor)
        return entry.name if entry is not None else self.index.countries.get(actor.upper())

    def is_name(self, word: str) -> bool:
        """Whether `word`, in small letters, is part of a name and no ordinary word: for texts that came in capitals."""
        return fold(word) in self._name_words

    @cached_property
    def _name_words(self) -> frozenset[str]:
        names = {w for key, m in self.index.meanings.items() if m.entries or m.land for w in key}
        nouns = {w for key, m in self.index.meanings.items() if m.noun or m.modifier or m.former for w in key}
        return frozenset(w for w in names - nouns - self.roles.ordinary - self.roles.breaks if len(w) > 2)

    def _above(self, actor: str) -> str | None:
        entry = self.entry(actor)
        if entry is not None:
            country = entry.country.lower() if entry.country else None
            armed_against = entry.roles[:1] == ("REB",)
            return entry.part_of or (None if armed_against else country)
        state, dash, _ = actor.partition("-")
        return state if dash and state.upper() in self.index.countries else None

    # ------------------------------------------------------------ reading a phrase
    def _resolve(self, phrase: str, on: str | None, context: str | None, cased: bool | None) -> Resolution:
        reading = self._read(phrase, on, context, cased)
        head = reading.head
        if head is None:
            return self._without_head(reading)
        if head.meaning.entries and not self._is_of_a_state(reading):
            return self._named(reading, self._choose(reading, head.meaning.entries))
        if head.meaning.noun is not None:
            return self._described(reading, head.meaning.noun)
        if head.meaning.land is not None:
            return self._country(reading, head.meaning.land)
        return self._without_head(reading)

    def _is_of_a_state(self, reading: _Reading) -> bool:
        """'the Russian Security Council' is Russia's: an international body's name that is a common noun as well."""
        head = reading.head
        if head is None or head.meaning.noun is None or any(entry.country for entry in head.meaning.entries):
            return False
        tail = reading.tails[0] if reading.tails and reading.tails[0].opener == "of" else None
        after = tail is not None and any(hit.meaning.land is not None for hit in tail.hits[:1])
        return self._land_before(reading) is not None or after

    def _read(self, phrase: str, on: str | None, context: str | None, cased: bool | None) -> _Reading:
        words, hits = self.index.scan(phrase, cased=cased)
        parts = list(_parts(phrase, words, hits, self.roles.breaks)) or [_Part("", (), ())]
        lead, main, tails = parts[0], parts[0], tuple(parts[1:])
        while tails and tails[0].opener == "of" and self._is_partitive(main):
            main, tails = tails[0], tails[1:]
        front = lead.hits if main is not lead else ()
        at = _head_index(main)
        if at is None:
            return _Reading(phrase, main, None, (*front, *main.hits), (), tails, on, context)
        head = main.hits[at]
        ends = max(hit.end for hit in main.hits[at:])
        trailing = tuple(w for w in main.words if w.start >= ends)
        return _Reading(phrase, main, head, (*front, *main.hits[:at]), trailing, tails, on, context)

    def _is_partitive(self, part: _Part) -> bool:
        """'a group of' gives way to what follows 'of'; 'the Wagner group of' does not."""
        if not part.words or part.words[-1].fold not in self.roles.partitive:
            return False
        return not any(hit.meaning.entries for hit in part.hits)

    def _choose(self, reading: _Reading, entries: Sequence[Entry]) -> Entry:
        """Of several actors of one name: the one of a country that phrase or text speaks of, that lives on the day."""
        if len(entries) == 1:
            return entries[0]
        hits = [hit for part in (reading.main, *reading.tails) for hit in part.hits]
        lands = {hit.meaning.land.country for hit in (*reading.before, *hits) if hit.meaning.land is not None} - {None}
        at_hand = {reading.context} - {None}
        return max(entries, key=lambda e: (e.country in lands, e.country in at_hand, e.lives_on(reading.on)))

    # ------------------------------------------------------------ what the head is
    def _named(self, reading: _Reading, entry: Entry) -> Resolution:
        roles = entry.roles_on(reading.on)
        if _is_former(reading) and roles[:1] and roles[0] in self.roles.former_of:
            roles = ("ELI",)
        country = entry.country or (None if INTERNATIONAL & set(entry.roles) else self._land_before(reading))
        assert reading.head is not None
        return Resolution(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            codes=self._codes(country, roles),
            matched=reading.text[reading.head.start : reading.head.end],
        )

    def _country(self, reading: _Reading, land: Land) -> Resolution:
        assert reading.head is not None
        matched = reading.text[reading.head.start : reading.head.end]
        # 'the Iraqi session' is an adjective of something that is no actor
        kind = ActorKind.THING if reading.trailing else _LAND_KINDS.get(land.use, ActorKind.STATE)
        if kind is not ActorKind.STATE or land.country is None:
            return Resolution(None, _clean(reading.text), kind, self._codes(land.country, ()), matched)
        roles = ("GOV",) if land.use is Use.CAPITAL else ()
        name = self.index.countries.get(land.country, matched)
        return Resolution(land.country.lower(), name, kind, self._codes(land.country, roles), matched)

    def _without_head(self, reading: _Reading) -> Resolution:
        """A phrase of unknown words: its country may still be known."""
        country = self._land_before(reading) or self._place_country(reading)
        name = _clean(reading.text)
        return Resolution(None, name, ActorKind.PERSON, self._codes(country, ()), name)

    def _described(self, reading: _Reading, noun: RoleNoun) -> Resolution:
        assert reading.head is not None
        if reading.trailing:
            return self._with_trailing(reading, noun)
        matched = reading.text[reading.head.start : reading.head.end]
        owner = self._owner(reading) if noun.member else None
        roles = self._roles(reading, noun)
        if owner is not None and not INTERNATIONAL & set(owner.roles):
            roles = owner.roles_on(reading.on) or roles
            country = owner.country or self._land_before(reading)
            return Resolution(owner.id, _clean(reading.text), noun.kind, self._codes(country, roles), matched)
        country = None if roles[:1] and roles[0] in INTERNATIONAL else self._country_of(reading)
        actor = self._unit_id(reading, noun, country)
        return Resolution(actor, _clean(reading.text), noun.kind, self._codes(country, roles), matched)

    def _with_trailing(self, reading: _Reading, noun: RoleNoun) -> Resolution:
        """A title with an unknown name after it ('President Moreno'), or a noun that only modifies ('army canteen')."""
        start, end = reading.trailing[0].start, reading.trailing[-1].end
        rest = reading.text[start:end]
        roles = self._roles(reading, noun)
        country = self._country_of(reading)
        if noun.kind not in (ActorKind.PERSON, ActorKind.GROUP) or not (rest[0].isupper() or reading.text.islower()):
            kind = noun.kind if rest[0].isupper() or rest[0].isdigit() else ActorKind.THING
            return Resolution(None, _clean(reading.text), kind, self._codes(country, roles), reading.text[start:end])
        holder = self._holder(reading, roles, country)
        if holder is not None:
            return self._named(reading, holder)
        return Resolution(None, rest, ActorKind.PERSON, self._codes(country, roles), rest)

    def _holder(self, reading: _Reading, roles: tuple[str, ...], country: str | None) -> Entry | None:
        """The one known person of that surname whose sector and country fit the title."""
        if len(reading.trailing) > 2:
            return None
        fitting = [
            person
            for person in self.index.surnames.get(reading.trailing[-1].fold, ())
            if (country is None or person.country == country)
            and (not roles or roles[0] == "ELI" or roles[0] in {term.role for term in person.terms} | set(person.roles))
            and (len(reading.trailing) == 1 or reading.trailing[0].fold in fold_words(person.name))
        ]
        alive = [person for person in fitting if person.lives_on(reading.on)] if reading.on else fitting
        return alive[0] if len(alive) == 1 else None

    # ------------------------------------------------------------ sector
    def _roles(self, reading: _Reading, noun: RoleNoun) -> tuple[str, ...]:
        roles = self._lent(reading, noun.yields, anywhere=noun.open) if noun.yields is not None else ()
        roles = roles or noun.roles
        if _is_former(reading) and roles and roles[0] in self.roles.former_of:
            return ("ELI",)
        return roles

    def _lent(self, reading: _Reading, allowed: frozenset[str], *, anywhere: bool) -> tuple[str, ...]:
        """The sectors that a word beside the head gives it: the nearest before it, else (`anywhere`) one after 'of'."""
        for hit in reversed(reading.before):
            roles = self._roles_of(hit, reading.on)
            if roles and roles[0] in allowed:
                return roles
        for tail in reading.tails if anywhere else ():
            for hit in reversed(tail.hits if tail.opener in self.roles.belonging else ()):
                roles = self._roles_of(hit, reading.on)
                if roles and roles[0] in allowed:
                    return roles
        return ()

    def _roles_of(self, hit: Hit, on: str | None) -> tuple[str, ...]:
        meaning = hit.meaning
        if meaning.entries:
            return meaning.entries[0].roles_on(on)
        if meaning.modifier is not None:
            return (meaning.modifier,)
        return meaning.noun.roles if meaning.noun is not None else ()

    # ------------------------------------------------------------ country
    def _country_of(self, reading: _Reading) -> str | None:
        """The country of a described actor: of a word before the head, of a place before it, else of what follows."""
        land = self._land_before(reading)
        if land is not None:
            return land
        owner = self._owner(reading)
        if owner is not None:
            return owner.country
        return self._place_country(reading)

    def _owner(self, reading: _Reading) -> Entry | None:
        """The named actor that the head belongs to: before it ('Hezbollah fighters'), else after 'of'."""
        for hit in reversed(reading.before):
            if hit.meaning.entries and not self._is_distant(reading.text, hit):
                return self._choose(reading, hit.meaning.entries)
        for tail in reading.tails:
            if tail.opener not in ("of", "from") or not tail.hits:
                return None
            if tail.hits[-1].meaning.entries:
                return self._choose(reading, tail.hits[-1].meaning.entries)
            part = tail.hits[-1].meaning.noun  # 'members of the 9th front of the FARC': a part of it
            if part is None or part.kind is not ActorKind.GROUP:
                return None
        return None

    def _land_before(self, reading: _Reading) -> str | None:
        """The country that a name or adjective before the head says: 'pro-Iran' and 'US-backed' say none."""
        found = [hit for hit in reading.before if hit.meaning.land is not None and hit.meaning.land.country]
        head = reading.head
        if head is not None and head.meaning.land is not None and head.meaning.land.country:
            found.append(head)
        near = [hit for hit in found if not self._is_distant(reading.text, hit)]
        near.sort(key=lambda hit: _tail_word(reading.text, hit) in self.roles.near)
        return near[0].meaning.land.country if near and near[0].meaning.land is not None else None

    def _is_distant(self, text: str, hit: Hit) -> bool:
        """Whether a hyphen keeps the name from being the actor's own: 'pro-Iran', 'US-backed', 'Houthi-held'."""
        front = _FRONT.search(text, 0, hit.start)
        if front is not None and fold(front.group(1)) in self.roles.fronts:
            return True
        return _tail_word(text, hit) in self.roles.distant

    def _place_country(self, reading: _Reading) -> str | None:
        """The country of a place that stands before the head ('Shanghai police') or after it ('mayor of Kyiv')."""
        limit = reading.head.start if reading.head is not None and not reading.trailing else 0
        before = [w for w in reading.main.words if w.end <= limit and not _covered(w, reading.before)]
        country = self._place(_capitalised(reading.text, before), LARGE, reading.context)
        tails = [tail for tail in reading.tails if tail.opener in self.roles.belonging]
        for read in (self._tail_land, self._tail_place):  # a country's name is surer than a town's
            country = country or next(filter(None, (read(reading, tail) for tail in tails)), None)
        return country

    def _tail_land(self, reading: _Reading, tail: _Part) -> str | None:
        for hit in tail.hits:
            if hit.meaning.land is not None and hit.meaning.land.country and not self._is_distant(reading.text, hit):
                return hit.meaning.land.country
            if hit.meaning.entries:
                return self._choose(reading, hit.meaning.entries).country
        return None

    def _tail_place(self, reading: _Reading, tail: _Part) -> str | None:
        free = [w for w in tail.words if not _covered(w, tail.hits)]
        return self._place(_capitalised(reading.text, free), LARGE if tail.opener in _LOOSE else 0, reading.context)

    def _place(self, name: str, inhabitants: int, context: str | None) -> str | None:
        """The country of the place called `name`; null where several countries have one and none stands out."""
        if not name:
            return None
        found = [p for p in Gazetteer.load(self.packs).lookup(name) if p.kind is not PlaceKind.SITE and p.country]
        large = [p for p in found if p.kind is not PlaceKind.SETTLEMENT or p.population >= inhabitants]
        countries = list(dict.fromkeys(self.index.alpha3.get(p.country or "") for p in large))
        if len(countries) < 2:
            return countries[0] if countries else None
        if context in countries:
            return context
        others = max(p.population for p in large if p.country != large[0].country)
        return countries[0] if large[0].population >= _STANDS_OUT * max(others, LARGE) else None

    # ------------------------------------------------------------ ids and codes
    def _unit_id(self, reading: _Reading, noun: RoleNoun, country: str | None) -> str | None:
        """A readable id for a body that a state has one of: 'the Iraqi military' is irq-mil."""
        if noun.unit is None or country is None or _is_former(reading):
            return None
        others = [hit for hit in reading.before if hit.meaning.land is None]
        start = reading.head.start if reading.head is not None else 0
        words = [w for w in reading.main.words if w.end <= start and not _covered(w, reading.before)]
        named = self._land_before(reading) or any(_is_state(hit) for tail in reading.tails for hit in tail.hits)
        region = any(hit.meaning.land and hit.meaning.land.use is Use.REGION for hit in reading.before)
        if others or region or not named or any(w.fold != "s" for w in words):
            return None
        return f"{country.lower()}-{noun.unit}"

    def _codes(self, country: str | None, roles: tuple[str, ...]) -> ActorCodes:
        role = roles[0] if roles else None
        suffix = self.roles.cameo.get(role or "", "")
        return ActorCodes(country=country, role=role, cameo=(country or "") + suffix or None, roles=roles)


_LAND_KINDS = {Use.PEOPLE: ActorKind.GROUP, Use.REGION: ActorKind.PLACE}


# ---------------------------------------------------------------- taking a phrase apart
_FRONT = re.compile(r"([^\W\d_]+)[-‐‑]\Z")
_TAIL = re.compile(r"[-‐‑]([^\W\d_]+)")
_CUT = frozenset(",;:()\n[]")


def _tail_word(text: str, hit: Hit) -> str:
    """The word that a hyphen ties to the end of `hit`: 'backed' in 'US-backed'."""
    match = _TAIL.match(text, hit.end)
    return fold(match.group(1)) if match else ""


def _parts(text: str, words: Sequence[Word], hits: Sequence[Hit], breaks: frozenset[str]) -> Iterator[_Part]:
    """The phrase cut at its prepositions; at a comma or bracket after the first words it ends."""
    inside = {k for hit in hits for k in range(hit.first, hit.last)}
    inner = {k for hit in hits for k in range(hit.first + 1, hit.last)}
    opener, first = "", 0
    for k, word in enumerate(words):
        ends = k > first and any(c in _CUT for c in text[words[k - 1].end : word.start]) and k not in inner
        if ends:
            yield _part(opener, words, hits, first, k)
            return
        if word.fold in breaks and k not in inside and k > 0:  # 'over two dozen men' opens with none
            yield _part(opener, words, hits, first, k)
            opener, first = word.fold, k + 1
    yield _part(opener, words, hits, first, len(words))


def _part(opener: str, words: Sequence[Word], hits: Sequence[Hit], first: int, last: int) -> _Part:
    return _Part(opener, tuple(words[first:last]), tuple(h for h in hits if first <= h.first < last))


def _head_index(part: _Part) -> int | None:
    """The hit that rules a part: the last that names or describes an actor; a name before a mere 'group' rules."""
    ruling = [k for k, hit in enumerate(part.hits) if hit.meaning.entries or hit.meaning.noun or hit.meaning.land]
    if not ruling:
        return None
    last = ruling[-1]
    noun = part.hits[last].meaning.noun
    before = last - 1
    while before >= 0 and _only_modifies(part.hits[before]):
        before -= 1
    if before >= 0 and noun is not None and _adds_nothing(part.hits[before], noun):
        return before
    return last


def _only_modifies(hit: Hit) -> bool:
    return hit.meaning.modifier is not None and not hit.meaning.entries and hit.meaning.land is None


def _adds_nothing(before: Hit, noun: RoleNoun) -> bool:
    """'the Islamic State group', 'the FDLR rebels' are the named body itself; 'Boko Haram leader' is not."""
    bodies = [e for e in before.meaning.entries if e.kind in (ActorKind.GROUP, ActorKind.ORGANISATION)]
    whole = noun.member if noun.role is None else noun.role in _WHOLES and not noun.member
    return bool(bodies) and noun.kind in (ActorKind.GROUP, ActorKind.ORGANISATION) and whole


_WHOLES = frozenset({"REB", "PRM", "UAF", "PTY", "CRM"})
"""Sectors of which a noun after a name says what that body is: 'the Renamo rebel movement', not 'the Hamas police'."""


def _covered(word: Word, hits: Sequence[Hit]) -> bool:
    return any(hit.start <= word.start < hit.end for hit in hits)


def _capitalised(text: str, words: Sequence[Word]) -> str:
    """The words of `words` from the first to the last that is written with a capital, as they stand in the text."""
    names = [w for w in words if text[w.start].isupper()]
    return text[names[0].start : names[-1].end] if names else ""


def _is_former(reading: _Reading) -> bool:
    return any(hit.meaning.former for hit in reading.before)


def _is_state(hit: Hit) -> bool:
    return hit.meaning.land is not None and hit.meaning.land.use is Use.NAME


def _clean(phrase: str) -> str:
    """A phrase on one line without the article before it or the possessive after it."""
    flat = " ".join(phrase.split()).strip(" ,;:\"'“”‘’()")
    return re.sub(r"(?i)^(?:the|an?)\s+(?=\S)", "", re.sub(r"['’]s?$", "", flat))
