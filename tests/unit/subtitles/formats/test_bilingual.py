"""Two languages in one file: what stands with what, and nothing lost."""

from hypothesis import given, settings
from subtitle_documents import document, documents, subtitle, track_of

from subtitles.cues import Position
from subtitles.formats.bilingual import bilingual
from subtitles.formats.document import SubtitleDocument, document_of
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified


def rows_of(found: SubtitleDocument) -> list[tuple[str, ...]]:
    return [one.lines for one in found.subtitles]


def test_source_rows_stand_above_target_rows_at_the_targets_times() -> None:
    source = document(subtitle("Hello.", 900, 2100), subtitle("How are you?", 3000, 4000))
    target = document(subtitle("Olá.", 1000, 2000), subtitle("Como está?", 2900, 4100))
    merged = bilingual(source, target)
    assert rows_of(merged) == [("Hello.", "Olá."), ("How are you?", "Como está?")]
    assert [one.span for one in merged.subtitles] == [one.span for one in target.subtitles]


def test_one_source_over_two_targets_is_shown_with_both_and_two_over_one_together() -> None:
    target = document(subtitle("a", 0, 1000), subtitle("b", 1000, 2000), subtitle("c", 3000, 6000))
    source = document(
        subtitle("AB", 0, 2000), subtitle("C1", 3000, 4500), subtitle("C2", 4500, 6000)
    )
    assert rows_of(bilingual(source, target)) == [("AB", "a"), ("AB", "b"), ("C1", "C2", "c")]


def test_what_has_no_counterpart_stands_alone() -> None:
    source = document(subtitle("[music]", 0, 1000), subtitle("Hi.", 5000, 6000))
    target = document(subtitle("Oi.", 5000, 6000, Position.TOP), subtitle("Fim", 9000, 9500))
    merged = bilingual(source, target)
    assert rows_of(merged) == [("[music]",), ("Hi.", "Oi."), ("Fim",)]
    assert merged.subtitles[1].position is Position.TOP


def test_cue_ids_decide_over_times() -> None:
    source = document_of(track_of([subtitle("One", 0, 1000), subtitle("Two", 1000, 2000)]))
    target = document_of(track_of([subtitle("Um", 0, 1000), subtitle("Dois", 1000, 2000)]))
    assert rows_of(bilingual(source, target))[0] == ("One", "Um")


@settings(max_examples=20)
@given(source=documents(), target=documents())
def test_no_row_of_either_language_is_lost(
    source: SubtitleDocument, target: SubtitleDocument
) -> None:
    merged = bilingual(source, target)
    rows = [row for lines in rows_of(merged) for row in lines]
    for one in (*source.subtitles, *target.subtitles):
        assert set(one.lines) <= set(rows)
    assert {one.span for one in target.subtitles} <= {one.span for one in merged.subtitles}


def test_a_bilingual_file_is_held_by_srt_vtt_and_ass() -> None:
    source = document(subtitle("Hello <i>you</i>.", 900, 2100))
    merged = bilingual(source, document(subtitle("مرحبا.", 1000, 2000), language="ar"))
    for extension in ("srt", "vtt", "ass"):
        text = encode_verified(FORMATS[extension], merged)
        assert text.index("Hello") < text.index("مرحبا")
