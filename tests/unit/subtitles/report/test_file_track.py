"""A file's content as a track: overlaps stay for the checks, sources are found by time."""

from hypothesis import given
from hypothesis import strategies as st
from timed_text import cue, language, profile, subtitles, track

from subtitles.checks.track import check_track
from subtitles.cues import Subtitle, subtitles_of
from subtitles.formats.document import SubtitleDocument, document_of
from subtitles.picture import NO_PICTURE
from subtitles.report.file_track import rendering, track_of
from subtitles.span import Span

EN = language("en")


def test_overlaps_and_disorder_are_found_and_not_refused() -> None:
    document = SubtitleDocument(
        subtitles=(
            Subtitle(Span(5000, 8000), ("Second.",)),
            Subtitle(Span(1000, 3000), ("First.",)),
            Subtitle(Span(2000, 4000), ("At once.",)),
        )
    )
    found = check_track(track_of(document, EN, "SRT"), profile("en"), picture=NO_PICTURE)
    assert {"out-of-order", "overlap"} <= {one.rule for one in found}


@given(st.lists(subtitles(), max_size=8))
def test_every_subtitle_becomes_a_cue_of_its_own(found: list[Subtitle]) -> None:
    made = track_of(SubtitleDocument(subtitles=tuple(found)), EN, "SRT")
    assert subtitles_of(made) == tuple(found)
    assert len({one.cue_id for one in made.cues}) == len(found)
    check_track(made, profile("en"), picture=NO_PICTURE)


def test_a_track_of_our_own_stays_what_it_is_but_for_its_language() -> None:
    own = track([cue("Um.", source_cue_ids=("s1",))], "pt")
    assert track_of(document_of(own), language("pt-BR"), "JSON").cues == own.cues


def test_cues_render_what_is_said_at_the_same_time() -> None:
    source = track(
        [
            cue("One", 1000, 2000, cue_id="s1"),
            cue("and two.", 2100, 3000, cue_id="s2"),
            cue("Three.", 5000, 9000, cue_id="s3"),
            cue("Nobody renders this.", 20_000, 21_000, cue_id="s4"),
        ]
    )
    target = track(
        [
            cue("Um e dois.", 1050, 2950, cue_id="t1"),
            cue("Três,", 5000, 6900, cue_id="t2"),
            cue("três.", 7000, 8900, cue_id="t3"),
            cue("Música.", 30_000, 31_000, cue_id="t4"),
        ],
        "pt",
    )
    made = rendering(target, source)
    assert [one.source_cue_ids for one in made.cues] == [("s1", "s2"), ("s3",), ("s3",), ()]


def test_a_source_cue_that_shares_half_with_nobody_goes_where_it_shares_most() -> None:
    source = track([cue("Long.", 0, 10_000, cue_id="s1")])
    target = track(
        [cue("A.", 8000, 20_000, cue_id="t1"), cue("B.", 21_000, 30_000, cue_id="t2")], "pt"
    )
    assert [one.source_cue_ids for one in rendering(target, source).cues] == [("s1",), ()]


def test_named_sources_are_not_guessed_again() -> None:
    source = track([cue("One.", 1000, 2000, cue_id="s1"), cue("Two.", 3000, 4000, cue_id="s2")])
    named = track([cue("Dois.", 1000, 2000, cue_id="t1", source_cue_ids=("s2",))], "pt")
    assert rendering(named, source) is named
