"""Cues that are far too long are not translated, and stop nothing else."""

from timed_text import profile
from translate_fakes import ScriptedTranslator, greek, source_track

from subtitles.cues import subtitles_of
from subtitles.findings import Severity
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified
from subtitles.picture import NO_PICTURE
from translate.choosing.asking import MOST_CHARS_LONGER, MOST_TIMES_LONGER
from translate.overlong import MAX_CUE_CHARS
from translate.projection.projection import CONTINUATION
from translate.track import translate_track

PROSE = "The captain carries a letter. " * 400


def translated(source, translator):
    return translate_track(source, translator, profile=profile("pt-BR"), picture=NO_PICTURE)


def test_an_overlong_cue_shows_a_placeholder_with_an_error_that_tells_its_length():
    source = source_track("Come in.", PROSE[: MAX_CUE_CHARS + 1], "Go on.")
    translator = ScriptedTranslator()
    found = translated(source, translator)
    first, overlong, last = found.track.cues
    assert (first.text, overlong.text) == (greek("Come in."), CONTINUATION)
    assert last.text == greek("Go on.")
    (error,) = (one for one in found.warnings if one.severity is Severity.ERROR)
    assert (error.rule, error.measured, error.limit, error.cue_id) == (
        "too-long-to-translate",
        MAX_CUE_CHARS + 1,
        MAX_CUE_CHARS,
        overlong.cue_id,
    )
    assert translator.asked == [("Come in.", "Go on.")]


def test_a_cue_of_the_greatest_length_is_translated():
    found = translated(source_track(PROSE[:MAX_CUE_CHARS]), ScriptedTranslator())
    assert "too-long-to-translate" not in {one.rule for one in found.warnings}
    assert len(found.track.cues[0].text) > MAX_CUE_CHARS / 2


def test_a_track_of_nothing_else_is_no_failure_of_the_engine():
    found = translated(source_track(PROSE), ScriptedTranslator())
    assert [one.text for one in found.track.cues] == [CONTINUATION]


def test_what_an_engine_makes_of_the_longest_cues_can_always_be_written():
    said = ("The captain. " * 38, "A. " * 166, "a" * MAX_CUE_CHARS, f"{PROSE[:380]}and", "Yes.")
    raving = ScriptedTranslator(
        lambda text: ("ab " * 5_000)[: MOST_TIMES_LONGER * len(text) + MOST_CHARS_LONGER]
    )
    source = source_track(*said)
    found = translated(source, raving)
    document = SubtitleDocument(subtitles=subtitles_of(found.track), language=found.track.language)
    for name in ("srt", "vtt"):
        assert encode_verified(FORMATS[name], document)
