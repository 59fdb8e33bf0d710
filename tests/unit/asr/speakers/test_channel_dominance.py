"""Two microphones on two channels: when a recording is of that sort, and who speaks."""

import numpy as np
import pytest
from speaker_fakes import RATE_HZ, interview, turn

from asr.speakers.channel_dominance import STEP_MS, ChannelLevels, channel_turns
from subtitles.span import Span

TALK = (
    turn("S1", 500, 8000),
    turn("S2", 9000, 15_000),
    turn("S1", 15_000, 17_000),
    turn("S2", 17_500, 19_000),
)
SPEECH = [Span(500, 8000), Span(9000, 17_000), Span(17_500, 19_000)]
SECONDS = 20


def levels_of(samples):
    step = RATE_HZ * STEP_MS // 1000
    count = samples.shape[1] // step
    power = np.square(samples[:, : count * step].reshape(2, count, step)).mean(axis=2)
    return ChannelLevels(left=power[0], right=power[1])


def turns_in(speech=SPEECH, talk=TALK, **changes):
    return channel_turns(levels_of(interview(talk, SECONDS, **changes)), speech)


def close_to(found, expected, tolerance_ms=200):
    return len(found) == len(expected) and all(
        one.speaker == other.speaker
        and abs(one.span.start_ms - other.span.start_ms) <= tolerance_ms
        and abs(one.span.end_ms - other.span.end_ms) <= tolerance_ms
        for one, other in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"crosstalk_db": -9.0},
        {"gains_db": (-12.0, 3.0)},
        {"gains_db": (15.0, 0.0), "crosstalk_db": -12.0},
        {"common_db": -40.0},
    ],
    ids=["clean", "crosstalk", "right louder", "left much louder", "a noise on both"],
)
def test_each_side_is_a_speaker(changes):
    assert close_to(turns_in(**changes), TALK)


def test_the_first_to_speak_is_the_first_speaker_on_either_side():
    swapped = [
        turn("S2" if one.speaker == "S1" else "S1", one.span.start_ms, one.span.end_ms)
        for one in TALK
    ]
    assert close_to(turns_in(talk=swapped), TALK)


def test_a_mixed_film_has_no_sides():
    assert turns_in(crosstalk_db=0.0) == ()
    assert turns_in(crosstalk_db=-3.0) == ()


def test_a_copy_on_both_channels_has_no_sides():
    samples = interview(TALK, SECONDS)
    both = np.stack([samples.sum(axis=0)] * 2)
    assert channel_turns(levels_of(both), SPEECH) == ()


def test_one_microphone_alone_is_nobodys_conversation():
    talk = [turn("S1", one.start_ms, one.end_ms) for one in SPEECH]
    assert turns_in(talk=talk) == ()


def test_dialogue_that_wanders_between_the_channels_has_no_sides():
    samples = interview([turn("S1", 0, SECONDS * 1000)], SECONDS)
    swing = np.linspace(-9.0, 9.0, samples.shape[1])
    wandering = np.stack([samples[0] * 10 ** (swing / 20), samples[0] * 10 ** (-swing / 20)])
    assert channel_turns(levels_of(wandering.astype(np.float32)), [Span(0, SECONDS * 1000)]) == ()


def test_a_few_words_of_one_side_are_too_little_to_judge_by():
    talk = [turn("S1", 500, 8000), turn("S1", 9000, 14_500), turn("S2", 15_000, 16_000)]
    assert turns_in(talk=talk) == ()


def test_a_click_on_the_other_side_is_no_turn():
    talk = [*TALK, turn("S2", 3000, 3100)]
    assert close_to(turns_in(talk=talk), TALK)


@pytest.mark.parametrize("speech", [[], [Span(60_000, 90_000)], [Span(19_900, 20_400)]])
def test_speech_where_nothing_was_recorded_gives_no_turns(speech):
    assert turns_in(speech=speech) == ()


def test_digital_silence_gives_no_turns():
    nothing = np.zeros(400, dtype=np.float32)
    levels = ChannelLevels(left=nothing, right=nothing)
    assert channel_turns(levels, [Span(0, 20_000)]) == ()
