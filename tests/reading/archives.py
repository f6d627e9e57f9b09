"""Records of web archives, built by hand."""

from __future__ import annotations

import gzip

PAGE = b"<html><body><p>It rained in the harbour town all day on Monday, the port authority said.</p></body></html>"


def record(
    block: bytes,
    address: str = "http://gull.test/a",
    kind: str = "response",
    *,
    id: str = "<urn:uuid:1>",  # noqa: A002
    **headers: str,
) -> bytes:
    """A WARC record; `headers` with underscores for hyphens."""
    fields = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Record-ID": id,
        "WARC-Date": "2024-05-06T07:08:09Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; a page of HTML unless `headers` say otherwise."""
    fields = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode()
        + "".join(f"{k}: {v}\r\n" for k, v in fields.items()).encode()
        + b"\r\n"
        + body
    )


def chunked(body: bytes, size: int = 20) -> bytes:
    """A body in chunks."""
    parts = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Records as a .warc.gz has them: each packed by itself."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
