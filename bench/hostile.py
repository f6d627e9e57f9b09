"""Files made to break readers: small ones of our own, and what is done to any file (cut, flipped, bombed).

Everything here is a function of its arguments and of a seeded `Random`, so that a run can be done again.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from random import Random

import brotli
from arro3.core import Array, DataType, Table
from arro3.io import write_parquet

SUFFIXES = (
    ".html",
    ".xml",
    ".csv",
    ".jsonl",
    ".json",
    ".eml",
    ".warc",
    ".warc.gz",
    ".wacz",
    ".parquet",
    ".txt",
    ".html.gz",
)
"""What a file may be taken for."""
STORY = "Two rockets hit the airport of Selban on Saturday, killing three guards, the interior ministry said. "
MANY = 100_000
MIB = 1 << 20
Case = tuple[str, bytes]
"""A suffix, and bytes."""


# ---------------------------------------------------------------- what is done to a file
def cut(data: bytes) -> Iterator[bytes]:
    """The first sixteenth, the first two, and so on."""
    yield from (data[: len(data) * part // 16] for part in range(1, 16))


def flipped(data: bytes, chance: Random, number: int = 8) -> Iterator[bytes]:
    """`data` with some bytes changed: one at first, then twice as many each time."""
    for at in range(number):
        changed = bytearray(data)
        for _ in range(min(len(data), 1 << at)):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield bytes(changed)


def bombed(data: bytes) -> Iterator[Case]:
    """`data` packed so that it grows without measure, and as the name of something."""
    grown = data * (80 * MIB // max(1, len(data)) + 1)
    small = gzip.compress(grown, 9, mtime=0)
    yield ".html.gz", small
    yield ".html.gz", gzip.compress(small, mtime=0)
    yield ".warc.gz", small
    yield ".warc.gz", gzip.compress(record(grown[: 40 * MIB]), mtime=0)
    for name, packed in (("gzip", small), ("deflate", zlib.compress(grown, 9)), ("br", _brotli(data))):
        yield ".warc", record(answer(packed, **{"Content-Encoding": name}))
    yield ".wacz", package({"archive/data.warc": grown})
    yield ".wacz", package({f"../../{at}.warc": data for at in range(3)})


def _brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data[:1000] * (80 * MIB // max(1, len(data[:1000])) + 1), quality=5))


# ---------------------------------------------------------------- wrappings
def record(
    block: bytes, address: str = "http://quay.test/a", length: str | None = None, kind: str = "response"
) -> bytes:
    """A record of a web archive; `length`: what it says of its own size."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Record-ID: <urn:q>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, **headers: str) -> bytes:
    """An answer of a web server."""
    fields = {"Content-Type": "text/html; charset=utf-8"} | headers
    return b"HTTP/1.1 200 OK\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode() + b"\r\n" + body


def package(members: dict[str, bytes]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def table(columns: dict[str, list[str | None]]) -> bytes:
    """A Parquet file."""
    file = io.BytesIO()
    cells = [Array(values, DataType.string()) for values in columns.values()]
    write_parquet(Table.from_arrays(cells, names=list(columns)), file, compression="zstd(3)")
    return file.getvalue()


# ---------------------------------------------------------------- our own hostile cases
def pages() -> Iterator[bytes]:
    """Pages that are deep, wide, endless or torn."""
    story = f"<p>{STORY * 4}</p>".encode()
    for tag in (b"div", b"b", b"table><tr><td", b"blockquote", b"li", b"svg", b"form", b"font color=red"):
        yield b"<" + tag + b">" * 1 + story + (b"<" + tag + b">") * MANY + story
    yield b"<p " + b" ".join(b"a%d=1" % at for at in range(MANY)) + b">" + story
    yield b"<p class='" + b"share " * MANY + b"'>" + story
    yield story + b"<!--" * MANY + story
    yield story + b"<p" * MANY
    yield story + b"<" * MIB
    yield story + b"&" * MIB
    yield story + b"&#" + b"9" * MIB + b";"
    yield story + b"<p>" + b"a" * (8 * MIB) + b"</p>"
    yield story + b"<br>" * (MIB // 2) + story
    yield story * (MANY // 5)
    yield b"<p>x</p>" * (2 * MIB // 8)
    yield b"<html><head>" + b"<meta name='date' content='2020-01-01'>" * MANY + b"</head>" + story
    yield b"<script type='application/ld+json'>" + b'{"@type":' * (MANY // 2) + b"</script>" + story
    yield b"<script type='application/ld+json'>" + b"[" * MIB + b"</script>" + story
    yield b"<title>" + b" " * MIB + b"</title>" + story
    yield b"<a href='" + b"http://" * MANY + b"'>x</a>" + story
    yield (
        b"<!DOCTYPE html [<!ENTITY a 'aaaa'>"
        + b"".join(b"<!ENTITY a%d '&a;&a;'>" % at for at in range(999))
        + b"]>"
        + story
    )
    yield "<p>\ufffe\U0010ffff\u202e\u0000\u0085\u2028".encode() + b"\xed\xa0\x80\xff\xfe\xc0\x80" + story
    yield story.decode().encode("utf-16") + story
    yield b"\xff\xfe" + story
    yield b"+ADw-script+AD4-" + story
    yield b"<meta charset='utf-16'>" + story + b"<meta charset='zip'>"
    yield b"<plaintext>" + story * 100
    yield b"<select>" + b"<option>" * MANY + story


def texts() -> Iterator[bytes]:
    """Texts of one endless line, of nothing but one sign, of what looks like what it is not."""
    story = STORY.encode()
    for piece in (
        b"a", b" ", b"\n", b"\r", b"\t", b"-", b"(", b"\"", b"'", b"0", b"1,", b"2020-01-01 ", b"By A. B. ", b"A.", b"@", b"http://a/",
        b"\n\n ", b" \n", b"SELBAN (", b"Jan. 1 ", b"\xc2\xa0", b"\xe2\x80\x94", b"\xcc\x81", b"\x00", b"\x1b[2J", b"\x0c",
        b"Mr. ", "\u202e".encode(), "\u0645".encode(), "中".encode(), b"(AP) -- ", b"> ", b"|", b"* * * ", b"said ",
        b"Read more\n",
    ):  # fmt: skip
        yield story + piece * (MIB // len(piece)) + b"\n" + story
    yield story * (MANY // 5)
    yield (story + b"\n\n") * (MANY // 5)
    yield b"\xed\xa0\x80 " + story
    yield story.decode().encode("utf-32")
    yield b"".join(bytes([at]) * 99 for at in range(256))


def tables() -> Iterator[Case]:
    """Tables with too many columns, torn quotes, deep values, huge numbers."""
    head = b"id,title,date,text\n"
    yield ".csv", b",".join(b"c%d" % at for at in range(MANY)) + b"\n" + b"," * MANY
    yield ".csv", head + b'1,"' + b"a,\n" * (3 * MIB)
    yield ".csv", head + b'"' * MIB
    yield ".csv", head + b"1,a\x00b,2020-01-01," + STORY.encode() + b"\n"
    yield ".csv", head + b"1,a,b," + b"x" * (8 * MIB)
    yield ".csv", head + (b"1,a,99999999999999999999-01-01," + STORY.encode() + b"\n") * 2000
    yield ".csv", b"\xef\xbb\xbf" * 99 + head + b"=1,+1,-1,@" + STORY.encode()
    yield ".csv", b"text\n" * (5 * MANY)
    yield ".csv", b";;;;\n\t\t\t|||\n" * MANY
    for value in (
        b"[" * MIB,
        b'{"a":' * MANY,
        b'{"text": ' + b"9" * MIB + b"}",
        b'{"text": 1e999999}',
        b'{"text": "\\ud800"}',
    ):
        yield ".json", value
        yield ".jsonl", value
    yield ".json", b'{"text":' * 400 + b"1" + b"}" * 400
    yield ".json", b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * MIB
    items = [{"id": "1", "content_text": STORY}] * (MANY // 5)
    yield ".json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    yield ".jsonl", b'{"text": "' + STORY.encode() * 10_000 + b'"}\n'
    yield ".jsonl", b"{}\n" * (3 * MANY)
    yield ".jsonl", b"\n" * (8 * MIB) + b"{"
    yield ".jsonl", json.dumps({f"k{at}": at for at in range(MANY)}).encode()
    yield ".jsonl", b'{"text": "a", "text": "' + STORY.encode() + b'", "id": ["x"], "date": {"a": 1}}\n'
    good = table({"id": ["1", "2"], "text": [STORY, None], "date": ["2020-01-01", "never"]})
    yield ".parquet", good
    yield ".parquet", good[:-8] + b"\xff\xff\xff\x7fPAR1"
    yield ".parquet", b"PAR1" + b"\x15" * 9999 + (9000).to_bytes(4, "little") + b"PAR1"
    yield ".parquet", table({f"c{at}": ["x"] for at in range(5000)})
    yield ".parquet", table({"text": ["a" * MIB] * 512})
    yield ".parquet", table({"text": [STORY] * (2 * MANY)})


def feeds() -> Iterator[bytes]:
    """Feeds with entities, depth, and too much of everything."""
    item = f"<item><title>t</title><description>{STORY}</description></item>".encode()
    laughs = b"".join(b"<!ENTITY l%d '%s'>" % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 12))
    yield (
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY l0 'ha'>"
        + laughs
        + b"]><rss><channel><item><title>&l11;</title></item></channel></rss>"
    )
    yield (
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a '"
        + b"a" * MIB
        + b"'>]><rss><channel>"
        + (b"<item><description>" + b"&a;" * 5000 + b"</description></item>")
        + b"</channel></rss>"
    )
    yield b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><item><description>&x;</description></item></channel></rss>"
    yield (
        b"<?xml version='1.0'?><!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'><rss><channel>"
        + item
        + b"</channel></rss>"
    )
    yield b"<rss><channel>" + item * (MANY // 5) + b"</channel></rss>"
    yield b"<rss><channel>" + b"<item>" * MANY + item
    yield b"<rss " + b" ".join(b"xmlns:n%d='u'" % at for at in range(MANY)) + b"><channel>" + item + b"</channel></rss>"
    yield (
        b"<rss><channel><item><description><![CDATA["
        + b"<div>" * MANY
        + STORY.encode()
        + b"]]></description></item></channel></rss>"
    )
    yield (
        b"<rss><channel><item><description>"
        + b"&lt;b&gt;" * MANY
        + STORY.encode()
        + b"</description></item></channel></rss>"
    )
    yield (
        b"<rss><channel><item><pubDate>"
        + b"9" * MIB
        + b"</pubDate><description>"
        + STORY.encode()
        + b"</description></item></channel></rss>"
    )
    yield b"<feed><entry><content type='xhtml'>" + b"<div>" * MANY + STORY.encode()
    yield b"<?xml version='1.0' encoding='utf-7'?><rss><channel>" + item + b"</channel></rss>"
    yield b"<?xml version='1.0' encoding='ebcdic-cp-us'?><rss>" + item
    yield b"<urlset>" + b"<url><loc>http://127.0.0.1/</loc></url>" * MANY + b"</urlset>"


def letters() -> Iterator[bytes]:
    """Mail with parts in parts, endless headers, names that are no encodings."""
    body = b"\n\n" + STORY.encode() * 4 + b"\n"
    yield b"Subject: a" + body
    yield b"Subject: " + b"=?utf-8?B?" * MANY + body
    yield b"Subject: " + b"=?x-no?Q?=FF?= " * 9999 + body
    yield b"".join(b"X-%d: a\n" % at for at in range(MANY)) + body
    yield b"Subject: a" + b"\n a" * (MIB // 3) + body
    yield b"Date: " + b"1" * MIB + body
    yield b"From: " + b"(" * MIB + body
    yield b"From: " + b"<a@" * MANY + body
    yield b"Content-Type: text/plain; charset=no-such" + body
    yield b"Content-Type: text/html; charset=utf-16" + body
    yield (
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(STORY.encode() * (MANY // 2))
        + b"!!!"
    )
    yield b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + b"=" * MIB
    yield b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 ../../a\n" + b"M" * MIB
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(5000))
    yield deep + b"Content-Type: text/plain" + body
    yield b"Content-Type: message/rfc822\n\n" * 5000 + b"Subject: a" + body
    yield b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * MANY + b"--b--"
    yield b'Content-Type: multipart/mixed; boundary=""\n\n--\n' + body
    yield b'Content-Type: multipart/mixed; boundary="' + b"b" * MIB + b'"\n\n--b\n' + body


def archives() -> Iterator[Case]:
    """Web archives that say what is not so; packages whose names climb out."""
    page = answer(f"<html><body><p>{STORY * 4}</p></body></html>".encode())
    for length in ("9" * 15, "9" * 99, "-1", "0x10", "1", "", "\u0663", "30000000"):
        yield ".warc", record(page, length=length) + record(page, "http://quay.test/b")
    yield ".warc", record(b"", kind="request") * (MANY // 2)
    yield (
        ".warc",
        record(page, "http://quay.test/../../x")
        + record(page, "http://quay.test/\x00\n")
        + record(page, "http://" + "a" * 60_000),
    )
    yield ".warc", b"WARC/1.0\r\n" + b"a: b\r\n" * (MIB // 6) + b"\r\n"
    yield ".warc", b"WARC/1.0\r\n" * MANY
    yield ".warc", record(answer(b"5\r\nabcde\r\nFFFFFFFFFFFFFFF\r\nx", **{"Transfer-Encoding": "chunked"}))
    yield ".warc", record(answer(b"1\r\na\r\n" * (3 * MANY), **{"Transfer-Encoding": "chunked"}))
    yield ".warc", record(answer(b"x", **{"Content-Encoding": ", ".join(["gzip"] * 9999)}))
    yield ".warc", record(b"HTTP/1.1 " + b"9" * MIB + b"\r\n\r\nx")
    yield ".warc.gz", b"".join(gzip.compress(b"", mtime=0) for _ in range(MANY // 5))
    yield ".warc.gz", b"\x1f\x8b\x08" * (2 * MANY)
    yield (
        ".warc.gz",
        gzip.compress(record(page), mtime=0)[:-9] + gzip.compress(record(page, "http://quay.test/b"), mtime=0),
    )
    zeros = gzip.compress(b"\0" * (512 * MIB), 9, mtime=0)
    yield ".html.gz", zeros
    yield ".warc.gz", zeros
    yield (
        ".wacz",
        package(
            {"../a.warc": record(page), "/b.warc": record(page), "C:\\c.warc": record(page), "d/../../e.warc": b""}
        ),
    )
    yield ".wacz", package({"archive/a.warc": record(page), "archive/b.warc": b"\0" * (100 * MIB)})
    yield ".wacz", package({f"{at}.warc": record(page) for at in range(5000)})
    yield ".wacz", package({"archive/" + "a" * 60_000 + ".warc": record(page)})
    yield ".wacz", package({"archive/a.warc.gz": zeros})
    whole = bytearray(package({"archive/a.warc": record(page) * 99}))
    whole[-22 - 40 : -22] = b"\xff" * 40
    yield ".wacz", bytes(whole)


def own() -> Iterator[Case]:
    """All our own hostile cases."""
    by_suffix: tuple[tuple[str, Callable[[], Iterator[bytes]]], ...] = (
        (".html", pages), (".txt", texts), (".html", texts), (".xml", feeds), (".eml", letters), (".csv", texts),
    )  # fmt: skip
    for suffix, make in by_suffix:
        yield from ((suffix, data) for data in make())
    yield from tables()
    yield from archives()
