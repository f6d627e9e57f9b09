from email.message import EmailMessage

import pytest

from dateline.cleaning import Cleaned, clean
from dateline.knowledge.packs import Packs
from dateline.reading.captures import any_capture
from dateline.types import Capture

STORY = "Rebels shot at a bus on the road to the coast on Sunday and wounded four passengers, the police chief said."
MORE = "Nobody claimed the attack, which came a day after talks between the two sides had ended without a result."


def message(text: str | None = None, html: str | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "The Gull <news@gull.test>",
        "Subject": "Bus attacked",
        "Date": "Tue, 03 May 2011 07:00:00 +0200",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text is not None else made.set_content(html, subtype="html")
    return made


def cleaned(data: EmailMessage | bytes) -> Cleaned:
    one = any_capture("m.eml", data if isinstance(data, bytes) else data.as_bytes())
    assert isinstance(one, Capture)
    return clean(one, Packs())


def test_subject_sender_and_date_are_title_publisher_and_day() -> None:
    (one,) = cleaned(message(f"{STORY}\n\n{MORE}\n")).reports
    assert (one.source, one.title, one.publisher) == ("m.eml", "Bus attacked", "The Gull")
    assert (one.published.start, one.text) == ("2011-05-03T07:00:00+02:00", f"{STORY}\n\n{MORE}")


def test_the_html_is_taken_where_it_tells_the_whole_story() -> None:
    page = f"<html><body><div class='nav'><a href='x'>Home</a></div><p>{STORY}</p><p>{MORE}</p></body></html>"
    (one,) = cleaned(message(f"View in your browser\n\n{STORY}\n\n{MORE}", page)).reports
    assert one.text == f"{STORY}\n\n{MORE}"
    (plain,) = cleaned(message(f"{STORY}\n\n{MORE}", "<p>Open this letter in a browser.</p>")).reports
    assert plain.text == f"{STORY}\n\n{MORE}"


def test_headers_and_text_in_other_encodings_are_read() -> None:
    data = (
        b"From: =?iso-8859-1?Q?El_D=EDa?= <a@dia.test>\r\nSubject: =?utf-8?B?QXV0b2LDunM=?=\r\n =?utf-8?Q?_atacado?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + STORY.replace("police", "polic=EDa").encode()
    )
    (one,) = cleaned(data).reports
    assert (one.title, one.publisher) == ("Autobús atacado", "El Día")
    assert "policía" in one.text


def test_a_message_in_a_message_is_an_item_of_its_own() -> None:
    outer = message(f"For your files.\n\n{MORE}\n")
    outer.add_attachment(message(STORY, Message_ID="<77@gull.test>", Subject="Bus"))
    one, inner = cleaned(outer).reports
    assert [one.source, inner.source] == ["m.eml", "m.eml#77@gull.test"]
    assert (inner.title, inner.text) == ("Bus", STORY)


def test_messages_of_one_id_keep_apart() -> None:
    outer = message("For your files.")
    for title in ("Bus", "Bus again"):
        outer.add_attachment(message(STORY, Message_ID="<77@gull.test>", Subject=title))
    assert [one.source for one in cleaned(outer).reports[-2:]] == ["m.eml#77@gull.test", "m.eml#message-2"]


def test_attached_files_are_left_out_and_told() -> None:
    made = message(STORY)
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    found = cleaned(made)
    assert len(found.reports) == 1
    assert [(one.code, "report.pdf" in one.message) for one in found.problems] == [("left-out", True)]


@pytest.mark.parametrize(
    "data",
    [
        message("").as_bytes(),
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--",
        b"Subject: =?utf-8?B?!!!?=\nContent-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n!!!",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2000)),
        b"Content-Type: message/rfc822\n\n" * 2000,
    ],
    ids=["empty", "binary", "no parts", "bad words", "deep parts", "deep messages"],
)
def test_odd_mail_gives_problems(data: bytes) -> None:
    found = cleaned(data)
    assert found.problems
    assert found.reports == ()


@pytest.mark.parametrize("sender", ["(" * 100_000, "<a@" * 50_000, '"' * 100_000, "a," * 100_000])
def test_a_sender_without_end_costs_the_sender_alone(sender: str) -> None:
    (one,) = cleaned(f"Subject: Bus attacked\nFrom: {sender}\n\n{STORY}\n".encode()).reports
    assert (one.title, one.text) == ("Bus attacked", STORY)
