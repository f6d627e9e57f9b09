"""Uses the sample as a reader would, with keys and pointer, in Chromium: `python web/tries.py` (see look.py).

Each function tries one part; what it finds wrong is an AssertionError with the two values.
"""

from __future__ import annotations

import sys
from urllib.parse import parse_qs, urlsplit

import look
from playwright.sync_api import Page, sync_playwright

ACTIVE = "(document.activeElement.id || document.activeElement.value || document.activeElement.textContent).trim()"
TRANSFORM = "document.querySelector('.map g').getAttribute('transform')"


def state(page: Page) -> dict[str, list[str]]:
    """What the address says once it has changed and the parts are in place."""
    page.wait_for_timeout(400)
    return parse_qs(urlsplit(page.url).query)


def same(found: object, wanted: object) -> None:
    """Both are the same."""
    assert found == wanted, f"{found!r} is not {wanted!r}"


def keys(page: Page) -> None:
    """j, k and / move the focus; letters typed in a field are letters; switched off they stay off."""
    for key, start in (("j", "Northern Front attacked"), ("j", "Teachers protested"), ("k", "Northern Front attacked")):
        page.keyboard.press(key)
        assert page.evaluate(ACTIVE).startswith(start), key
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    same(page.input_value("#site-search"), "jk?")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert "export this view" in page.inner_text("dialog")
    page.uncheck("dialog input")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_timeout(300)
    page.keyboard.press("j")
    same(page.locator(".is-current").count(), 0)
    page.click("[data-keys-toggle]")
    page.check("dialog input")


def theme(page: Page) -> None:
    """The button goes round, and the choice stands when the page is loaded again."""
    for wanted in ("light", "dark"):
        page.click("[data-theme-toggle]")
        same(page.evaluate("document.documentElement.dataset.theme"), wanted)
    page.reload()
    same(page.evaluate("document.documentElement.dataset.theme"), "dark")
    page.click("[data-theme-toggle]")
    same(page.evaluate("document.documentElement.dataset.theme ?? null"), None)


def partial(page: Page) -> None:
    """A facet changes the address and the list, not the page: focus and open parts stay, and back goes back."""
    page.evaluate("window.mine = true; document.querySelector('#facet-actor').open = true")
    page.check("input[value='single-source']")
    same(state(page)["status"], ["disputed", "single-source"])
    same(page.evaluate(ACTIVE), "single-source")
    assert page.evaluate("document.querySelector('#facet-actor').open")
    same(page.inner_text("#live"), page.get_attribute("#results", "data-announce"))
    page.click(".pager a[rel=next]")
    same(state(page), {"after": ["4"]})
    same(page.evaluate(ACTIVE), "results")
    page.evaluate("history.back()")
    same(state(page)["status"], ["disputed", "single-source"])
    page.evaluate("history.back()")
    same(state(page), {})
    same(page.get_attribute("#results", "data-announce"), "214 events")
    assert page.evaluate("window.mine"), "the page was loaded anew"


def failing(page: Page) -> None:
    """What cannot be fetched is gone to in the browser's own way; another page always is."""
    page.evaluate("window.mine = true")
    page.route(
        "**/?status=disputed*",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.click(".chips a >> nth=1")
    page.wait_for_function("!window.mine")
    same(state(page), {"status": ["disputed"]})
    page.click("a.what >> nth=0")
    page.wait_for_url("**/e/1")


def brush(page: Page) -> None:
    """Arrow keys and a drag both set the two dates."""
    page.locator(".handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    same((state(page)["from"], state(page)["to"]), (["2031-03-07"], ["2031-03-14"]))
    drag(page, ".cover", (0.2, 0.5), (0.4, 0.5))
    same((state(page)["from"], state(page)["to"]), (["2031-03-03"], ["2031-03-06"]))


def drag(page: Page, selector: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one point of an element to another, both in shares of its size."""
    page.locator(selector).scroll_into_view_if_needed()
    frame = page.locator(selector).bounding_box()
    assert frame is not None
    points = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=6)
    page.mouse.up()


def map_box(page: Page) -> None:
    """A drawn box lies around the marks that were in it; four fields do the same, also over the antimeridian."""
    page.click("text=Draw a box")
    drag(page, ".map", (0.1, 0.05), (0.6, 0.7))
    west, south, east, north = (float(side) for side in state(page)["bbox"][0].split(","))
    inside = [name for name, lat, lon, *_ in look.PLACES[:6] if west <= lon <= east and south <= lat <= north]
    same(inside, [place[0] for place in look.PLACES[:4]])
    page.goto(page.url.split("?")[0])
    for side, value in {"west": "170", "south": "-10", "east": "-170", "north": "10"}.items():
        page.fill(f"#{side}", value)
    page.click("#filters button.primary")
    found = state(page)
    same((found["bbox"], found.get("west")), (["170,-10,-170,10"], None))


def map_moves(page: Page) -> None:
    """Buttons and wheel move the map; marks stand in the order of the list, and coarse places are none."""
    names = page.evaluate(
        "[...document.querySelectorAll('.map .mark')].map(mark => mark.getAttribute('aria-label').split(':')[0])"
    )
    same(names, [place[0] for place in look.PLACES if place[5] != "province"])
    seen = {page.evaluate(TRANSFORM)}
    for name in ("+ Closer", "− Farther", "← West", "↑ North"):
        page.click(f"text={name}")
        seen.add(page.evaluate(TRANSFORM))
    assert len(seen) >= 4, seen
    page.click("text=Fit")
    before = page.evaluate(TRANSFORM)
    page.locator(".map").hover(position={"x": 200, "y": 100})
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(200)
    assert page.evaluate(TRANSFORM) != before


def reader(page: Page) -> None:
    """Arrows go through the marks, claims light their words, a selection is counted in code points, a fragment is lit."""
    page.locator("#text").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    same(page.inner_text("mark.current"), "attacked")
    page.locator(".claim").nth(1).hover()
    assert "denied" in page.locator("mark.is-lit").all_inner_texts()
    page.evaluate("""() => {
      const nodes = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
      let node = nodes.nextNode();
      while (!node.nodeValue.includes("spokesman")) node = nodes.nextNode();
      const start = node.nodeValue.indexOf("spokesman");
      getSelection().setBaseAndExtent(node, start - 1, node, start + 10);
    }""")
    page.wait_for_timeout(100)
    start, end = (int(page.input_value(f"form[data-select] [name={name}]")) for name in ("start", "end"))
    same(page.evaluate("document.querySelector('#text').textContent")[start:end], "spokesman")
    page.goto(page.url.split("#")[0] + f"#c={start}-{end}")
    page.wait_for_timeout(200)
    same(page.evaluate("[...CSS.highlights.get('cited')].map(String)"), ["spokesman"])


def copy(page: Page) -> None:
    """The button says that it copied."""
    page.click("[data-copy]")
    page.wait_for_timeout(100)
    assert page.inner_text("[data-copy]").startswith(("Copied", "Not copied"))


def live(page: Page) -> None:
    """One change was heard, and the page offers to show it."""
    page.wait_for_selector(".news")
    assert page.inner_text(".news").startswith("1 change")


def graph(page: Page) -> None:
    """Nodes stand in the order of the table, and two drawings are the same."""
    place = "node => node.querySelector('text').textContent + node.getAttribute('transform')"
    drawn = f"[...document.querySelectorAll('.graph .node')].map({place})"
    first = page.evaluate(drawn)
    order = page.evaluate("[...new Set([...document.querySelectorAll('#pairs td a')].map(link => link.textContent))]")
    same([name.split("translate")[0] for name in first], order)
    page.reload()
    page.wait_for_selector(".graph .node")
    same(page.evaluate(drawn), first)


TRIES = [keys, theme, partial, failing, brush, map_box, map_moves, reader, copy, live, graph]


def main() -> int:
    """Tries all; 1 where anything is wrong."""
    origin = look.serving()
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = look.chromium(playwright)
        for one in TRIES:
            said: list[str] = []
            page = look.opened(look.watched(browser, origin, said, viewport={"width": 1280, "height": 900}), origin)
            try:
                one(page)
            except Exception as error:  # each try tells; none stops the others
                said.append(f"{type(error).__name__}: {error}")
            wrong += [f"{one.__name__}: {text}" for text in said if one is not failing or "ERR_FAILED" not in text]
            page.context.close()
        browser.close()
    print("\n".join(wrong) or f"{len(TRIES)} tries, all well")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
