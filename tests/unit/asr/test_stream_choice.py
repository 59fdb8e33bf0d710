"""Which audio stream is listened to, by stated rules."""

from pathlib import Path

import av
import pytest
from media_factory import AudioTrack, clicks, make_media

from asr.errors import NoAudioError
from asr.media import AudioStream, MediaAsset, StreamRole
from asr.sound.av_media import probe
from asr.sound.stream_choice import roles_of, stream_choice


def stream(language=None, title="", *roles, default=False):
    return language, title, roles, default


def asset(*streams):
    return MediaAsset(
        media_id="0" * 64,
        path=Path("film.mkv"),
        duration_ms=1000,
        frame_rate=None,
        has_video=True,
        audio_streams=tuple(
            AudioStream(
                index=index,
                language=language,
                title=title,
                channels=2,
                sample_rate_hz=48_000,
                is_default=default,
                start_ms=0,
                roles=frozenset(roles),
            )
            for index, (language, title, roles, default) in enumerate(streams)
        ),
    )


@pytest.mark.parametrize(
    ("streams", "language", "expected", "why"),
    [
        ([stream("pt", default=True), stream("en")], None, 0, "it is the container's default"),
        ([stream("pt", default=True), stream("en")], "en-GB", 1, "it is the one in en-GB"),
        ([stream("pt"), stream()], "en", 1, "no other may be in that language"),
        ([stream("pt", default=True), stream("ja", "Original")], None, 1, "called the original"),
        ([stream("pt", "", default=True), stream("ja", "", StreamRole.ORIGINAL)], None, 1, "orig"),
        (
            [stream("en", "Director's commentary", default=True), stream("en")],
            None,
            1,
            "the container's default, 0, is a commentary",
        ),
        (
            [stream("en", "", StreamRole.COMMENTARY), stream("fr")],
            "en",
            1,
            "all others are for other listeners",
        ),
        ([stream("en", "Commentary"), stream("en", "Karaoke")], None, 0, "it is the first"),
        ([stream("en"), stream("en")], None, 0, "it is the first"),
    ],
)
def test_the_stream_and_the_reason_for_it(streams, language, expected, why):
    choice = stream_choice(asset(*streams), None, language=language)
    assert choice.stream.index == expected
    assert why in choice.why
    assert not choice.is_certain


def test_what_a_person_names_is_taken_without_a_question():
    streams = [stream("en", default=True), stream("en", "Commentary")]
    choice = stream_choice(asset(*streams), 1, language="en")
    assert (choice.stream.index, choice.is_certain) == (1, True)


def test_the_only_stream_is_taken_whatever_it_is():
    choice = stream_choice(asset(stream("fr", "Karaoke")), None, language="en")
    assert (choice.stream.index, choice.is_certain) == (0, True)


def test_no_stream_is_an_error():
    with pytest.raises(NoAudioError):
        stream_choice(asset(), None)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Kommentar des Regisseurs", StreamRole.COMMENTARY),
        ("Commentaire audio", StreamRole.COMMENTARY),
        ("Comentários do elenco", StreamRole.COMMENTARY),
        ("Комментарий режиссёра", StreamRole.COMMENTARY),
        ("オーディオコメンタリー", StreamRole.COMMENTARY),
        ("English AD", StreamRole.AUDIO_DESCRIPTION),
        ("Audiodescripción", StreamRole.AUDIO_DESCRIPTION),
        ("Hörfilmfassung", StreamRole.AUDIO_DESCRIPTION),
        ("Тифлокомментарий", StreamRole.AUDIO_DESCRIPTION),
        ("M&E", StreamRole.NO_DIALOGUE),
        ("カラオケ", StreamRole.KARAOKE),
        ("Version originale", StreamRole.ORIGINAL),
    ],
)
def test_titles_tell_what_a_stream_is_for(title, role):
    (one,) = asset(stream("en", title)).audio_streams
    assert roles_of(one) == {role}


@pytest.mark.parametrize("title", ["Hindi", "Surround 5.1", "Stereo", "Adagio", "", "日本語"])
def test_ordinary_titles_tell_nothing(title):
    (one,) = asset(stream("en", title)).audio_streams
    assert roles_of(one) == set()


def test_flags_of_a_container_are_read(tmp_path):
    sound = [(0, clicks(0.1, []))]
    path = make_media(
        tmp_path / "film.mkv",
        audio=[
            AudioTrack(pieces=sound, roles=av.stream.Disposition.comment, is_default=True),
            AudioTrack(pieces=sound, roles=av.stream.Disposition.original),
        ],
    )
    asset_read = probe(path)
    assert [one.roles for one in asset_read.audio_streams] == [
        {StreamRole.COMMENTARY},
        {StreamRole.ORIGINAL},
    ]
    assert stream_choice(asset_read, None).stream.index == 1
