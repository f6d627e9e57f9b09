from dateline.cleaning import clean
from dateline.knowledge.packs import Packs
from dateline.reading import capture
from dateline.types import Capture
from dateline.working import clean_guarded

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."


def page(body: str) -> Capture:
    one = capture("a.html", f"<html><body><p>{STORY}</p>{body}</body></html>".encode())
    assert isinstance(one, Capture)
    return one


def test_a_child_gives_what_cleaning_gives() -> None:
    assert clean_guarded(page(""), Packs()) == clean(page(""), Packs())


def test_a_page_that_takes_too_long_is_a_problem_and_the_next_is_read() -> None:
    heavy = page(f"<p>{STORY}</p>" * 60_000)
    assert [one.code for one in clean_guarded(heavy, Packs(), seconds=0.02).problems] == ["took-too-long"]
    assert len(clean_guarded(page(""), Packs()).reports) == 1


def test_a_page_that_takes_too_much_memory_is_a_problem_and_the_next_is_read() -> None:
    heavy = page(f"<p>{STORY}</p>" * 60_000)
    codes = [one.code for one in clean_guarded(heavy, Packs(), megabytes=16).problems]
    assert codes in (["took-too-much-memory"], ["cleaner-crashed"])
    assert len(clean_guarded(page(""), Packs()).reports) == 1
