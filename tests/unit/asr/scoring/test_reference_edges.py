"""References timed by clip edges, cut down to what is heard in them."""

import numpy as np
import pytest

from asr.scoring.reference_edges import trimmed
from asr.scoring.timing import TimedPassage
from subtitles.span import Span

RATE = 16


def sound(*parts):
    """Noise from (milliseconds, level in dB below full scale) pairs."""
    rng = np.random.default_rng(0)
    pieces = [10 ** (db / 20) * rng.uniform(-1, 1, ms * RATE) for ms, db in parts]
    return np.concatenate(pieces).astype(np.float32)


def edges(samples, span, *, start_ms=0):
    (found,) = trimmed([TimedPassage(text="so", span=span)], samples, start_ms=start_ms)
    return found.span.start_ms, found.span.end_ms


@pytest.mark.parametrize(
    "parts",
    [
        ((1_000, -45), (1_000, -15), (500, -45)),
        # A click in the room is no speech, a soft consonant before the vowel is.
        ((400, -45), (20, -15), (580, -45), (60, -32), (940, -15), (500, -45)),
        # A pause inside belongs to the passage.
        ((1_000, -60), (300, -15), (400, -60), (300, -15), (500, -60)),
        # Room tone not far below the voice.
        ((1_000, -28), (1_000, -15), (500, -28)),
        ((1_000, -120), (1_000, -15), (500, -120)),
    ],
)
def test_a_passage_is_cut_down_to_its_first_and_last_sound(parts):
    start_ms, end_ms = edges(sound(*parts), Span(0, 2_500))
    assert start_ms == pytest.approx(1_000, abs=20)
    assert end_ms == pytest.approx(2_000, abs=20)


def test_times_are_on_the_clock_of_the_clip():
    samples = sound((1_000, -45), (1_000, -15), (500, -45))
    assert edges(samples, Span(60_000, 62_500), start_ms=60_000) == pytest.approx(
        (61_000, 62_000), abs=20
    )


@pytest.mark.parametrize(
    ("samples", "span"),
    [
        (np.zeros(0, dtype=np.float32), Span(0, 1_000)),
        (np.zeros(16_000, dtype=np.float32), Span(0, 1_000)),
        (sound((1_000, -15)), Span(500, 510)),
        (sound((1_000, -15)), Span(5_000, 6_000)),
    ],
    ids=["no sound", "silence", "too short", "after the end"],
)
def test_where_nothing_can_be_told_the_reference_stays(samples, span):
    assert edges(samples, span) == (span.start_ms, span.end_ms)
