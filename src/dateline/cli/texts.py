"""Texts without a record: `annotate` them, what `when` and `places` names in them mean."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.given import UseError, day, load_packs, read_text
from dateline.cli.options import DEFAULT_RECORD, JsonOption, KnowledgeOption, RecordOption, WorkersOption
from dateline.cli.told import asked_of, show_page
from dateline.telling import lines, out_json, out_pieces


def annotate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON Lines of {id, text, published, publisher}.")] = "-",
    knowledge: KnowledgeOption = None,
    workers: WorkersOption = 1,
) -> None:
    """What is said in texts, without a record: JSON Lines in, JSON Lines out, in the order read."""
    with closing(sys.stdin.buffer if file == "-" else Path(file).open("rb")) as texts:
        packs = load_packs(knowledge)
        if workers > 1:
            from dateline.working import Crew

            with Crew(packs, workers=workers) as crew:
                return out_pieces(line.decode("utf-8") + "\n" for line in crew.annotate(texts))
        from dateline.annotate import annotate_lines

        return out_pieces(line.decode("utf-8") + "\n" for line in annotate_lines(texts, packs))


def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a whole text; - is standard input.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When it was published: YYYY-MM-DD.")] = None,
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What the time expressions of a text mean: TIMEX3 value, days, the rule that read them so, what was put aside."""
    instant = day(published, "--published", instant=True)
    from dateline.when import when as explained
    from dateline.when import when_objects, when_page

    found = explained(read_text(text), load_packs(knowledge), published=instant)
    if as_json:
        return out_json(lines(when_objects(found)))
    return show_page(when_page(found), found, "no time expression in this text")


def places(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A place's name to explain.")] = None,
    record: RecordOption = DEFAULT_RECORD,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="The text that uses NAME; - for standard input.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="WHO", help="The text's publisher, by name or host.")] = None,
    knowledge: KnowledgeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where events are, and how many; with NAME, every place of that name, its score and why, and which is meant."""
    if name is not None:
        return _explain_place(name, text, publisher, knowledge, as_json=as_json)
    if text is not None or publisher is not None:
        raise UseError("--text and --publisher explain a name; give it: dateline places NAME --text TEXT")
    with asked_of(record) as database:
        found = database.places()
    if as_json:
        return out_json(lines(found))
    from dateline.showing import place_table

    return show_page(place_table(found), found, "the record has no places")


def _explain_place(
    name: str, text: str | None, publisher: str | None, knowledge: list[Path] | None, *, as_json: bool
) -> None:
    from dateline.annotate import explain_place

    given = None if text is None else read_text(text)
    found = explain_place(name, load_packs(knowledge), text=given, publisher=publisher)
    if as_json:
        return out_json(lines(found))
    from dateline.showing import explained_places

    return show_page(explained_places(found), found, "nothing to explain")
