"""Repair: every fault with one sensible remedy is mended and listed, with its line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from subtitle_documents import document, documents, subtitle

from subtitles.cues import Subtitle
from subtitles.formats.loose_times import loose_times
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.registry import FORMATS
from subtitles.span import gap_ms

SRT, VTT = FORMATS["srt"], FORMATS["vtt"]
GOOD = "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n"
READ = (subtitle("One"), subtitle("Two", 3000, 4000))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (GOOD.replace("\n2\n", "\n7\n"), ["line 5: a wrong number: '7' -> '2'"]),
        (GOOD.replace("\n2\n", "\n"), ["line 5: a missing number: '' -> '2'"]),
        (GOOD.replace("1\n", "", 1), ["line 1: a missing number: '' -> '1'"]),
        (GOOD.replace("One\n\n", "One\n"), []),
        (GOOD.replace("One\n\n2\n", "One\n"), ["line 4: a missing number: '' -> '2'"]),
        (GOOD.replace("2\n00", "2\n\n00"), []),
        (GOOD.replace("01,000", "01;000"), ["line 2: times written otherwise"]),
        (GOOD.replace("-->", "->"), ["line 2: times", "line 6: times"]),
        (GOOD.replace("-->", "—>"), ["line 2: times", "line 6: times"]),
        (GOOD.replace("00:00:01,000 -->", "00:01,000 -->"), ["line 2: times written otherwise"]),
        (GOOD.replace("00:00:01,000 -->", "00:00:01 -->"), ["line 2: times written otherwise"]),
        (GOOD.replace("01,000 -->", "01,0 -->"), ["line 2: times written otherwise"]),
        (GOOD.replace("02,000\n", "02,000 X1:10 X2:20\n"), ["line 2: text behind the times"]),
        (
            GOOD.replace("00:00:01,000 --> 00:00:02", "00:00:02,000 --> 00:00:01"),
            ["line 2: start and end are swapped: '2000 ms to 1000 ms' -> '1000 ms to 2000 ms'"],
        ),
        (GOOD.replace("02,000\n", "09,000\n"), ["line 2: it overlaps the next subtitle"]),
        (GOOD.replace("One\n", "One\n\n\n"), []),
        ("Made by me\n\n" + GOOD, ["line 1: text outside any subtitle"]),
        (GOOD.replace("One", "O\0ne"), ["line 3: NUL characters are left out"]),
        (
            GOOD + "\n3\n00:00:05,000 --> 00:00:06,000\n\n",
            ["line 9: a subtitle without text is left out"],
        ),
    ],
)
def test_a_fault_of_srt_is_mended_and_told(fault: str, told: list[str]) -> None:
    decoded = SRT.decode(fault, repair=True)
    repairs = [str(one) for one in decoded.repairs]
    assert [one[: len(start)] for one, start in zip(repairs, told, strict=True)] == told
    found = decoded.document.subtitles
    assert [one.lines for one in found] == [one.lines for one in READ]
    assert found[0].span.start_ms == 1000
    assert gap_ms(found[0].span, found[1].span) >= 0
    assert SRT.decode(SRT.encode(decoded.document)).document == decoded.document


@pytest.mark.parametrize("form", [SRT, VTT], ids=["srt", "vtt"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=documents(max_size=4))
def test_a_sound_file_needs_no_repair(form, written) -> None:
    text = form.encode(written)
    if written.subtitles:
        decoded = form.decode(text, repair=True)
        assert decoded.document == form.decode(text).document
        assert decoded.repairs == ()


def test_a_blank_line_inside_a_subtitle_keeps_its_rows_together() -> None:
    decoded = SRT.decode(GOOD.replace("One", "One\n\nmore"), repair=True)
    assert decoded.document.subtitles[0].lines == ("One", "more")
    assert str(decoded.repairs[0]).startswith("line 4: a blank line inside a subtitle")


def test_a_number_that_is_text_stays_text() -> None:
    for text in ("40", "40\n41"):
        decoded = SRT.decode(GOOD.replace("One", text), repair=True)
        assert decoded.document.subtitles[0].lines == tuple(text.split("\n"))


def test_subtitles_out_of_order_are_sorted_and_twins_become_one() -> None:
    first, second = GOOD.split("\n\n")
    decoded = SRT.decode(f"{second}\n\n{first}\n\n{first.replace('One', 'And')}\n", repair=True)
    assert decoded.document.subtitles == (subtitle("One\nAnd"), subtitle("Two", 3000, 4000))
    whats = {one.what for one in decoded.repairs}
    assert "it stood out of order" in whats
    assert any("the two become one" in what for what in whats)


def test_a_subtitle_without_time_is_shown_as_short_as_guides_allow() -> None:
    text = GOOD.replace("04,000", "03,000").replace("02,000", "01,000")
    found = SRT.decode(text, repair=True).document.subtitles
    assert [one.span.duration_ms for one in found] == [833, 833]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("00:01.000 --> 00:02.000\nOne\n", "a missing header"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nOne\n", "times written otherwise"),
        ("WEBVTT\n\n00:01.000-->00:02.000\nOne\n", "times written otherwise"),
        ("WEBVTT\n\nname\n00:01.000 --> 00:02.000\nOne\n", "taken for a name"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nNOTE\nthis\n", ""),
        ("WEBVTT - x\n00:01.000 --> 00:02.000\nOne\n", ""),
    ],
)
def test_a_fault_of_vtt_is_mended(fault: str, told: str) -> None:
    decoded = VTT.decode(fault, repair=True)
    assert decoded.document.subtitles == (subtitle("One"),)
    assert any(told in str(one) for one in decoded.repairs) if told else not decoded.repairs


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("00:00:01,000 --> 00:00:02,500", (1000, 2500, "")),
        ("1:02,5 -> 1:03", (62_500, 63_000, "")),
        ("0:0:1.25-->0:0:2.5", (1250, 2500, "")),
        ("00:00:01:000 --> 00:00:02:000", (1000, 2000, "")),
        ("00:61:01,000 ==> 00:62:00,000", (3_661_000, 3_720_000, "")),
        ("10,5 → 11", None),
        ("00:00:01:12 --> 00:00:02:12", None),
        ("I said --> him", None),
        ("5 --> 6", None),
        ("00:00:01,000", None),
        ("", None),
    ],
)
def test_times_are_understood_or_not(line: str, times: object) -> None:
    assert loose_times(line) == times


@given(st.text("0123456789:.,;->→ ", max_size=400))
def test_any_line_is_times_or_none(line: str) -> None:
    found = loose_times(line)
    assert found is None or min(found[:2]) >= 0


@pytest.mark.parametrize("form", [SRT, VTT], ids=["srt", "vtt"])
def test_a_text_without_any_times_is_beyond_repair(form) -> None:
    with pytest.raises(MalformedSubtitleError, match="no line with times"):
        form.decode("Once upon a time\n\nthere was\n", repair=True)
    with pytest.raises(MalformedSubtitleError, match="nothing to repair"):
        form.decode("word\n" * 10_000_000, repair=True)


def test_ass_events_without_text_or_in_disorder_are_mended() -> None:
    good = FORMATS["ass"].encode(document(*READ))
    line = "Dialogue: 0,0:00:05.00,0:00:04.00,Default,,0,0,0,,Three\nDialogue: nonsense\n"
    decoded = FORMATS["ass"].decode(good + line, repair=True)
    assert decoded.document.subtitles == (*READ, subtitle("Three", 4000, 5000))
    assert len(decoded.repairs) == 2
    with pytest.raises(MalformedSubtitleError, match="expected an event"):
        FORMATS["ass"].decode(good + line)


def test_ttml_paragraphs_of_no_duration_are_left_out_only_as_a_repair() -> None:
    good = FORMATS["ttml"].encode(document(*READ))
    fault = good.replace('begin="00:00:03.000" end="00:00:04.000"', 'begin="3s" end="3s"')
    with pytest.raises(MalformedSubtitleError, match="no time at all"):
        FORMATS["ttml"].decode(fault)
    decoded = FORMATS["ttml"].decode(fault, repair=True)
    assert decoded.document.subtitles == READ[:1]
    assert "Two" in str(decoded.repairs[0])


def test_a_last_caption_that_never_ends_is_shown_for_three_seconds_after_repair() -> None:
    text = FORMATS["scc"].encode(document(subtitle("Hello there", 5000, 9000)))
    endless = text[: text.rindex("00:00:0")]
    with pytest.raises(MalformedSubtitleError, match="takes the last caption away"):
        FORMATS["scc"].decode(endless)
    (found,) = FORMATS["scc"].decode(endless, repair=True).document.subtitles
    assert isinstance(found, Subtitle)
    assert found.span.duration_ms == 3000
