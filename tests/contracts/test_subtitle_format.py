"""What every `SubtitleFormat` promises, asked of every format and of the fake."""

import pickle
import time

import pytest
from fake_format import JsonLinesFormat
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from subtitle_documents import MARKUP, document, documents, latin_rows, subtitle
from timed_text import HOSTILE_TEXTS, any_text

from subtitles.cues import Position
from subtitles.errors import FormatError
from subtitles.formats.document import LossKind, SubtitleDocument
from subtitles.formats.losses import losses
from subtitles.formats.malformed import (
    MalformedSubtitleError,
    UnwritableSubtitleError,
    WriteOnlyFormatError,
)
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.registry import FORMATS
from subtitles.formats.styled import canonical_rows
from subtitles.formats.verifying import encode_verified, verify
from subtitles.plain_text import clean_rows

ALL = (*FORMATS.values(), JsonLinesFormat())
READABLE = [form for form in ALL if form.readable]
# Formats of lines between blank lines, where a lost line must be noticed.
BLOCKS = [form for form in READABLE if form.extension in {"srt", "vtt"}]
# Line 21 has no room for most texts; all other formats hold any.
HOLDS_ANY_TEXT = [form for form in READABLE if form.extension != "scc"]


def each(forms):
    return pytest.mark.parametrize("form", forms, ids=[form.extension for form in forms])


def same_form(test):
    """The formats keep no state, so one instance serves every example."""
    return settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])(
        test
    )


def seen(document: SubtitleDocument) -> tuple[object, ...]:
    """All that a viewer can tell of a document."""
    subtitles = [(one.span, one.position, canonical_rows(one.lines)) for one in document.subtitles]
    return (subtitles, document.language, document.title)


def assert_read_back(form: SubtitleFormat, written: SubtitleDocument) -> None:
    """What was written is what the format can carry, and that says no less than it must."""
    carried = form.carried(written)
    assert form.carried(carried) == carried
    text = form.encode(written)
    read = form.decode(text)
    assert read.document == carried
    assert read.repairs == ()
    assert len(carried.subtitles) == len(written.subtitles)
    if not losses(form, written):
        assert seen(carried) == seen(written)
    assert losses(form, carried) == ()
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert not text or text.endswith("\n")


@each(READABLE)
class TestReadableFormat:
    @same_form
    @given(written=documents())
    def test_what_is_written_is_read_back(
        self, form: SubtitleFormat, written: SubtitleDocument
    ) -> None:
        try:
            form.carried(written)
        except UnwritableSubtitleError:
            return
        assert_read_back(form, written)

    @same_form
    @given(written=documents(latin_rows(), min_gap_ms=4000, max_rows=4))
    def test_plain_latin_text_is_held_by_all(
        self, form: SubtitleFormat, written: SubtitleDocument
    ) -> None:
        assert_read_back(form, written)

    @pytest.mark.slow
    @pytest.mark.timeout(1800)
    @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_two_thousand_documents_are_read_back(
        self, form: SubtitleFormat, data: st.DataObject
    ) -> None:
        # Line 21 refuses nearly all texts of any kind: most of its share is text that it has.
        latin = documents(latin_rows(), min_gap_ms=3000, max_size=8)
        any_kind = documents(max_size=8)
        written = data.draw(st.one_of(latin, latin, any_kind) if form.name == "SCC" else any_kind)
        try:
            form.carried(written)
        except UnwritableSubtitleError:
            return
        assert_read_back(form, written)

    @same_form
    @given(written=documents(latin_rows(), max_size=3))
    def test_carriage_returns_a_byte_order_mark_and_a_missing_last_end_change_nothing(
        self, form: SubtitleFormat, written: SubtitleDocument
    ) -> None:
        try:
            text = form.encode(written)
        except UnwritableSubtitleError:
            return
        expected = form.carried(written)
        for other in (
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r"),
            f"\ufeff{text}",
            text.rstrip("\n"),
            f"{text}\n\n \n",
        ):
            assert form.decode(other).document == expected

    @same_form
    @given(text=any_text(200), repair=st.booleans())
    def test_any_text_is_read_or_refused_with_its_line(
        self, form: SubtitleFormat, text: str, repair: bool
    ) -> None:
        refused = None
        try:
            form.decode(text, repair=repair)
        except MalformedSubtitleError as error:
            refused = error
        if refused is not None:
            assert 1 <= refused.line <= text.count("\n") + text.count("\r") + 2
            assert str(pickle.loads(pickle.dumps(refused))) == str(refused)
            assert "\n" not in str(refused)

    def test_no_subtitles_make_a_valid_file(self, form: SubtitleFormat) -> None:
        assert_read_back(form, document())

    def test_a_film_may_be_long(self, form: SubtitleFormat) -> None:
        """Within what the format can count; beyond that it is refused, never clamped."""
        for hours in (5, 120, 1000):
            start = hours * 3_600_000
            written = document(subtitle("Still here.", start, start + 3000))
            if form.extension in {"ass", "scc"} and hours > 9:
                with pytest.raises(UnwritableSubtitleError, match="hours"):
                    form.encode(written)
            else:
                assert_read_back(form, written)

    def test_a_malformed_file_of_fifty_megabytes_is_refused_quickly(
        self, form: SubtitleFormat
    ) -> None:
        started = time.thread_time()
        for filler in ("x" * 52_000_000, "word\n" * 10_400_000):
            with pytest.raises(MalformedSubtitleError):
                form.decode(filler)
        assert time.thread_time() - started < 15

    def test_a_file_that_says_something_else_is_noticed(self, form: SubtitleFormat) -> None:
        written = document(subtitle("One."), subtitle("Two.", 9000, 11000))
        text = encode_verified(form, written)
        others = (
            document(subtitle("One."), subtitle("TWO.", 9000, 11000)),
            document(subtitle("One."), subtitle("Two.", 9500, 11000)),
            document(subtitle("One.")),
            document(*written.subtitles, subtitle("Three.", 19000, 21000)),
        )
        for other in others:
            with pytest.raises(FormatError, match="nothing was written"):
                verify(form, other, text)


@each(HOLDS_ANY_TEXT)
class TestFormatForAnyText:
    @pytest.mark.parametrize("text", [*HOSTILE_TEXTS, *MARKUP], ids=ascii)
    def test_known_attacks_are_plain_text(self, form: SubtitleFormat, text: str) -> None:
        behind = subtitle("behind", 3000, 4000)
        assert_read_back(form, document(subtitle(f"{text}\n{text}"), behind))
        assert form.carried(document(subtitle(text), behind)).subtitles[1] == behind

    @pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=ascii)
    def test_text_that_is_no_markup_of_ours_stays_to_the_letter(
        self, form: SubtitleFormat, text: str
    ) -> None:
        (carried,) = form.carried(document(subtitle(text))).subtitles
        assert carried.lines == (text,)

    @same_form
    @given(lines=st.lists(any_text(), min_size=1, max_size=4))
    def test_no_text_ends_its_subtitle_or_starts_another(
        self, form: SubtitleFormat, lines: list[str]
    ) -> None:
        written = document(
            subtitle("before", 0, 500),
            subtitle("\n".join(lines)),
            subtitle("behind", 3000, 4000),
        )
        if not any(clean_rows(line) for line in lines):
            with pytest.raises(UnwritableSubtitleError, match="subtitle 2"):
                form.encode(written)
            return
        try:
            form.carried(written)
        except UnwritableSubtitleError:  # nothing but tags
            return
        assert_read_back(form, written)

    def test_replaced_characters_are_told_with_the_number_of_the_subtitle(
        self, form: SubtitleFormat
    ) -> None:
        written = document(subtitle("fine"), subtitle("top\n\nbell\a!", 3000, 4000))
        (loss,) = [one for one in losses(form, written) if one.kind is LossKind.CHARACTERS]
        assert loss.numbers == (2,)
        assert "U+0007" in str(loss)


@each(ALL)
class TestAnyFormat:
    @pytest.mark.parametrize(
        "impossible",
        [
            SubtitleDocument(subtitles=(subtitle("fine"), subtitle("", 3000, 4000))),
            SubtitleDocument(subtitles=(subtitle("fine"), subtitle("\n \n", 3000, 4000))),
            SubtitleDocument(subtitles=(subtitle("fine"), subtitle("text", 3000, 3000))),
        ],
    )
    def test_a_subtitle_without_text_or_time_is_refused_by_its_number(
        self, form: SubtitleFormat, impossible: SubtitleDocument
    ) -> None:
        with pytest.raises(UnwritableSubtitleError, match="subtitle 2") as caught:
            form.encode(impossible)
        assert isinstance(caught.value, FormatError)

    def test_a_position_is_kept_or_told(self, form: SubtitleFormat) -> None:
        written = document(subtitle("top", position=Position.TOP))
        (carried,) = form.carried(written).subtitles
        told = LossKind.POSITION in {one.kind for one in losses(form, written)}
        assert (carried.position is Position.TOP) is not told

    def test_a_format_that_is_only_written_refuses_to_be_read(self, form: SubtitleFormat) -> None:
        if form.readable:
            assert form.decode(form.encode(document())).document.subtitles == ()
            return
        with pytest.raises(WriteOnlyFormatError, match="holds no times"):
            form.decode("text")
        assert encode_verified(form, document(subtitle("<i>text</i>"))) == "text\n"


@each(BLOCKS)
@same_form
@given(written=documents(max_size=4), data=st.data())
def test_a_file_with_a_line_missing_is_read_whole_or_refused(
    form: SubtitleFormat, written: SubtitleDocument, data: st.DataObject
) -> None:
    """Never fewer subtitles without a word."""
    try:
        carried = form.carried(written)
    except UnwritableSubtitleError:
        return
    assume(carried.subtitles)
    # Without its time line, a text that starts like this is a lawful WebVTT comment.
    starts = ("NOTE", "STYLE", "REGION")
    assume(not any(one.lines[0].startswith(starts) for one in carried.subtitles))
    lines = form.encode(written).splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 1))
    try:
        read = form.decode("".join(lines[:gone] + lines[gone + 1 :])).document
    except MalformedSubtitleError:
        return
    assert [one.span for one in read.subtitles] == [one.span for one in carried.subtitles]
