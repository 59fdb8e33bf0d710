"""Any file: its encoding, its format, and clear refusals of what is neither."""

import pytest
from subtitle_documents import document, subtitle

from subtitles.errors import FormatError
from subtitles.formats.charset import decode_bytes
from subtitles.formats.document import Notes
from subtitles.formats.malformed import (
    OversizedFileError,
    UndecodableTextError,
    UnknownFormatError,
)
from subtitles.formats.reading import ReadingOptions, read_subtitles, require_sane_bytes
from subtitles.formats.registry import FORMATS
from subtitles.language import LanguageTag

SENTENCES = {
    "pl": ("cp1250", "Zażółć gęślą jaźń, wszystko się skończyło. Proszę, nie rób tego!"),
    "cs": ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy. Všechno nejlepší!"),
    "ru": ("cp1251", "Я не знаю, что сказать. Это было очень давно, никто не помнит."),
    "ar": ("cp1256", "لا أعرف ماذا أقول. كان ذلك منذ زمن بعيد ولا أحد يتذكر."),
    "ja": ("cp932", "何を言えばいいのか分からない。ずっと昔のことで、誰も覚えていない。"),
    "zh": ("gb18030", "我不知道该说什么。那是很久以前的事了，没有人记得。"),
    "zh-Hant": ("big5hkscs", "我不知道該說什麼。那是很久以前的事了，沒有人記得。"),
    "ko": ("cp949", "무슨 말을 해야 할지 모르겠어요. 아주 오래전 일이라 아무도 기억 못해요."),
    "fr": ("cp1252", "Je ne sais pas. C’était il y a très longtemps, à l’été… Ça va, Zoë ?"),
    "de": ("cp1252", "Ich weiß nicht, was ich sagen soll. Schöne Grüße an „Jürgen“!"),
    "es": ("cp1252", "No sé qué decir. Fue hace mucho. ¿Qué haría usted mañana, señor?"),
    "el": ("cp1253", "Δεν ξέρω τι να πω. Ήταν πριν από πολύ καιρό και κανείς δεν θυμάται."),
    "he": ("cp1255", "אני לא יודע מה להגיד. זה היה לפני הרבה זמן ואף אחד לא זוכר."),
    "tr": ("cp1254", "Ne diyeceğimi bilmiyorum. Çok uzun zaman önceydi, kimse hatırlamıyor."),
    "th": ("cp874", "ฉันไม่รู้จะพูดอะไร มันนานมากแล้ว และไม่มีใครจำได้"),
}


def srt_of(sentence: str) -> str:
    cues = [subtitle(sentence, 3000 * n, 3000 * n + 2000) for n in range(4)]
    return FORMATS["srt"].encode(document(*cues))


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_legacy_encoding_is_guessed_from_the_bytes_alone_and_with_the_language(tag: str) -> None:
    codec, sentence = SENTENCES[tag]
    text = srt_of(sentence)
    for language in (None, LanguageTag(tag)):
        found = decode_bytes(text.encode(codec), Notes(), language=language)
        assert found.text == text, found
        assert "guessed" in str(found)


@pytest.mark.parametrize(
    ("codec", "how"),
    [
        ("utf-8", "UTF-8 (valid throughout)"),
        ("utf-8-sig", "UTF-8 (byte order mark)"),
        ("utf-16", "UTF-16 (byte order mark)"),
        ("utf-32", "UTF-32 (byte order mark)"),
        ("utf-16-le", "UTF-16 little-endian (by its zero bytes)"),
        ("utf-16-be", "UTF-16 big-endian (by its zero bytes)"),
    ],
)
def test_unicode_is_certain(codec: str, how: str) -> None:
    text = srt_of("Zażółć gęślą")
    found = decode_bytes(text.encode(codec), Notes())
    assert found.text == text
    assert str(found) == how


def test_an_encoding_that_is_told_is_taken_and_must_fit() -> None:
    data = srt_of("Zażółć").encode("cp1250")
    assert decode_bytes(data, Notes(), encoding="cp1250").how == "as told"
    with pytest.raises(UndecodableTextError, match="line 3 is not text in UTF-8"):
        decode_bytes(data, Notes(), encoding="utf-8")
    for unknown in ("klingon", "base64", "\0", "idna-x"):
        with pytest.raises(UndecodableTextError):
            decode_bytes(data, Notes(), encoding=unknown)


def test_a_broken_byte_in_much_utf8_is_refused_with_its_line_or_replaced_and_told() -> None:
    data = srt_of("Zażółć gęślą jaźń").encode() + b"\n\n5\n00:01:00,000 --> 00:01:01,000\n\xff\n"
    with pytest.raises(UndecodableTextError, match="line 21"):
        decode_bytes(data, Notes())
    notes = Notes()
    assert "\ufffd" in decode_bytes(data, notes, repair=True).text
    assert notes.repairs[0].line == 21


@pytest.mark.parametrize("extension", [name for name in FORMATS if FORMATS[name].readable])
def test_the_format_is_seen_in_the_content_whatever_the_name(extension: str) -> None:
    form = FORMATS[extension]
    data = form.encode(document(subtitle("Hello there.", 5000, 9000))).encode()
    for name in ("", f"film.{extension}", "film", "film.bin"):
        read = read_subtitles(data, name)
        assert read.form is form
        assert read.remarks == ()
    (remark,) = read_subtitles(data, "film.txt").remarks
    assert str(remark) == f"line 1: named like transcript, but it is {form.name}"


def test_carriage_returns_alone_are_understood() -> None:
    data = FORMATS["srt"].encode(document(subtitle("One\nTwo"))).replace("\n", "\r").encode()
    assert read_subtitles(data).document.subtitles == (subtitle("One\nTwo"),)


@pytest.mark.parametrize("data", [b"Once upon a time", b"\x00\x01\x02\xff" * 50, b"<html></html>"])
def test_what_is_no_subtitle_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_subtitles(data, "story.doc")
    with pytest.raises(UnknownFormatError, match="use one of"):
        read_subtitles(b"Once upon a time", "story.doc")


def test_the_language_given_counts_when_the_file_names_none() -> None:
    options = ReadingOptions(language=LanguageTag("pl"))
    assert read_subtitles(srt_of("x").encode(), "", options).document.language == "pl"
    named = FORMATS["vtt"].encode(document(subtitle("x"), language="cs")).encode()
    assert read_subtitles(named, "", options).document.language == "cs"


def test_a_file_beyond_any_reason_is_not_read() -> None:
    require_sane_bytes(50_000_000)
    with pytest.raises(OversizedFileError, match="900 MB is no subtitle file"):
        require_sane_bytes(900_000_000)
