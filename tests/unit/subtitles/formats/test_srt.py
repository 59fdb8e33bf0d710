"""SRT: what is read, and where exactly a broken file is refused."""

import pysrt
import pytest
from subtitle_documents import document, subtitle

from subtitles.cues import Position, Subtitle
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.srt import SrtFormat
from subtitles.span import Span

SRT = SrtFormat()


def read(text: str) -> tuple[Subtitle, ...]:
    return SRT.decode(text).document.subtitles


def write(*subtitles: Subtitle) -> str:
    return SRT.encode(document(*subtitles))


GOOD = "1\n00:00:01,000 --> 00:00:02,500\nTop\nBottom\n"


def test_a_file_looks_as_players_expect() -> None:
    written = write(
        Subtitle(Span(1000, 2500), ("Top", "Bottom")), Subtitle(Span(3_723_004, 3_724_000), ("40",))
    )
    assert written == (
        "1\n00:00:01,000 --> 00:00:02,500\nTop\nBottom\n\n2\n01:02:03,004 --> 01:02:04,000\n40\n\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(",", "."),
        GOOD.replace("00:00:0", "0:00:0"),
        GOOD.replace(" --> ", "-->"),
        GOOD.replace("1\n", "7\n", 1),
        GOOD.replace("Top", "  Top \t"),
        "\n\n \n" + GOOD,
        "\ufeff" + GOOD,
        GOOD + "\n\n\n",
    ],
)
def test_usual_ways_to_write_it_are_read(text: str) -> None:
    assert read(text) == (Subtitle(Span(1000, 2500), ("Top", "Bottom")),)


def test_a_text_that_is_a_number_is_text() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n40\n\n2\n00:00:03,000 --> 00:00:04,000\n41\n42\n"
    assert [one.lines for one in read(text)] == [("40",), ("41", "42")]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \r\n\t\n"])
def test_a_file_without_blocks_has_no_subtitles(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("hello", 1, "cue number"),
        ("00:00:01,000 --> 00:00:02,000\nText", 1, "cue number"),
        (GOOD + "\nstray\n", 6, "cue number"),
        ("1", 2, "times"),
        ("1\nText", 2, "times"),
        ("1\n00:00:01 --> 00:00:02\nText", 2, "times"),
        ("1\n00:00:01,42 --> 00:00:02,000\nText", 2, "times"),
        ("1\n00:00:01,0000 --> 00:00:02,000\nText", 2, "times"),
        ("1\n00:61:01,000 --> 00:61:02,000\nText", 2, "times"),
        ("1\n-0:00:01,000 --> 00:00:02,000\nText", 2, "times"),
        ("1\n00:00:01,000 -> 00:00:02,000\nText", 2, "times"),
        ("1\n00:00:01,000 --> 00:00:02,000 X1:40 X2:60\nText", 2, "times"),
        ("1\n٠٠:00:01,000 --> 00:00:02,000\nText", 2, "times"),
        ("1\n00:00:01,000 --> 00:00:02,000", 1, "no text"),
        ("1\n00:00:03,000 --> 00:00:02,000\nText", 2, "ends before"),
        ("1\n00:00:02,000 --> 00:00:02,000\nText", 2, "no time at all"),
        (GOOD.rstrip("\n") + "\n" + GOOD.replace("1\n", "2\n", 1), 6, "blank line missing"),
        (GOOD + "\n\0", 6, "no text file"),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "long " * 3000, 3, "10000 characters"),
    ],
)
def test_a_broken_file_is_refused_at_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(MalformedSubtitleError, match=why) as caught:
        SRT.decode(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"SRT, line {line}: ")


def test_every_instant_of_a_minute_survives() -> None:
    written = tuple(Subtitle(Span(ms, ms + 1), ("x",)) for ms in range(0, 60_000, 37))
    assert read(write(*written)) == written


def test_an_arrow_in_the_text_is_no_time_line_to_a_player() -> None:
    encoded = write(Subtitle(Span(0, 1000), ("00:00:05,000 --> 00:00:06,000",)))
    assert encoded.count("-->") == 1


@pytest.mark.parametrize(
    ("coded", "text", "position", "told"),
    [
        ("{\\an8}Top", "Top", Position.TOP, ""),
        ("{\\an2}Low", "Low", Position.BOTTOM, ""),
        ("{\\an7}Left", "Left", Position.TOP, "an7"),
        ("{\\a6}Old", "Old", Position.BOTTOM, "a6"),
        ("{\\i1}x{\\i0}", "<i>x</i>", Position.BOTTOM, ""),
        ("{\\b1\\u1}x", "<b><u>x", Position.BOTTOM, ""),
        ("{\\pos(1,2)}x", "x", Position.BOTTOM, "pos"),
        ("{\u2060\\an8}x", "{\\an8}x", Position.BOTTOM, ""),
        ("{ \\an8}x", "{ \\an8}x", Position.BOTTOM, ""),
    ],
)
def test_the_codes_of_players_are_read(
    coded: str, text: str, position: Position, told: str
) -> None:
    decoded = SRT.decode(GOOD.replace("Top\nBottom", coded))
    assert decoded.document.subtitles == (subtitle(text, 1000, 2500, position),)
    assert [told in one.what for one in decoded.remarks] == ([True] if told else [])


def test_the_top_is_written_as_players_expect_and_text_never_is_a_code() -> None:
    written = write(subtitle("Up", position=Position.TOP), subtitle("{\\an8}text"))
    assert "\n{\\an8}Up\n" in written
    assert written.count("{\\an8}") == 1


def test_numbers_out_of_sequence_and_overlaps_are_remarked() -> None:
    text = GOOD.replace("1\n", "7\n", 1) + "\n8\n00:00:02,000 --> 00:00:03,000\nx\n"
    assert [str(one) for one in SRT.decode(text).remarks] == [
        "line 1: the numbers do not run from 1: 7 is no. 1",
        "line 7: it overlaps the subtitle above it",
    ]


@pytest.mark.parametrize("seen", [0, 2])
def test_a_block_that_pysrt_leaves_out_or_doubles_is_not_passed_over(
    seen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = pysrt.SubRipItem(1, 1000, 2000, "Text")
    monkeypatch.setattr(pysrt.SubRipFile, "stream", lambda *_, **__: iter([item] * seen))
    with pytest.raises(MalformedSubtitleError, match="pysrt does not see one cue"):
        SRT.decode(GOOD)
