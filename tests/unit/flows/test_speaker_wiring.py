"""Who tells speakers apart, by what a request asks for."""

import pytest
from speaker_fakes import interview_file, turn

from asr.sound.av_media import probe
from asr.sound.stream_choice import stream_choice
from flows.models.errors import ModelNotHereError
from flows.models.registry import load_registry
from flows.settings import Settings
from flows.speaker_wiring import VOICE_MODEL, diarizer_for

REGISTRY = load_registry()
TALK = (turn("S1", 500, 6500), turn("S2", 7000, 13_000))
SPEECH = [one.span for one in TALK]


@pytest.fixture
def settings(tmp_path):
    """A workspace without any model."""
    return Settings(home=tmp_path, offline=True)


def found_by(engine, asset):
    return engine.get().turns(
        asset, stream_choice(asset, None).stream, SPEECH, advanced=lambda _done_ms: None
    )


def talk(folder, **changes):
    return probe(interview_file(folder / "talk.flac", TALK, 14, **changes))


def test_off_is_nobody(settings):
    assert diarizer_for("off", settings, REGISTRY) is None


def test_each_way_signs_differently_and_before_any_model_is_there(settings):
    ways = [diarizer_for(way, settings, REGISTRY) for way in ("channels", "voices", "auto")]
    assert len({str(way.signature) for way in ways}) == 3
    assert VOICE_MODEL in str(ways[1].signature)


def test_auto_needs_no_voices_where_the_channels_tell(settings, tmp_path):
    auto = diarizer_for("auto", settings, REGISTRY)
    assert len(found_by(auto, talk(tmp_path))) == 2


@pytest.mark.parametrize("way", ["voices", "auto"])
def test_a_missing_model_of_voices_is_named_with_the_command_that_fetches_it(
    settings, tmp_path, way
):
    mixed = talk(tmp_path, crosstalk_db=0.0)
    with pytest.raises(ModelNotHereError, match=f"polycue models pull {VOICE_MODEL}"):
        found_by(diarizer_for(way, settings, REGISTRY), mixed)
