import pytest

from dateline.cleaning.decode import decode

SPANISH = "El alcalde de Córdoba dijo que el próximo año habrá más policías en la región, según informó la prensa."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_utf_is_read_with_and_without_its_mark(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = decode(mark + SPANISH.encode(encoding))
    assert (found.text, found.sure) == (SPANISH, True)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (SPANISH.encode("windows-1252"), "ISO-8859-1"),
        (b"<meta charset=windows-1252>" + SPANISH.encode("windows-1252"), None),
        (b"<?xml version='1.0' encoding='iso-8859-15'?>" + SPANISH.encode("iso-8859-15"), None),
        (b"<meta charset=windows-1251>" + SPANISH.encode("windows-1252"), "windows-1252"),
        (b"<meta charset=ascii>" + SPANISH.encode("utf-8"), "koi8-r"),
    ],
    ids=[
        "the server's word",
        "the page's word",
        "the prolog's word",
        "the server goes before the page",
        "UTF-8 shows itself",
    ],
)
def test_what_is_said_of_the_encoding_is_believed_unless_the_bytes_contradict_it(
    data: bytes, charset: str | None
) -> None:
    found = decode(data, charset=charset)
    assert SPANISH in found.text
    assert found.sure


def test_an_encoding_that_the_bytes_contradict_is_not_believed() -> None:
    assert SPANISH in decode(b"<meta charset=utf-8>" + SPANISH.encode("windows-1252")).text


def test_bytes_without_a_word_are_guessed() -> None:
    russian = "Мэр города заявил, что в ночь на воскресенье в порту были слышны взрывы, сообщает агентство."
    assert decode(russian.encode("windows-1251")).text == russian


def test_a_broken_character_does_not_turn_utf8_into_something_else() -> None:
    data = (SPANISH * 3).encode("utf-8")
    assert decode(data[:-1] + b"\xc3").text.startswith(SPANISH)
    assert decode(data.replace("ó".encode(), b"\xc3", 1)).text.endswith(SPANISH)


def test_japanese_mail_is_told_by_its_escapes() -> None:
    assert decode("港町で雨が降った。".encode("iso2022_jp")).text == "港町で雨が降った。"


@pytest.mark.parametrize("charset", ["utf-7", "idna", "no-such", "unicode_escape", "", "base64", "\0"])
def test_a_name_that_is_no_encoding_of_texts_is_passed_over(charset: str) -> None:
    assert decode(SPANISH.encode("utf-8"), charset=charset).text == SPANISH
    assert decode(SPANISH.encode("windows-1252"), charset=charset).text == SPANISH
