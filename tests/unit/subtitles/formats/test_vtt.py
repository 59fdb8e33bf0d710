"""WebVTT: what is written for browsers, what is read, and where a broken file is refused."""

import pytest
from subtitle_documents import document, subtitle

from subtitles.cues import Position, Subtitle
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.vtt import VttFormat
from subtitles.span import Span

VTT = VttFormat()
GOOD = "WEBVTT\n\n00:01.000 --> 00:02.500\nTop\nBottom\n"
READ = (Subtitle(Span(1000, 2500), ("Top", "Bottom")),)


def test_a_file_looks_as_browsers_expect() -> None:
    written = VTT.encode(
        document(
            Subtitle(Span(1000, 2500), ("Top", "Bottom")),
            Subtitle(Span(3_723_004, 3_724_000), ("40",)),
        )
    )
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nTop\nBottom\n\n"
        "01:02:03.004 --> 01:02:04.000\n40\n"
    )
    assert VTT.encode(document()) == "WEBVTT\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a & b", "a &amp; b"),
        ("<script>", "&lt;script&gt;"),
        ("<i>kept</i>", "<i>kept</i>"),
        ("<b>x</b><u>y</u>", "<b>x</b><u>y</u>"),
        ("<i onclick=x>", "&lt;i onclick=x&gt;"),
        ("<I>x</I>", "<i>x</i>"),
        ("<i>x", "<i>x</i>"),
        ("<font color=red>x</font>", "x"),
        ("-->", "--&gt;"),
        ("&lt;", "&amp;lt;"),
        ('"quoted"', '"quoted"'),
    ],
)
def test_only_three_tags_pass_unescaped(text: str, escaped: str) -> None:
    assert VTT.encode(document(subtitle(text))).splitlines()[-1] == escaped


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("WEBVTT", "WEBVTT - a title"),
        GOOD.replace("WEBVTT", "WEBVTT\nKind: captions\nLanguage: en"),
        GOOD.replace("00:01", "00:00:01"),
        GOOD.replace("00:01.000", "intro\n00:01.000"),
        GOOD.replace("00:01.000", "NOTE\nseveral\nlines\n\n00:01.000"),
        GOOD.replace("00:01.000", "NOTE on one line\n\n1\n00:01.000"),
        GOOD.replace("\n00:01.000", "\n\n\n00:01.000"),
    ],
)
def test_usual_ways_to_write_it_are_read(text: str) -> None:
    decoded = VTT.decode(text)
    assert decoded.document.subtitles == READ
    assert decoded.remarks == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD.replace("02.500", "02.500 align:start position:10%"), "line 3: cue settings"),
        (GOOD.replace("Top", "<v Anne>Top</v>"), "line 3: tags"),
        (GOOD.replace("Top", "T<00:01.500><c.red>op</c>"), "line 3: tags"),
        (GOOD.replace("00:01", "STYLE\n::cue { color: red }\n\n00:01"), "line 3: a STYLE block"),
        (GOOD.replace("00:01", "REGION\nid:x\n\n00:01"), "line 3: a REGION block"),
    ],
)
def test_what_cannot_be_kept_is_left_out_with_a_remark(text: str, told: str) -> None:
    decoded = VTT.decode(text)
    assert decoded.document.subtitles == READ
    assert [str(one)[: len(told)] for one in decoded.remarks] == [told]


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        ("&lt;b&amp;c&gt;", "<b&c>"),
        ("&lt;i&gt;x", "<\u2060i>x"),
        ("&amp;lt;", "&lt;"),
        ("caf&eacute;", "café"),
        ("&#x41;&#66;", "AB"),
        ("a&#10;b", "a b"),
        ("<i>x</i>", "<i>x</i>"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_coded_characters_are_read(coded: str, plain: str) -> None:
    (read,) = VTT.decode(GOOD.replace("Top\nBottom", coded)).document.subtitles
    assert read.lines == (plain,)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "WEBVTT"),
        ("\n" + GOOD, 1, "WEBVTT"),
        ("WEBVTTX\n", 1, "WEBVTT"),
        ("webvtt\n", 1, "WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nText", 2, "blank line after the header"),
        ("WEBVTT\n\nonly a name", 4, "times"),
        ("WEBVTT\n\nname\nText", 4, "times"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nText", 3, "times"),
        ("WEBVTT\n\n00:01.000-->00:02.000\nText", 3, "times"),
        ("WEBVTT\n\n1:00:01.000 --> 1:00:02.000\nText", 3, "times"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nText", 3, "times"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nText", 3, "ends before"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nText", 3, "no time at all"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", 3, "no text"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n&nbsp;", 3, "no text"),
        (GOOD + "00:03.000 --> 00:04.000\nmore", 6, "blank line missing"),
        ("WEBVTT\n\nNOTE 00:01.000 --> 00:02.000\nText", 3, "times"),
    ],
)
def test_a_broken_file_is_refused_at_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(MalformedSubtitleError, match=why) as caught:
        VTT.decode(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("setting", "position", "told"),
    [
        ("line:0", Position.TOP, False),
        ("line:auto", Position.BOTTOM, False),
        ("line:10%", Position.TOP, True),
        ("line:85%", Position.BOTTOM, True),
        ("line:-1", Position.BOTTOM, True),
        ("line:14", Position.BOTTOM, True),
        ("align:center", Position.BOTTOM, True),
    ],
)
def test_the_line_setting_is_the_position(setting: str, position: Position, told: bool) -> None:
    decoded = VTT.decode(GOOD.replace("02.500", f"02.500 {setting}"))
    assert decoded.document.subtitles[0].position is position
    assert bool(decoded.remarks) is told


def test_title_and_language_stand_in_the_header() -> None:
    written = document(subtitle("x", position=Position.TOP), language="pt-BR", title="A --> B\n\nC")
    text = VTT.encode(written)
    assert text.startswith(
        "WEBVTT - A → B C\nLanguage: pt-BR\n\n00:00:01.000 --> 00:00:02.000 line:0\n"
    )
    decoded = VTT.decode(GOOD.replace("WEBVTT", "WEBVTT\nLanguage: klingon"))
    assert decoded.document.language is None
    assert "klingon" in decoded.remarks[0].what
