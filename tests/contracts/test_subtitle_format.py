"""What every `SubtitleFormat` promises, asked of every format and of the fake."""

import logging
import pickle
import time

import pytest
from fake_format import JsonLinesFormat
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from timed_text import HOSTILE_TEXTS, any_text, subtitles

from subtitles.cues import Subtitle
from subtitles.errors import FormatError
from subtitles.formats.malformed import MalformedSubtitleError, UnwritableSubtitleError
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.registry import FORMATS
from subtitles.plain_text import clean_rows
from subtitles.span import Span

SECOND = Span(1000, 2000)


@pytest.fixture(params=[*FORMATS.values(), JsonLinesFormat()], ids=lambda made: made.extension)
def fmt(request: pytest.FixtureRequest) -> SubtitleFormat:
    return request.param


def same_fixture(test):
    """The formats keep no state, so one instance serves every example."""
    return settings(suppress_health_check=[HealthCheck.function_scoped_fixture])(test)


class TestSubtitleFormat:
    @same_fixture
    @given(written=st.lists(subtitles(), max_size=6).map(tuple))
    def test_what_is_written_is_read_back(
        self, fmt: SubtitleFormat, written: tuple[Subtitle, ...]
    ) -> None:
        assert fmt.decode(fmt.encode(written)) == written

    @same_fixture
    @given(written=st.lists(subtitles(), max_size=3).map(tuple))
    def test_a_file_is_utf8_with_lf_ends_and_no_byte_order_mark(
        self, fmt: SubtitleFormat, written: tuple[Subtitle, ...]
    ) -> None:
        text = fmt.encode(written)
        assert text.encode("utf-8").decode("utf-8") == text
        assert "\r" not in text
        assert not text.startswith("\ufeff")
        assert not text or text.endswith("\n")

    @same_fixture
    @given(written=st.lists(subtitles(), max_size=3).map(tuple))
    def test_carriage_returns_a_byte_order_mark_and_a_missing_last_end_change_nothing(
        self, fmt: SubtitleFormat, written: tuple[Subtitle, ...]
    ) -> None:
        text = fmt.encode(written)
        for other in (
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r"),
            f"\ufeff{text}",
            text.rstrip("\n"),
            f"{text}\n\n \n",
        ):
            assert fmt.decode(other) == written

    @same_fixture
    @given(lines=st.lists(any_text(), min_size=1, max_size=4), behind=subtitles())
    def test_no_text_ends_its_block_or_starts_another(
        self, fmt: SubtitleFormat, lines: list[str], behind: Subtitle
    ) -> None:
        hostile = Subtitle(SECOND, tuple(lines))
        rows = tuple(row for line in lines for row in clean_rows(line))
        if not rows:
            with pytest.raises(UnwritableSubtitleError):
                fmt.encode([hostile])
            return
        assert fmt.decode(fmt.encode([hostile, behind])) == (Subtitle(SECOND, rows), behind)

    @pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=ascii)
    def test_known_attacks_are_plain_text(self, fmt: SubtitleFormat, text: str) -> None:
        written = (Subtitle(SECOND, (text, text)), Subtitle(Span(3000, 4000), (text,)))
        assert fmt.decode(fmt.encode(written)) == written

    def test_replaced_characters_are_told_with_the_number_of_the_subtitle(
        self, fmt: SubtitleFormat, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING):
            fmt.encode([Subtitle(SECOND, ("fine",)), Subtitle(SECOND, ("top\n\nbell\a",))])
        assert len(caplog.records) == 1
        assert "subtitle 2" in caplog.text

    def test_a_film_may_last_longer_than_four_days(self, fmt: SubtitleFormat) -> None:
        written = (Subtitle(Span(360_000_000, 3_600_000_123), ("Still here.",)),)
        assert fmt.decode(fmt.encode(written)) == written

    def test_no_subtitles_make_a_valid_file(self, fmt: SubtitleFormat) -> None:
        assert fmt.decode(fmt.encode([])) == ()

    @pytest.mark.parametrize(
        "impossible",
        [
            Subtitle(SECOND, ()),
            Subtitle(SECOND, ("", " \n")),
            Subtitle(Span(5, 5), ("text",)),
        ],
    )
    def test_a_subtitle_without_text_or_time_is_refused_by_its_number(
        self, fmt: SubtitleFormat, impossible: Subtitle
    ) -> None:
        with pytest.raises(UnwritableSubtitleError, match="subtitle 2") as caught:
            fmt.encode([Subtitle(SECOND, ("fine",)), impossible])
        assert isinstance(caught.value, FormatError)

    @same_fixture
    @given(
        written=st.lists(subtitles(), min_size=2, max_size=4).map(tuple),
        data=st.data(),
    )
    def test_a_file_with_a_line_missing_is_read_whole_or_refused(
        self, fmt: SubtitleFormat, written: tuple[Subtitle, ...], data: st.DataObject
    ) -> None:
        """Never fewer subtitles without a word."""
        # Without its time line, a text that starts like this is a lawful WebVTT comment.
        assume(not any(one.lines[0].startswith(("NOTE", "STYLE", "REGION")) for one in written))
        lines = fmt.encode(written).splitlines(keepends=True)
        gone = data.draw(st.integers(0, len(lines) - 1))
        text = "".join(lines[:gone] + lines[gone + 1 :])
        try:
            read = fmt.decode(text)
        except MalformedSubtitleError:
            return
        if fmt.extension != "jsonl":
            assert len(read) == len(written)
        assert {one.span for one in read} <= {one.span for one in written}

    @same_fixture
    @given(text=any_text(200))
    def test_any_text_is_read_or_refused_with_its_line(
        self, fmt: SubtitleFormat, text: str
    ) -> None:
        refused = None
        try:
            fmt.decode(text)
        except MalformedSubtitleError as error:
            refused = error
        if refused is not None:
            assert 1 <= refused.line <= text.count("\n") + text.count("\r") + 2
            assert str(pickle.loads(pickle.dumps(refused))) == str(refused)
            assert "\n" not in str(refused)

    def test_a_malformed_file_of_fifty_megabytes_is_refused_quickly(
        self, fmt: SubtitleFormat
    ) -> None:
        started = time.process_time()
        for filler in ("x" * 52_000_000, "word\n" * 10_400_000):
            with pytest.raises(MalformedSubtitleError):
                fmt.decode(filler)
        assert time.process_time() - started < 3
