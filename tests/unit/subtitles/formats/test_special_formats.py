"""What each of the younger formats does that the others do not."""

import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given, settings
from subtitle_documents import document, document_with_track, documents, subtitle, track_of

from subtitles.cues import Position
from subtitles.formats.document import InvalidDocumentError, LossKind, SubtitleDocument, document_of
from subtitles.formats.losses import losses
from subtitles.formats.malformed import MalformedSubtitleError, UnwritableSubtitleError
from subtitles.formats.registry import FORMATS
from subtitles.formats.retiming import MovedBeforeZeroError, retimed, with_language, with_rows
from subtitles.formats.verifying import encode_verified
from subtitles.language import LanguageTag
from subtitles.span import Span

TTML, SCC, ASS, JSON, TXT = (FORMATS[name] for name in ("ttml", "scc", "ass", "json", "txt"))
NTSC_FILM = Fraction(24000, 1001)


def kinds(form, written: SubtitleDocument) -> set[LossKind]:
    return {loss.kind for loss in losses(form, written)}


class TestTtml:
    def test_times_are_whole_frames_of_the_pictures_rate(self) -> None:
        written = SubtitleDocument(subtitles=(subtitle("x", 1001, 2002),), frame_rate=NTSC_FILM)
        text = encode_verified(TTML, written)
        assert 'frameRate="24" ttp:frameRateMultiplier="1000 1001"' in text
        assert 'begin="24f" end="48f"' in text
        assert losses(TTML, written) == ()
        off = SubtitleDocument(subtitles=(subtitle("x", 1010, 2002),), frame_rate=NTSC_FILM)
        assert "up to 9 ms" in str(losses(TTML, off)[0])

    def test_it_is_imsc_text_in_the_right_direction(self) -> None:
        text = TTML.encode(document(subtitle("مرحبا"), language="ar", title="<T>"))
        assert "http://www.w3.org/ns/ttml/profile/imsc1.1/text" in text
        assert 'xml:lang="ar"' in text
        assert 'tts:direction="rtl"' in text
        assert "tts:direction" not in TTML.encode(document(subtitle("Hi"), language="en"))
        ET.fromstring(text)

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            (
                '<body><div begin="10s"><p begin="1s" dur="500ms">a<br/>b</p></div></body>',
                subtitle("a\nb", 11_000, 11_500),
            ),
            (
                '<body><div><p begin="00:00:01:12" end="2s"> a  <span>b</span> </p></div></body>',
                subtitle("a b", 1480, 2000),
            ),
            (
                (
                    '<head><styling><style xml:id="s" tts:fontStyle="italic"/></styling></head>'
                    '<body><div><p begin="1s" end="2s" style="s">a'
                    '<span tts:fontStyle="normal">b</span></p></div></body>'
                ),
                subtitle("<i>a</i>b"),
            ),
            (
                (
                    '<head><layout><region xml:id="r" tts:origin="10% 5%" tts:extent="80% 20%"/>'
                    '</layout></head><body region="r">'
                    '<div><p begin="1s" end="2s">a</p></div></body>'
                ),
                subtitle("a", position=Position.TOP),
            ),
            (
                (
                    '<body timeContainer="seq"><div timeContainer="seq"><p dur="1s"/>'
                    '<p dur="1s">a</p></div></body>'
                ),
                subtitle("a"),
            ),
        ],
    )
    def test_documents_of_others_are_read(self, body: str, found: object) -> None:
        text = (
            '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
            'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" xml:lang="en">'
            f"{body}</tt>"
        )
        assert TTML.decode(text).document.subtitles == (found,)


class TestAss:
    @pytest.mark.parametrize(
        ("text", "rows", "position"),
        [
            (r"a\Nb\hc\nd", ("a", "b\u00a0c d"), Position.BOTTOM),
            (r"{\i1}a{\i0} b{\b700}c", ("<i>a</i> b<b>c</b>",), Position.BOTTOM),
            (r"{\an8\fs20}a{\r}b", ("ab",), Position.TOP),
            (r"{\p1}m 0 0 l 1 1{\p0}a", ("a",), Position.BOTTOM),
            (r"{comment}a\{b\}", ("a{b}",), Position.BOTTOM),
        ],
    )
    def test_codes_of_others_are_read(self, text: str, rows: object, position: Position) -> None:
        whole = ASS.encode(document(subtitle("XX"))).replace("XX", text)
        (found,) = ASS.decode(whole).document.subtitles
        assert (found.lines, found.position) == (rows, position)

    def test_a_style_may_be_italic_or_at_the_top(self) -> None:
        whole = ASS.encode(document(subtitle("a")))
        style = next(line for line in whole.splitlines() if line.startswith("Style:"))
        fields = style.split(",")
        fields[8], fields[18] = "-1", "8"
        (found,) = ASS.decode(whole.replace(style, ",".join(fields))).document.subtitles
        assert (found.lines, found.position) == (("<i>a</i>",), Position.TOP)

    def test_a_code_in_the_text_stays_text_and_hundredths_are_told(self) -> None:
        written = document(subtitle("{\\an8}{\\pos(0,0)}\\N{", 1004, 2006))
        text = encode_verified(ASS, written)
        assert text.splitlines()[-1].count("{") == text.splitlines()[-1].count("\\{")
        assert [str(one) for one in losses(ASS, written)] == [
            "times (1 subtitle, first 1): times move by up to 4 ms"
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0",
            "Dialogue: 0,0:00:01,0:00:02,Default,,0,0,0,,x",
            "Dialogue: 0,0:61:01.00,0:62:02.00,Default,,0,0,0,,x",
            "Format: Start, End, Text",
            "stray",
        ],
    )
    def test_a_line_pysubs2_would_misread_is_refused_with_its_number(self, line: str) -> None:
        whole = ASS.encode(document(subtitle("a")))
        with pytest.raises(MalformedSubtitleError) as caught:
            ASS.decode(f"{whole}{line}\n")
        assert caught.value.line == whole.count("\n") + 1


class TestScc:
    def test_a_caption_comes_later_when_its_words_need_the_time_and_that_is_told(self) -> None:
        written = document(subtitle("Hello there, my friend.", 100, 3000))
        (carried,) = SCC.carried(written).subtitles
        assert carried.span.start_ms > 400
        assert LossKind.TIMES in kinds(SCC, written)

    def test_captions_that_follow_closely_are_all_kept(self) -> None:
        """ttconv's own writer leaves some of these out."""
        text = "A rather long sentence, in two\nfull rows of about thirty each"
        written = document(*(subtitle(text, n * 2000, n * 2000 + 1999) for n in range(1, 30)))
        assert len(SCC.decode(encode_verified(SCC, written)).document.subtitles) == 29

    def test_what_cannot_be_sent_in_time_is_refused(self) -> None:
        written = document(
            *(subtitle("Many words at once", n * 300, n * 300 + 299) for n in (5, 6))
        )
        with pytest.raises(UnwritableSubtitleError, match="two characters a frame"):
            SCC.encode(written)

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Straße – “Œuvre”…", "Straße - “OEuvre”..."),
            ("ŐŰ łódź", "OU lódz"),
            ("<i>whole row</i>", "<i>whole row</i>"),
            ("a <i>word</i>", "a word"),
            ("<b>bold</b>", "bold"),
            ("x" * 20 + " " + "y" * 20, "x" * 20 + "\n" + "y" * 20),
            ("♪ la ♪♪ ñ ¿qué? —", "♪ la ♪♪ ñ ¿qué? —"),
        ],
    )
    def test_text_becomes_what_line_21_has(self, text: str, shown: str) -> None:
        (read,) = SCC.decode(SCC.encode(document(subtitle(text, 9000, 12_000)))).document.subtitles
        assert "\n".join(read.lines) == shown

    @pytest.mark.parametrize(
        ("text", "why"),
        [("日本", "no character"), ("word " * 40, "rows of 32"), ("\u200b", "no text")],
    )
    def test_what_line_21_has_no_way_to_show_is_refused(self, text: str, why: str) -> None:
        with pytest.raises(UnwritableSubtitleError, match=why):
            SCC.encode(document(subtitle(text, 9000, 12_000)))

    @pytest.mark.parametrize("line", ["00:00:01;00 9420", "00:00:01;00\t94", "hello"])
    def test_a_line_that_is_none_is_refused_with_its_number(self, line: str) -> None:
        with pytest.raises(MalformedSubtitleError) as caught:
            SCC.decode(f"Scenarist_SCC V1.0\n\n{line}\n")
        assert caught.value.line == 3


class TestJson:
    def test_a_track_with_everything_a_track_can_know_comes_back_whole(self) -> None:
        written = document_with_track(subtitle("One"), subtitle("Two", 3000, 4000, Position.TOP))
        assert losses(JSON, written) == ()
        assert JSON.decode(encode_verified(JSON, written)).document == written
        for other in ("srt", "vtt", "ttml", "ass"):
            assert LossKind.MODEL in kinds(FORMATS[other], written)

    def test_a_wrong_value_is_refused_with_the_line_of_its_cue(self) -> None:
        text = JSON.encode(document_with_track(subtitle("One"), subtitle("Two", 3000, 4000)))
        with pytest.raises(MalformedSubtitleError, match=r"cues\[1\].kind") as caught:
            JSON.decode("shouting".join(text.rsplit("lyrics", 1)))
        assert '"Two"' in text.splitlines()[caught.value.line - 1]

    def test_cues_that_overlap_are_no_track(self) -> None:
        text = JSON.encode(document_with_track(subtitle("One"), subtitle("Two", 3000, 4000)))
        with pytest.raises(MalformedSubtitleError, match="starts before"):
            JSON.decode(text.replace('"end_ms": 2000}, "lines"', '"end_ms": 3500}, "lines"', 1))

    def test_a_document_is_its_track(self) -> None:
        track = track_of([subtitle("One")])
        with pytest.raises(InvalidDocumentError, match="other cues"):
            SubtitleDocument(subtitles=(subtitle("Two"),), track=track)
        assert document_of(track).language == "en"


def test_a_transcript_is_a_line_a_subtitle() -> None:
    written = document(subtitle("One <i>and</i>\ntwo."), subtitle("Three.", 3000, 4000))
    assert TXT.encode(written) == "One and two.\nThree.\n"
    assert TXT.encode(document(subtitle("一つ\n二つ"), language="ja")) == "一つ二つ\n"
    assert LossKind.TIMES in kinds(TXT, written)


class TestChangingWholeDocuments:
    def test_times_are_stretched_and_moved_with_speech_and_moves(self) -> None:
        written = document_with_track(subtitle("One", 1000, 2000))
        fast = retimed(written, offset_ms=500, speed=Fraction(25) / NTSC_FILM)
        assert fast.subtitles[0].span == Span(1459, 2418)
        (cue,) = fast.track.cues
        assert cue.span == Span(1459, 2418)
        assert cue.speech == Span(1459, 2419)
        assert cue.moves[0].to_ms == 2418

    def test_nothing_moves_before_zero(self) -> None:
        with pytest.raises(MovedBeforeZeroError, match="subtitle 1 would start at -1000 ms"):
            retimed(document(subtitle("x")), offset_ms=-2000)

    @settings(max_examples=10)
    @given(written=documents())
    def test_there_and_back_is_where_it_was(self, written: SubtitleDocument) -> None:
        assert retimed(written) is written
        assert retimed(retimed(written, offset_ms=77), offset_ms=-77) == written

    def test_rows_and_language_change_in_the_track_too(self) -> None:
        written = document_with_track(subtitle("One"))
        changed = with_language(with_rows(written, [("Um",)]), LanguageTag("pt"))
        assert changed.track.language == "pt"
        assert changed.track.cues[0].lines == ("Um",)
