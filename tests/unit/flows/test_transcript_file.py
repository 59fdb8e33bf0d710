"""The transcript as a JSON file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.media import AudioStream, MediaAsset
from flows.transcript_file import MalformedTranscriptError, decode_transcript, encode_transcript
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Transcript, Word

STREAM = AudioStream(
    index=1, language=None, title="", channels=2, sample_rate_hz=48_000, is_default=True, start_ms=0
)
ASSET = MediaAsset(
    media_id="ab" * 32,
    path=Path("film.mp4"),
    duration_ms=9_000,
    frame_rate=None,
    has_video=False,
    audio_streams=(STREAM,),
)
ENGINE = EngineSignature(
    engine="ear", engine_version="1", model="m", model_revision="r", options=(("beam", "5"),)
)

spans = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, 10**8),
    st.integers(0, 60_000),
)
doubts = st.lists(st.sampled_from(Doubt), unique=True, max_size=3).map(tuple)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
probabilities = st.floats(0, 1)
languages = st.sampled_from(["en", "pt-BR", "zh-Hant", "ja"]).map(parse_language)
words = st.builds(
    Word,
    text=texts,
    span=spans,
    probability=probabilities,
    speaker=texts,
    language=st.none() | languages,
    doubts=doubts,
)
stretches = st.builds(
    DoubtfulSpan,
    span=spans,
    doubts=st.lists(st.sampled_from(Doubt), unique=True, min_size=1, max_size=3).map(tuple),
    set_aside=texts,
)
transcripts = st.builds(
    lambda said, **more: Transcript(
        media_id=ASSET.media_id,
        words=tuple(sorted(said, key=lambda word: word.span)),
        made_by=ENGINE,
        **more,
    ),
    st.lists(words, max_size=6),
    language=languages,
    language_probability=probabilities,
    doubts=st.lists(stretches, max_size=3).map(tuple),
)


def written(transcript, title="film"):
    return encode_transcript(transcript, title=title, asset=ASSET, stream=STREAM)


@given(transcripts, texts)
def test_what_is_written_is_read_back_whole(transcript, title):
    assert decode_transcript(written(transcript, title)) == transcript


ONE_WORD = Transcript(
    media_id=ASSET.media_id,
    language=parse_language("en"),
    language_probability=0.9,
    words=(Word(text=" Stay.", span=Span(1000, 1400), probability=0.8, speaker="A"),),
    made_by=ENGINE,
    doubts=(DoubtfulSpan(span=Span(2000, 4000), doubts=(Doubt.QUIET_SPEECH,)),),
)


def test_the_fields_are_those_of_the_page_that_explains_them():
    file = json.loads(written(ONE_WORD))
    assert (file["format"], file["version"]) == ("polycue-transcript", 1)
    assert file["media"] == {"sha256": "ab" * 32, "duration_ms": 9000, "audio_stream": 1}
    assert file["words"][0]["speaker"] == "A"
    assert file["doubts"][0]["doubts"] == ["quiet-speech"]
    page = (Path(__file__).parents[3] / "docs" / "transcript.md").read_text("utf-8")
    parts = {"": file, "media.": file["media"], "engine.": file["engine"]}
    named = [f"{prefix}{name}" for prefix, part in parts.items() for name in part]
    named += [*file["words"][0], *file["doubts"][0], *Doubt]
    for name in named:
        is_whole = name in {"media", "engine"}
        assert is_whole or f"`{name}`" in page, name


def changed(**fields):
    return json.dumps({**json.loads(written(ONE_WORD)), **fields}).encode()


def one_word(**fields):
    word = {"text": "a", "start_ms": 0, "end_ms": 9, "probability": 0.5, **fields}
    return changed(words=[word])


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "its beginning"),
        (b"\xff\xfe", "its beginning"),
        (b"[" * 100_000, "its beginning"),
        (b"[1]", "its beginning"),
        (changed(version=2), "version"),
        (changed(format="other"), "format"),
        (changed(extra=1), "extra"),
        (changed(language="klingonish"), "its words"),
        (changed(language_probability="high"), "language_probability"),
        (one_word(start_ms=-1), "words.0.start_ms"),
        (one_word(start_ms=1.5), "words.0.start_ms"),
        (one_word(start_ms="1"), "words.0.start_ms"),
        (one_word(start_ms=10), "its words"),
        (one_word(probability=float("nan")), "its words"),
        (one_word(probability=2), "its words"),
        (one_word(language="??"), "its words"),
        (one_word(doubts=["bored"]), "words.0.doubts.0"),
        (changed(doubts=[{"start_ms": 0, "end_ms": 1, "doubts": []}]), "doubts.0.doubts"),
    ],
)
def test_anything_else_is_refused_with_its_place_on_one_line(data, where):
    with pytest.raises(MalformedTranscriptError) as caught:
        decode_transcript(data)
    assert f"at {where}" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 6
