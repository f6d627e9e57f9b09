from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


def cleaned(text: str, name: str) -> Cleaned:
    one = capture(name, text.encode("utf-8"))
    assert isinstance(one, Capture)
    return clean(one, Packs())


def test_a_row_is_named_by_the_column_of_unique_ids() -> None:
    found = cleaned(
        f"outlet;ref;day;ttl;body\nEl Faro;k1;03/05/2011;Bus;{STORY}\nEl Faro;k2;04/05/2011;Bus again;{STORY}\n",
        "t.csv",
    )
    assert [one.source for one in found.reports] == ["t.csv#k1", "t.csv#k2"]
    assert found.reports[0].published.start == "2011-05-03"
    assert found.reports[0].publisher == "El Faro"
    assert len({one.id for one in found.reports}) == 2


def test_ids_that_repeat_give_way_to_row_numbers() -> None:
    found = cleaned(f"id,text\n7,{STORY!r}\n7,{STORY!r}\n".replace("'", '"'), "t.csv")
    assert [one.source for one in found.reports] == ["t.csv#1", "t.csv#2"]


def test_a_bad_row_costs_that_row_and_names_its_line() -> None:
    found = cleaned('{"id": "a", "text": "' + STORY + '"}\nnot json\n{"id": "b", "text": "' + STORY + '"}\n', "t.jsonl")
    assert [one.source for one in found.reports] == ["t.jsonl#a", "t.jsonl#b"]
    assert [(one.code, one.where) for one in found.problems] == [("bad-row", "t.jsonl:2")]


def test_a_row_with_too_few_cells_is_a_problem() -> None:
    found = cleaned(f'id,title,text\n1,Bus\n2,Bus,"{STORY}"\n', "t.csv")
    assert [one.code for one in found.problems] == ["bad-row"]
    assert len(found.reports) == 1


def test_a_table_without_a_text_column_says_which_columns_it_has() -> None:
    (problem,) = cleaned("a,b\n1,2\n", "t.csv").problems
    assert problem.code == "no-text-column"
    assert "a, b" in problem.message


FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Coast Wire - Africa</title>
<item><title>Bus attacked</title><guid isPermaLink="false">cw-1</guid><pubDate>Tue, 03 May 2011 07:00:00 +0200</pubDate>
<dc:creator>Reuters</dc:creator><description>&lt;p&gt;STORY&lt;/p&gt;&lt;p&gt;Nobody claimed it.&lt;/p&gt;</description></item>
<item><title>Empty</title><guid>cw-2</guid></item></channel></rss>""".replace("STORY", STORY)


def test_a_feed_gives_a_report_for_each_item_with_a_text() -> None:
    found = cleaned(FEED, "f.xml")
    (one,) = found.reports
    assert one.source == "f.xml#cw-1"
    assert one.text == f"{STORY}\n\nNobody claimed it."
    assert (one.publisher, one.agency, one.published.start) == ("Coast Wire", "Reuters", "2011-05-03T07:00:00+02:00")
    assert [(problem.code, problem.where) for problem in found.problems] == [("no-story", "f.xml#cw-2")]


def test_a_feed_that_declares_entities_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    assert [one.code for one in cleaned(bomb, "f.xml").problems] == ["entities-refused"]
