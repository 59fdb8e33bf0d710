"""What a person is told while a long title is worked on."""

import io
import re

import pytest
from flows_fakes import RecordingProgress
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from asr.hearing.listening import ChunkSpeech, Listening
from flows.cli.progress import LineProgress
from flows.cli.progress_bars import BarProgress
from flows.doubts_text import doubts_text
from flows.errors import UnusableNamesError
from flows.names import MOST_BYTES, parse_names
from flows.pace import Pace, pace, time_text
from flows.progress import current_progress
from flows.stages.tally import ChunkTally
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.span import MS_PER_MINUTE, Span


@pytest.mark.parametrize(
    ("done_ms", "stored_ms", "elapsed_s", "expected"),
    [
        (0, 0, 10, None),
        (600_000, 600_000, 10, None),  # stored: says nothing about speed
        (600_000, 0, 60, Pace(speed=10.0, left_s=300.0)),
        (600_000, 300_000, 30, Pace(speed=10.0, left_s=300.0)),
        (3_600_000, 0, 360, Pace(speed=10.0, left_s=0.0)),
        (600_000, 0, 0, None),
    ],
)
def test_speed_is_of_what_was_done_and_time_left_of_what_was_not(
    done_ms, stored_ms, elapsed_s, expected
):
    found = pace(total_ms=3_600_000, done_ms=done_ms, stored_ms=stored_ms, elapsed_s=elapsed_s)
    assert found == expected


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (59, "59 s"), (90, "2 min"), (3540, "59 min"), (3599, "1 h 00 min"),
     (7500, "2 h 05 min")],
)  # fmt: skip
def test_times_are_said_as_exactly_as_anybody_can_know_them(seconds, said):
    assert time_text(seconds) == said


CHUNKS = st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 5000)), max_size=8)


@given(lengths=CHUNKS, tail_ms=st.integers(0, 9000), data=st.data())
def test_chunks_done_in_any_order_add_up_to_the_whole_title(lengths, tail_ms, data):
    chunks, at_ms = [], 0
    for silence_ms, length_ms in lengths:
        span = Span(at_ms + silence_ms, at_ms + silence_ms + length_ms)
        chunks.append(ChunkSpeech(span=span, windows=(span,), audible=(span,), sure=(span,)))
        at_ms = span.end_ms
    listening = Listening(duration_ms=at_ms + tail_ms, chunks=tuple(chunks), non_speech=())
    stored = data.draw(st.sets(st.sampled_from(range(len(chunks))))) if chunks else set()
    progress = RecordingProgress()
    token = current_progress.set(progress)
    tally = ChunkTally(listening, stored)
    tally.started()
    for index in data.draw(st.permutations(range(len(chunks)))):
        tally.done(index)
        tally.done(index)
    current_progress.reset(token)
    told = [done_ms for what, _, done_ms in progress.told if what == "advanced"]
    assert told == sorted(set(told))
    assert len(told) == len(chunks) - len(stored) + bool(stored)
    if chunks:
        assert told[-1] == listening.duration_ms
        assert (progress.stored_ms > 0) == bool(stored)


class Log:
    """A log and a clock that a test moves."""

    def __init__(self, total_min=100):
        self.out, self.now_s = io.StringIO(), 0.0
        self.progress = LineProgress(self.out, now_s=lambda: self.now_s)
        self.progress.started("Recognising", total_min * MS_PER_MINUTE)

    def advanced(self, *, after_s, done_min, stored_min=0):
        self.now_s += after_s
        before = len(self.out.getvalue())
        done_ms, stored_ms = done_min * MS_PER_MINUTE, stored_min * MS_PER_MINUTE
        self.progress.advanced("Recognising", done_ms, stored_ms=stored_ms)
        return self.out.getvalue()[before:]


def test_a_log_is_told_of_every_tenth_and_at_least_every_half_minute():
    log = Log()
    assert log.advanced(after_s=1, done_min=50, stored_min=40) == ""  # no flood of lines
    said = log.advanced(after_s=59, done_min=52, stored_min=40)
    assert said == "Recognising: 52.0/100.0 min (12.0 x real time, 4 min left)\n"
    assert log.advanced(after_s=29, done_min=53, stored_min=40) == ""  # neither a tenth nor 30 s
    assert log.advanced(after_s=2, done_min=53, stored_min=40) != ""
    assert log.advanced(after_s=12, done_min=63, stored_min=40) != ""
    assert log.advanced(after_s=60, done_min=100, stored_min=40) == ""  # how it ended says that
    log.progress.finished("Recognising", "12 words")
    assert log.out.getvalue().endswith("\nRecognising: 12 words\n")


def test_a_log_says_nothing_of_a_pace_that_nobody_knows():
    assert Log().advanced(after_s=60, done_min=30, stored_min=30) == "Recognising: 30.0/100.0 min\n"


def test_a_bar_shows_media_minutes_speed_and_time_left_and_hostile_text_as_it_is():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=150, color_system=None)
    with BarProgress(console) as bars:
        bars.started("Recognising [red]", 60 * MS_PER_MINUTE)
        bars.advanced("Recognising [red]", 20 * MS_PER_MINUTE, stored_ms=20 * MS_PER_MINUTE)
        bars.warned("[bold]odd")
    last = out.getvalue().rpartition("Recognising [red]")[2]
    assert "20.0/60.0 min" in last
    assert "left" not in last  # nothing was done yet but what is stored
    assert "warning: [bold]odd" in out.getvalue()

    with BarProgress(console) as bars:
        bars.started("Recognising", 60 * MS_PER_MINUTE)
        bars.advanced("Recognising", 30 * MS_PER_MINUTE, stored_ms=20 * MS_PER_MINUTE)
    last = out.getvalue().rpartition("Recognising")[2]
    assert re.search(r"30\.0/60\.0 min .* \d+\.\d× \d+ (s|min) left", last)

    with BarProgress(console) as bars:
        bars.finished("Listening", "stored already")
    assert "stored already" in out.getvalue().rpartition("Listening")[2]


@pytest.mark.parametrize(
    ("doubts", "said"),
    [
        (
            [(Doubt.QUIET_SPEECH,), (Doubt.NO_SPEECH,), (Doubt.SPEECH_WITHOUT_WORDS,)],
            "3 stretches to listen to: 2 probably missed, 1 probably invented",
        ),
        ([(Doubt.FOREIGN,)], "1 stretch to listen to: 1 in another language"),
        (
            [(Doubt.REPETITION, Doubt.FOREIGN)],
            "1 stretch to listen to: 1 probably invented",
        ),
    ],
)
def test_doubts_are_told_by_what_a_person_should_expect(doubts, said):
    spans = [DoubtfulSpan(span=Span(0, 1), doubts=reasons) for reasons in doubts]
    assert doubts_text(spans) == said


def test_every_doubt_is_one_of_the_three_kinds():
    spans = [DoubtfulSpan(span=Span(0, 1), doubts=(doubt,)) for doubt in Doubt]
    assert doubts_text(spans).startswith(f"{len(spans)} stretches to listen to: ")
    counts = [int(part.split()[0]) for part in doubts_text(spans).partition(": ")[2].split(", ")]
    assert sum(counts) == len(spans)


def test_names_are_taken_apart_at_commas_each_once():
    assert parse_names(" Elinor,  Barton  Park ,Elinor,,") == ("Elinor", "Barton Park")
    assert parse_names("") == ()


@pytest.mark.parametrize(
    "names",
    ["x" * 81, "\x1b[2J", "A\u202eB", ", ".join(f"name{n}" for n in range(MOST_BYTES // 6))],
)
def test_names_that_no_recogniser_would_read_are_refused(names):
    with pytest.raises(UnusableNamesError):
        parse_names(names)
