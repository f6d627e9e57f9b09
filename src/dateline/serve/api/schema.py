"""The API described in OpenAPI 3.1, made of what answers it: its nouns, their values, the parameters, the forms.

The schemas are those that msgspec gives of the values (JSON Schema 2020-12), with what `publishing.encoding` adds: no key
is left out but `total` and `part` of a toll.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from dateline.publishing.encoding import plain
from dateline.serve.api.examples import COUNTED, EVENT, EXAMPLES, REASON, REVISION
from dateline.serve.api.forms import FORMS, Form
from dateline.serve.api.nouns import NOUNS, Noun
from dateline.serve.api.parameters import (
    AFTER,
    FACET_LIMIT,
    FACET_SPANS,
    FILTERS,
    LIMIT,
    MOST_STREAMED,
    NARROWING,
    Parameter,
    Schema,
)
from dateline.serve.api.values import Counted
from dateline.serve.streaming import NewRun
from dateline.types import Reason

API = "/api/v1"
_MAY_LACK = frozenset({"total", "part"})

Object = dict[str, Any]


@cache
def openapi() -> bytes:
    """The description, as JSON."""
    return msgspec.json.encode(_document())


def _document() -> Object:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dateline",
            "version": version("dateline"),
            "summary": "A record of news reports: who did what to whom, where and when, and who says so.",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "tags": [{"name": noun.name, "description": noun.told} for noun in NOUNS.values()],
        "paths": dict(_paths()),
        "components": {
            "schemas": _schemas(),
            "headers": _HEADERS,
            "parameters": {one.name: _parameter(one) for one in _SHARED},
        },
    }


_ABOUT = (
    "An event is what the claims of reports are about; a claim is what one report says, on one speaker's word. All lists "
    "take the filters of events; `next` of an answer is the address of the rows behind it. An address may end with "
    ".json, .jsonl, .csv or .geojson; without a suffix `Accept` decides. Whatever is refused is told as problem details "
    "(RFC 9457)."
)


# ---------------------------------------------------------------- paths
@dataclass(frozen=True, slots=True)
class _Path:
    """An address that is read: its parameters, what it answers (by media type) and with what else it may answer."""

    path: str
    name: str
    tag: str
    told: str
    parameters: Sequence[Object]
    content: Object
    refusals: Sequence[int]
    headers: Sequence[str] = ("ETag", "Cache-Control", "Vary")
    more: Mapping[str, Object] | None = None

    def operation(self) -> tuple[str, Object]:
        """The path with its operation."""
        first, _, rest = self.told.partition(". ")
        good = {"description": "As asked.", "headers": _headers(self.headers), "content": self.content}
        known = {"304": {"description": "It is as `If-None-Match` has it.", "headers": _headers(("ETag",))}}
        answers = {"200": good, **(known if "ETag" in self.headers else {}), **(self.more or {})}
        return f"{API}{self.path}", {
            "get": {
                "operationId": self.name,
                "tags": [self.tag],
                "summary": first.removesuffix(".") + ".",
                "description": rest or self.told,
                "parameters": [*self.parameters, *(_KNOWN if "ETag" in self.headers else ())],
                "responses": {**answers, **{str(status): _refusal(status) for status in self.refusals}},
            }
        }


def _paths() -> Iterable[tuple[str, Object]]:
    for noun in NOUNS.values():
        yield from (path.operation() for path in _of_noun(noun))
    yield from (path.operation() for path in (_one_event(), *_history(), _why(), *_facets(), _stream(), _self()))


def _of_noun(noun: Noun) -> Iterable[_Path]:
    parameters = _named(*FILTERS, *(NARROWING[name] for name in noun.narrowed), LIMIT, AFTER)
    path = _Path(
        f"/{noun.name}",
        f"list_{noun.name}",
        noun.name,
        noun.told,
        parameters,
        _contents(noun),
        (400, 404, 406, 414, 503) if noun.narrowed else (400, 406, 414, 503),
        ("ETag", "Cache-Control", "Vary", "Link"),
    )
    yield path
    form = {
        **_in_path("form", "The form: a suffix.", "json"),
        "schema": {"type": "string", "enum": list(noun.forms)},
    }
    yield replace(
        path,
        path=f"/{noun.name}.{{form}}",
        name=f"list_{noun.name}_as",
        told=f"{noun.told} All rows but JSON's, at most {MOST_STREAMED:,}, in one answer.",
        parameters=[form, *parameters],
        refusals=(400, 404, 414, 503),
        headers=("ETag", "Cache-Control", "Link"),
    )
    if noun.find:
        yield _one(noun, _in_path("id", f"{noun.one} A suffix chooses the form.", _id_of(noun)))
    elif noun.name == "places":
        name = _in_path("name", "The whole name. A suffix chooses the form.", "Orlu")
        yield replace(path, path="/places/{name}", name="places_named", told="The places of one name.",
                      parameters=[name, *parameters], refusals=(400, 404, 406, 414, 503))  # fmt: skip
    elif noun.name == "changes":
        kept = [one for one in parameters if one not in _named(NARROWING["run"])]
        run = _in_path("run", "Number of the making. A suffix chooses the form.", "3")
        yield replace(path, path="/changes/{run}", name="changes_of_run", told="The changes of one making of the record.",
                      parameters=[run, *kept])  # fmt: skip


def _id_of(noun: Noun) -> str:
    return str(noun.rows.id(EXAMPLES[noun.name]))


def _one(noun: Noun, key: Object) -> _Path:
    content = _contents(noun) | {"application/json": _body(_ref(noun.kind), plain(EXAMPLES[noun.name]))}
    told = f"One of {noun.name}."
    return _Path(
        f"/{noun.name}/{{id}}", f"one_of_{noun.name}", noun.name, told, [key], content, (400, 404, 406, 414, 503)
    )


def _one_event() -> _Path:
    noun = NOUNS["events"]
    key = _in_path("id", "How its id begins, or the whole. A suffix chooses the form.", EVENT.id)
    moved = {
        "description": "The event that had this id is now part of the one at `Location`.",
        "headers": {"Location": {"schema": {"type": "string"}, "required": True}},
        "content": {"application/json": _body(
            {"type": "object", "properties": {"moved": {"type": "string"}}, "required": ["moved"]},
            {"moved": f"{API}/events/{EVENT.id}"},
        )},
    }  # fmt: skip
    return replace(_one(noun, key), told="One event.", more={"307": moved})


def _history() -> Iterable[_Path]:
    noun = NOUNS["changes"]
    parameters = [
        _in_path("id", "How the event's id begins, or the whole; also one that it had.", EVENT.id),
        *_named(*FILTERS, NARROWING["run"], NARROWING["what"], LIMIT, AFTER),
    ]
    path = _Path(
        "/events/{id}/history",
        "history",
        "events",
        "What became of an event, and of those that went into it, the newest first. Also as /history.jsonl, .csv.",
        parameters,
        _contents(noun),
        (400, 404, 406, 414, 503),
        ("ETag", "Cache-Control", "Vary", "Link"),
    )
    yield path


def _why() -> _Path:
    schema = {
        "type": "object",
        "properties": {"event": {"type": "string"}, "reasons": {"type": "array", "items": _ref(Reason)}},
        "required": ["event", "reasons"],
    }
    return _Path(
        "/events/{id}/why",
        "why",
        "events",
        "Why the claims of an event are one. Each claim with what brought it there.",
        [_in_path("id", "How the event's id begins, or the whole.", EVENT.id)],
        {"application/json": _body(schema, {"event": EVENT.id, "reasons": [plain(REASON)]})},
        (400, 404, 406, 414, 503),
        ("ETag", "Cache-Control"),
    )


def _facets() -> Iterable[_Path]:
    path = _Path(
        "/facets",
        "facets",
        "events",
        "The events asked for, counted: in all, by value, over time. Each facet counts what the other filters ask for.",
        [*_named(*FILTERS), _parameter(FACET_LIMIT), _parameter(FACET_SPANS)],
        {"application/json": _body(_ref(Counted), plain(COUNTED))},
        (400, 406, 414, 503),
        ("ETag", "Cache-Control"),
    )
    yield path
    yield replace(path, path="/events/facets", name="event_facets")


def _stream() -> _Path:
    told = NewRun(4, "2031-05-07T08:00:00+00:00", {"added": 2, "changed": 1}, REVISION)
    line = f"id: 4\ndata: {msgspec.json.encode(told).decode()}\n\n"
    after = Parameter("after", "The run that was heard of last; else from now on. A browser sends `Last-Event-ID`.",
                      {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}, 3)  # fmt: skip
    return _Path(
        "/stream",
        "stream",
        "changes",
        "What is new, as server-sent events: one for each making of the record. Its `id` is the number of the run, its "
        "`data` counts what changed; a comment now and then says that the stream is alive.",
        [_parameter(after)],
        {"text/event-stream": {"schema": {"type": "string"}, "examples": {"run": {"value": line}}}},
        (400, 414, 503),
        ("Cache-Control",),
    )


def _self() -> _Path:
    body = _body(
        {"type": "object", "required": ["openapi", "info", "paths"]}, {"openapi": "3.1.0", "info": {}, "paths": {}}
    )
    return _Path(
        "/openapi.json", "openapi", "events", "This description.", [], {"application/json": body}, (400, 406, 414),
        ("ETag", "Cache-Control"),
    )  # fmt: skip


# ---------------------------------------------------------------- parameters
def _parameter(one: Parameter) -> Object:
    several = one.schema["type"] == "array"
    return {
        "name": one.name,
        "in": "query",
        "description": one.told,
        "schema": dict(one.schema),
        **({"style": "form", "explode": True} if several else {}),
        **({"example": one.example} if one.example != "" else {}),
    }


_SHARED = (*FILTERS, *NARROWING.values(), LIMIT, AFTER)
"""Parameters that several paths take."""


def _named(*several: Parameter) -> list[Object]:
    return [{"$ref": f"#/components/parameters/{one.name}"} for one in several]


def _in_path(name: str, told: str, example: str) -> Object:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": told, "schema": schema, "example": example}


_KNOWN = (
    {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of the answer that is at hand.",
        "schema": {"type": "string"},
        "example": 'W/"0e5e7f9a3d2c1b4a5f6e7d8c"',
    },
)


# ---------------------------------------------------------------- answers
def _contents(noun: Noun) -> Object:
    return {FORMS[name].media_type: _content(noun, FORMS[name]) for name in noun.forms}


def _content(noun: Noun, form: Form) -> Object:
    value = EXAMPLES[noun.name]
    text = form.opening(noun.rows) + form.row(noun.rows, value) + form.closing
    if form.name == "json":
        following = f"{API}/{noun.name}?after=WyIyMDMxIl0"
        return _body(_page(_ref(noun.kind)), {"items": [plain(value)], "next": following})
    if form.name == "geojson":
        return _body({"$ref": "#/components/schemas/FeatureCollection"}, msgspec.json.decode(text))
    return _body({"type": "string"}, text)


def _page(item: Schema) -> Schema:
    following = {
        "type": ["string", "null"],
        "description": "The address of the rows behind these; null: there are none.",
    }
    return {
        "type": "object",
        "properties": {"items": {"type": "array", "items": item}, "next": following},
        "required": ["items", "next"],
    }


def _body(schema: Schema, example: object) -> Object:
    return {"schema": schema, "example": example}


def _ref(kind: type) -> Schema:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _headers(names: Iterable[str]) -> Object:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


_HEADERS: Object = {
    "ETag": {
        "description": "Names this answer: another when the record has changed.",
        "schema": {"type": "string"},
        "required": True,
    },
    "Cache-Control": {
        "description": "no-cache: ask whether it is still so.",
        "schema": {"type": "string"},
        "required": True,
    },
    "Vary": {"description": "Accept, where no suffix chose the form.", "schema": {"type": "string"}},
    "Link": {"description": "The rows behind these, with rel=next (RFC 8288).", "schema": {"type": "string"}},
}

_REFUSALS: Mapping[int, tuple[str, str]] = {
    400: ("A parameter that cannot be meant.", "type 'ASSALT' is not one of AGREE, ASSAULT...; did you mean ASSAULT?"),
    404: ("There is no such thing.", "no event begins with 'zzz'"),
    406: ("No form that `Accept` asks for.", "no form that Accept asks for: there are application/json, text/csv"),
    414: ("The address is too long.", "the address has 9,000 bytes: at most 8,000 are taken"),
    503: ("It takes too long, or the record cannot be read now.", "this takes too long: ask for less"),
}
_TITLES = {
    400: "Bad Request",
    404: "Not Found",
    406: "Not Acceptable",
    414: "Request-URI Too Long",
    503: "Service Unavailable",
}


def _refusal(status: int) -> Object:
    told, detail = _REFUSALS[status]
    example = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": detail}
    return {
        "description": told,
        "content": {"application/problem+json": _body({"$ref": "#/components/schemas/Refusal"}, example)},
    }


# ---------------------------------------------------------------- values
def _schemas() -> Object:
    kinds = [*(noun.kind for noun in NOUNS.values()), Counted, Reason]
    _, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return {**{name: _kept(schema) for name, schema in components.items()}, **_OTHERS}


def _kept(schema: Object) -> Object:
    """A schema as values are written: nothing is left out that is not known, it is null."""
    told = {**schema, "description": " ".join(schema["description"].split())} if "description" in schema else schema
    if schema.get("type") != "object":
        return told
    properties = {name: _without_default(one) for name, one in schema["properties"].items()}
    return {**told, "properties": properties, "required": [name for name in properties if name not in _MAY_LACK]}


def _without_default(schema: Object) -> Object:
    return {key: value for key, value in schema.items() if key != "default"}


_OTHERS: Object = {
    "Refusal": {
        "type": "object",
        "description": "Why it is refused (RFC 9457).",
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong and what is allowed, in words."},
        },
        "required": ["type", "title", "status", "detail"],
    },
    "FeatureCollection": {
        "type": "object",
        "description": "GeoJSON (RFC 7946). What is known to the province or country only has no geometry.",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
        },
        "required": ["type", "features"],
    },
    "Feature": {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"anyOf": [{"$ref": "#/components/schemas/Point"}, {"type": "null"}]},
            "properties": {"type": "object"},
        },
        "required": ["type", "id", "geometry", "properties"],
    },
    "Point": {
        "type": "object",
        "properties": {
            "type": {"const": "Point"},
            "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        },
        "required": ["type", "coordinates"],
    },
}
