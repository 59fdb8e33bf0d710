"""Files of a track: in every format asked for, compared before anything is written."""

import hashlib
import logging
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from timed_text import cue, track

from flows.delivering.manifest import DeliveryKind, manifest_at, manifest_bytes
from flows.delivering.naming import NameFields, parse_naming
from flows.delivering.outlet import Outlet
from flows.delivering.outputs import outlet_of, refuse_same_names
from flows.errors import InvalidNamingError, NameTakenError
from flows.request import LocalizeRequest
from flows.stages import deliverables
from flows.stages.deliverables import write_files
from subtitles.formats.malformed import RoundTripError, UnknownFormatError, UnwritableSubtitleError
from subtitles.formats.registry import FORMATS, format_of

FILM = track([cue("Hello <i>there</i>.\nYou!", 3003, 5005)])


def outlet(folder, naming="plain"):
    fields = NameFields(title="Film", made_on=date(2026, 11, 23))
    return Outlet(folder=folder, template=parse_naming(naming), fields=fields)


def test_every_format_is_written_beside_the_others(tmp_path):
    paths = write_files(FILM, outlet(tmp_path), tuple(FORMATS), frame_rate=Fraction(24000, 1001))
    assert [path.name for path in paths] == [f"Film.en.{name}" for name in FORMATS]
    assert 'begin="72f" end="120f"' in (tmp_path / "Film.en.ttml").read_text("utf-8")
    read = format_of("json").decode((tmp_path / "Film.en.json").read_text("utf-8")).document
    assert read.track == FILM
    assert read.title == "Film"


def test_what_a_format_cannot_carry_of_a_subtitle_is_told(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        write_files(FILM, outlet(tmp_path), ("srt", "vtt"))
    assert not caplog.records
    write_files(FILM, outlet(tmp_path), ("scc",))
    assert "en, SCC: styling (1 subtitle, first 1)" in caplog.text


@pytest.mark.parametrize(
    ("formats", "text", "error"),
    [
        (("srt", "docx"), "Hello", UnknownFormatError),
        (("srt", "scc"), "日本", UnwritableSubtitleError),
        (("srt", "vtt"), "Hello", RoundTripError),
    ],
)
def test_when_one_file_cannot_be_none_is_written(tmp_path, monkeypatch, formats, text, error):
    if error is RoundTripError:
        vtt = FORMATS["vtt"]
        monkeypatch.setattr(
            type(vtt), "encode", lambda *_: "WEBVTT\n\n00:01.000 --> 00:02.000\nHell\n"
        )
    with pytest.raises(error):
        write_files(track([cue(text)]), outlet(tmp_path / "out"), formats)
    assert not (tmp_path / "out").exists()
    assert deliverables.file_name("Film", "en", "srt") == "Film.en.srt"


def test_the_manifest_lists_the_files_and_stays_when_they_do(tmp_path):
    paths = write_files(FILM, outlet(tmp_path), ("srt", "vtt"), made_from="abc")
    manifest = manifest_at(tmp_path / "Film.en.delivery.json")
    assert [(tmp_path / one.path, one.sha256, one.size_bytes) for one in manifest.files] == [
        (path, hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size) for path in paths
    ]
    assert (manifest.kind, manifest.title, manifest.language) == ("draft", "Film", "en")
    assert manifest.made_from.artifact == "abc"
    assert manifest.tools["pysrt"] == "1.1.2"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    write_files(FILM, outlet(tmp_path), ("srt", "vtt"), made_from="abc")
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()} == before
    write_files(track([cue("Bye.")]), outlet(tmp_path), ("srt", "vtt"), made_from="def")
    assert manifest_at(tmp_path / "Film.en.delivery.json").made_at > manifest.made_at


def test_a_draft_takes_no_published_files_place(tmp_path):
    write_files(FILM, outlet(tmp_path), ("srt",))
    path = tmp_path / "Film.en.delivery.json"
    published = manifest_bytes(replace(manifest_at(path), kind=DeliveryKind.RELEASE))
    path.write_bytes(published)
    with pytest.raises(NameTakenError, match="choose another folder with --out"):
        write_files(track([cue("Bye.")]), outlet(tmp_path), ("srt",))
    assert path.read_bytes() == published


def test_folders_of_a_template_are_made_below_the_folder(tmp_path):
    (path,) = write_files(FILM, outlet(tmp_path, "{lang}/{title}_v{version}.{ext}"), ("srt",))
    assert path == tmp_path / "en" / "Film_v0.srt"
    assert (tmp_path / "en" / "Film_v0.delivery.json").exists()


@pytest.mark.parametrize(
    ("naming", "request_fields", "says"),
    [
        ("{title}.{ext}", {"targets": ("de",)}, "srt file in und and of the srt file in de"),
        ("{title}.{ext}", {"targets": ("de", "fr"), "language": "en"}, "choose a naming template"),
        ("{title}.report.{ext}", {"formats": ("json",)}, "the quality report"),
    ],
)
def test_names_that_two_files_would_have_are_refused_before_any_work(naming, request_fields, says):
    request = LocalizeRequest(media="/films/Film.mp4", **request_fields)
    with pytest.raises(InvalidNamingError, match=says):
        refuse_same_names(request, outlet_of(request, parse_naming(naming)))


def test_names_of_their_own_are_no_offence():
    request = LocalizeRequest(media="/films/Film.mp4", targets=("de", "fr", "de"), language="en")
    for naming in ("plain", "media-server", "broadcaster", "{lang}/{title}.{ext}"):
        refuse_same_names(request, outlet_of(request, parse_naming(naming)))
    alone = LocalizeRequest(media="/films/Film.mp4", language="en")
    refuse_same_names(alone, outlet_of(alone, parse_naming("{title}.{ext}")))
