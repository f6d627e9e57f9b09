"""Shows sample/index.html, in which every part of a page stands once, in Chromium: `python web/look.py`.

Writes screenshots (light, dark, phone, print, forced colours) to sample/shots/, and says what axe-core and the page's own
console complain of, what asks outside, and what is wider than a phone. It ends with 1 where there is any. With `--serve` it
only serves the sample. Needs `make web` and Playwright for Python; nothing of it goes into the package.
"""

from __future__ import annotations

import json
import math
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

HERE = Path(__file__).parent
STATIC = HERE.parent / "src" / "dateline" / "serve" / "static"
SHOTS = HERE / "sample" / "shots"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
PLACES = [
    ("Old Mill checkpoint, Lakeland", 34.2, 43.9, 24, True, "near"),
    ("Harrow Bridge, Lakeland", 35.4, 44.4, 12, False, "city"),
    ("Lower Sedge, Lakeland", 33.3, 44.4, 41, False, "city"),
    ("Fell Cross, Lakeland", 36.3, 43.1, 5, True, "city"),
    ("Port Marram, Saltmark", 30.5, 47.8, 9, False, "exact"),
    ("Upper Tarn, Saltmark", 32.6, 51.6, 3, True, "city"),
    ("Tarn province", 34.9, 45.5, 7, False, "province"),
]
STRIP = 1100
DAYS = [3, 5, 2, 8, 14, 22, 25, 19, 11, 9, 4, 6, 2, 1]
ACTORS = ["Northern Front", "Lakeland police", "River Ministry", "herders", "army", "teachers", "Saltmark", "the mayor"]


def page() -> str:
    """The sample with its places, days and pairs filled in, as the server would."""
    text = (HERE / "sample" / "index.html").read_text(encoding="utf-8")
    for name, file in json.loads((STATIC / "manifest.json").read_text()).items():
        text = text.replace(f'"/static/{name}"', f'"/static/{file}"')
    text = text.replace('<ol class="places" id="places">', '<ol class="places" id="places">' + places())
    text = text.replace('<g id="bars">', '<g id="bars">' + bars())
    return text.replace('<tbody id="pairs">', '<tbody id="pairs">' + pairs(ACTORS))


def places() -> str:
    """The places as a list."""
    return "".join(
        f'<li data-lat="{lat}" data-lon="{lon}" data-count="{count}" data-precision="{precision}"'
        f'{" data-disputed" if disputed else ""} data-name="{name}">'
        f'<a href="/?place={number}">{name}</a>, {count} events{", disputed" if disputed else ""}</li>'
        for number, (name, lat, lon, count, disputed, precision) in enumerate(PLACES)
    )


def bars() -> str:
    """The days as bars."""
    return "".join(
        f'<rect x="{32 + 52 * day}" y="{95 - 2.6 * count:.1f}" width="50" height="{2.6 * count:.1f}"'
        f' data-from="2031-03-{day + 1:02}" data-to="2031-03-{day + 1:02}" data-count="{count}"/>'
        for day, count in enumerate(DAYS)
    )


def pairs(names: list[str]) -> str:
    """Who did what to whom as rows of a table."""
    rows = []
    for index, name in enumerate(names):
        for step in (1, 3):
            other = (index * step + step) % len(names)
            rows.append(
                f'<tr data-from="a{index}" data-to="a{other}" data-count="{1 + (index * 7 + step) % 19}">'
                f'<td><a href="/a/{index}">{name}</a></td><td><a href="/a/{other}">{names[other]}</a></td>'
                f'<td class="num">{1 + (index * 7 + step) % 19}</td></tr>'
            )
    return "".join(rows)


def crowd() -> str:
    """The sample with a network of 400 actors."""
    names = [f"Group {number}" for number in range(400)]
    return page().replace(pairs(ACTORS), pairs(names))


class Sample(BaseHTTPRequestHandler):
    """Serves the sample and the built files under the policy that the pages have."""

    def do_GET(self) -> None:
        """A built file, the stream, the sample, or another page."""
        path, _, query = self.path.partition("?")
        if path.startswith("/static/"):
            file = STATIC / Path(path).name
            self.answer(file.read_bytes(), KINDS.get(file.suffix, "text/plain"))
        elif path == "/stream":
            self.answer(b"id: 7\nevent: change\ndata: {}\n\nretry: 60000\n\n", "text/event-stream")
        elif path == "/" or path.startswith("/?"):
            text = crowd() if "crowd" in query else page()
            for value in parse_qs(query).get("status", []):
                text = text.replace(f'value="{value}">', f'value="{value}" checked>')
            self.answer(
                text.replace("214 events", f"{len(query)} events" if query else "214 events").encode(), "text/html"
            )
        else:
            self.answer(b"<!doctype html><title>another page</title>", "text/html")

    def answer(self, data: bytes, kind: str) -> None:
        """Sends it under the policy."""
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with suppress(BrokenPipeError):  # the browser went on before all had come
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing: the screenshots are what is looked at."""


def is_complaint(kind: str, text: str) -> bool:
    """Whether the console complains; that WebGL is slow without a graphics card is no complaint."""
    return kind in {"error", "warning"} and "GL Driver" not in text


def watched(browser: Browser, origin: str, wrong: list[str], **options: object) -> Page:
    """A page that reports what its console says and what it asks of other machines."""
    made = browser.new_context(**options).new_page()  # type: ignore[arg-type]
    made.on(
        "console", lambda said: wrong.append(f"console: {said.text}") if is_complaint(said.type, said.text) else None
    )
    made.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    made.on(
        "request", lambda asked: None if asked.url.startswith((origin, "data:")) else wrong.append(f"asks {asked.url}")
    )
    return made


def opened(page: Page, address: str) -> Page:
    """The page at an address, once its map and network are drawn."""
    page.goto(address)
    page.wait_for_selector(".map .mark")
    page.wait_for_selector(".graph, .graph-gl")
    page.wait_for_timeout(500)
    return page


def axe(page: Page, name: str) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)["violations"]
    return [f"axe, {name}: {one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"][:4]]


READ_ON = "ink ink-soft link accent disputed corroborated single retracted guess danger on paper sheet".split(" on ")
READ = [
    *[(ink, paper) for ink in READ_ON[0].split() for paper in READ_ON[1].split()],
    *[("ink", paper) for paper in "wash tint mark-paper ins-paper del-paper warn-paper error-paper info-paper".split()],
    *[("accent", "tint"), ("on-accent", "accent"), ("ink-soft", "tint"), ("ink-soft", "land"), ("ink-soft", "sea")],
    *[("ink-soft", paper) for paper in ("warn-paper", "error-paper", "info-paper")],
]
SEEN = [
    *[("edge", paper) for paper in ("paper", "sheet")],
    *[("focus", paper) for paper in ("paper", "sheet", "tint")],
    *[(mark, ground) for mark in ("accent", "disputed") for ground in ("land", "sea", "paper")],
]
LIGHTNESS = """names => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const probe = document.body.appendChild(document.createElement("span"));
  return Object.fromEntries(names.map(name => {
    probe.style.color = `var(--${name})`;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(v => linear(v / 255));
    return [name, .2126 * r + .7152 * g + .0722 * b];
  }));
}"""


def faint(page: Page, name: str) -> list[str]:
    """Pairs of colours nearer to each other than WCAG 2.2 allows text (4.5:1) and marks (3:1)."""
    light = page.evaluate(LIGHTNESS, sorted({one for pair in READ + SEEN for one in pair}))

    def contrast(a: str, b: str) -> float:
        low, high = sorted((light[a], light[b]))
        return float((high + 0.05) / (low + 0.05))

    wrong = [(*pair, contrast(*pair), need) for pairs, need in ((READ, 4.5), (SEEN, 3.0)) for pair in pairs]
    return [f"{name}: --{a} on --{b} is {ratio:.2f}:1, not {need}" for a, b, ratio, need in wrong if ratio < need]


def too_wide(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    wide = """() => [...document.querySelectorAll("body *")]
        .filter(e => !e.closest(".scroll") && e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.tagName + "." + (e.getAttribute("class") ?? "")).slice(0, 5).join(", ")"""
    return [f"the page is {width} wide in a window of {room}: {page.evaluate(wide)}"] if width > math.ceil(room) else []


def strips(page: Page, name: str) -> None:
    """The whole page in pieces that can be looked at one by one."""
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    for number, top in enumerate(range(0, height, STRIP)):
        clip = {"x": 0, "y": top, "width": width, "height": min(STRIP, height - top)}
        page.screenshot(path=SHOTS / f"{name}-{number}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def others(page: Page) -> None:
    """The same page on paper, and from right to left."""
    page.emulate_media(media="print")
    strips(page, "print")
    page.emulate_media(media="screen")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.wait_for_timeout(300)
    strips(page, "rtl")


def look(origin: str) -> list[str]:
    """All that is wrong; the screenshots on the way."""
    wrong: list[str] = []
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        views: dict[str, dict[str, object]] = {
            "light": {"viewport": {"width": 1280, "height": 900}},
            "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
            "phone": {"viewport": {"width": 320, "height": 700}, "has_touch": True},
            "forced": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active", "color_scheme": "dark"},
            "plain": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
        }
        for name, options in views.items():
            shown = watched(browser, origin, wrong, **options)
            shown.goto(origin) if name == "plain" else opened(shown, origin)
            wrong += [f"{name}: {one}" for one in too_wide(shown)] if name != "plain" else []
            strips(shown, name)
            if name in {"light", "dark", "phone"}:
                wrong += axe(shown, name) + faint(shown, name)
            if name == "light":
                others(shown)
            shown.context.close()
        shown = opened(watched(browser, origin, wrong, viewport={"width": 1280, "height": 900}), f"{origin}/?crowd=1")
        shown.wait_for_timeout(4000)
        shown.locator("#graph").screenshot(path=SHOTS / "crowd.png")
        browser.close()
    return wrong


def serving() -> str:
    """The address at which the sample is served from now on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sample)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def chromium(playwright: Playwright) -> Browser:
    """The system's Chromium, which fetches nothing of its own."""
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags.split())


def main() -> int:
    """Looks; 1 where anything is wrong."""
    origin = serving()
    if "--serve" in sys.argv:
        print(origin)
        threading.Event().wait()
    wrong = look(origin)
    print("\n".join(dict.fromkeys(wrong)) or "nothing to complain of")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
