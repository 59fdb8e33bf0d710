"""Every diarizer, the fake one included, behaves like this."""

import pytest
from speaker_fakes import ScriptedDiarizer, interview_file, turn
from voice_models import voice_folder

from asr.sound.av_media import probe
from asr.sound.stream_choice import stream_choice
from asr.speakers.channel_diarizer import ChannelDiarizer
from asr.speakers.embedding_diarizer import EmbeddingDiarizer
from asr.speakers.first_that_tells import FirstThatTells

TALK = (turn("S1", 1000, 7000), turn("S2", 7500, 13_000), turn("S1", 13_500, 16_000))
SPEECH = [one.span for one in TALK]
SECONDS = 17


@pytest.fixture(scope="module")
def asset(tmp_path_factory):
    path = tmp_path_factory.mktemp("talk") / "talk.flac"
    return probe(interview_file(path, TALK, SECONDS))


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    folder = voice_folder(tmp_path_factory.mktemp("voices"))
    return EmbeddingDiarizer(folder, model_name="tiny", model_revision="0" * 64)


@pytest.fixture(params=["fake", "channels", "voices", "first that tells"])
def diarizer(request, voices):
    made = {
        "fake": ScriptedDiarizer(TALK),
        "channels": ChannelDiarizer(),
        "voices": voices,
    }
    ways = [(made[name].signature, lambda name=name: made[name]) for name in ("channels", "voices")]
    return made.get(request.param) or FirstThatTells(ways)


def turns_of(diarizer, asset, speech=SPEECH, advanced=lambda _done_ms: None):
    return diarizer.turns(asset, stream_choice(asset, None).stream, speech, advanced=advanced)


def test_turns_come_in_order_and_lie_where_somebody_speaks(diarizer, asset):
    found = turns_of(diarizer, asset)
    assert found
    assert [one.span.start_ms for one in found] == sorted(one.span.start_ms for one in found)
    for one in found:
        assert one.span.duration_ms > 0
        assert SPEECH[0].start_ms - 100 <= one.span.start_ms
        assert one.span.end_ms <= SPEECH[-1].end_ms + 100


def test_speakers_are_numbered_as_they_are_first_heard(diarizer, asset):
    heard = list(dict.fromkeys(one.speaker for one in turns_of(diarizer, asset)))
    assert heard == [f"S{number}" for number in range(1, len(heard) + 1)]


def test_where_nobody_speaks_there_are_no_turns(diarizer, asset):
    assert turns_of(diarizer, asset, speech=[]) == ()


def test_the_same_title_gives_the_same_turns(diarizer, asset):
    assert turns_of(diarizer, asset) == turns_of(diarizer, asset)


def test_its_signature_names_engine_and_version_and_stays(diarizer, asset):
    before = diarizer.signature
    turns_of(diarizer, asset)
    assert diarizer.signature == before
    assert before.engine
    assert before.engine_version
    assert list(before.options) == sorted(before.options)


def test_it_tells_how_far_it_is_in_order_and_within_the_title(diarizer, asset):
    told = []
    turns_of(diarizer, asset, advanced=told.append)
    assert told
    assert told == sorted(told)
    assert all(0 <= done <= asset.duration_ms for done in told)


def test_what_its_listener_raises_ends_the_work(diarizer, asset):
    def stop(_done_ms):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        turns_of(diarizer, asset, advanced=stop)
