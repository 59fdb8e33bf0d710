"""Folders and manifests say which titles are wanted; what they say wrongly is told row by row."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.batch_request import NOTHING_SAID, BatchRequest, catalogue_of
from flows.catalogue.folders import media_files
from flows.catalogue.manifests import read_manifest
from flows.catalogue.titles import CatalogueError, of_media
from flows.catalogue.watching import Settling

USUAL = NOTHING_SAID.model_copy(update={"targets": ("es",), "project": "House"})


def films(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"film")
    return [folder / name for name in names]


def manifest(folder, text, name="titles.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_folder_gives_its_films_in_order_without_hidden_and_unfinished_ones(tmp_path):
    films(tmp_path, "b.mkv", "a.MP4", ".hidden.mp4", "notes.txt", "c.mp4", "c.mp4.part", "in/d.mov")
    assert [path.name for path in media_files(tmp_path)] == ["a.MP4", "b.mkv"]
    everything = media_files(tmp_path, recursive=True)
    assert [path.name for path in everything] == ["a.MP4", "b.mkv", "d.mov"]


def test_what_is_no_folder_is_told(tmp_path):
    with pytest.raises(CatalogueError, match="is no folder"):
        media_files(tmp_path / "nowhere")


def test_a_row_says_what_it_wants_and_the_rest_is_as_usual(tmp_path):
    films(tmp_path, "a.mp4", "in/b.mp4")
    path = manifest(
        tmp_path,
        "media,to,language,names,out,glossary\n"
        'a.mp4,"pt-BR, fr",en,"Elinor, Barton",done,words.csv\n'
        "in/b.mp4,,,,,\n",
    )
    first, second = (one.request for one in read_manifest(path, USUAL).titles)
    assert first.media == tmp_path / "a.mp4"
    assert (first.targets, first.language) == (("pt-BR", "fr"), "en")
    assert (first.names, first.out) == (("Elinor", "Barton"), tmp_path / "done")
    assert first.glossaries == (tmp_path / "words.csv",)
    assert second == USUAL.model_copy(update={"media": tmp_path / "in/b.mp4"})


def test_json_lines_say_the_same_with_lists(tmp_path):
    films(tmp_path, "a.mp4")
    row = {"media": "a.mp4", "targets": ["fr"], "names": ["Elinor"], "formats": ["srt"]}
    path = manifest(tmp_path, json.dumps(row) + "\n\n", "titles.jsonl")
    (title,) = read_manifest(path, USUAL).titles
    assert (title.request.targets, title.request.formats) == (("fr",), ("srt",))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"media": ""}, "names no media file"),
        ({"media": "nowhere.mp4"}, "there is no file"),
        ({"media": "a.mp4", "to": "klingonese"}, "klingonese"),
        ({"media": "a.mp4", "audio_stream": "-1"}, "audio_stream"),
        ({"media": "a.mp4", "colour": "red"}, "colour"),
        ({"media": "a.mp4", "client": "nobody"}, "nobody"),
        ({"media": "a\0.mp4"}, "is no path"),
        ({"media": "a.mp4", "formats": "docx"}, "docx"),
        ([1, 2], "is no JSON object"),
        ("{", "is no JSON object"),
    ],
)
def test_a_bad_row_is_one_clear_line_and_the_others_go_on(tmp_path, row, words):
    films(tmp_path, "a.mp4", "b.mp4")
    lines = [json.dumps(row), json.dumps({"media": "b.mp4"}), "no json"]
    found = read_manifest(manifest(tmp_path, "\n".join(lines), "t.jsonl"), USUAL)
    assert [one.request.media.name for one in found.titles] == ["b.mp4"]
    assert [fault.where for fault in found.faults] == ["t.jsonl, row 1", "t.jsonl, row 3"]
    assert words in found.faults[0].why
    assert "\n" not in found.faults[0].why


def test_a_film_asked_for_twice_and_files_that_would_collide_are_told(tmp_path):
    films(tmp_path, "a.mp4", "in/a.mkv")
    path = manifest(tmp_path, "media,out\na.mp4,x\n./a.mp4,x\nin/a.mkv,x\n")
    found = read_manifest(path, USUAL)
    assert len(found.titles) == 1
    assert [fault.why.split(" ")[0] for fault in found.faults] == ["a.mp4", "its"]
    assert "row 2" in found.faults[0].why


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("t.xlsx", b"x", "ends in .csv"),
        ("t.csv", b"title\nx\n", "no column media"),
        ("t.csv", b"media\n\xff\xfe\n", "not UTF-8"),
        ("t.csv", b'media\n"a\n', "no CSV"),
        ("t.csv", b"", "no column media"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=words):
        read_manifest(path, USUAL)


@given(st.text(max_size=300))
def test_whatever_a_manifest_holds_every_row_is_a_title_or_a_fault(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("manifests")
    for name in ("t.csv", "t.jsonl"):
        path = folder / name
        path.write_text("media,to\n" + text if name == "t.csv" else text, "utf-8")
        try:
            found = read_manifest(path, USUAL)
        except CatalogueError:
            continue
        assert not found.titles  # there is no film in that folder
        assert all(fault.why and fault.where for fault in found.faults)


def test_a_semicolon_list_as_spreadsheets_write_it_is_read(tmp_path):
    films(tmp_path, "a.mp4")
    path = manifest(tmp_path, "\ufeffMedia;To\na.mp4;fr,de\n")
    assert read_manifest(path, USUAL).titles[0].request.targets == ("fr", "de")


def test_a_batch_is_a_folder_or_a_manifest(tmp_path):
    (film,) = films(tmp_path, "a.mp4")
    of_folder = catalogue_of(BatchRequest(source=tmp_path, usual=USUAL))
    of_rows = catalogue_of(BatchRequest(source=manifest(tmp_path, "media\na.mp4\n"), usual=USUAL))
    assert of_folder.titles[0].request == of_rows.titles[0].request
    assert of_folder.titles == of_media([film], USUAL).titles


def test_a_file_is_taken_once_it_has_come_to_rest_and_again_when_it_is_another(tmp_path):
    (film,) = films(tmp_path, "a.mp4")
    settling = Settling(rest_s=10)
    assert settling.settled([film], 0) == ()
    assert settling.settled([film], 9) == ()
    film.write_bytes(b"a longer film")
    assert settling.settled([film], 10) == ()  # it has grown: the clock begins anew
    assert settling.settled([film], 19) == ()
    assert settling.settled([film], 20) == (film,)
    assert settling.settled([film], 90) == ()
    film.write_bytes(b"another film, longer still")
    assert settling.settled([film], 91) == ()
    assert settling.settled([film, Path("/nowhere/b.mp4")], 101) == (film,)


def test_an_empty_file_is_not_taken(tmp_path):
    film = tmp_path / "a.mp4"
    film.touch()
    settling = Settling(rest_s=1)
    assert [settling.settled([film], now) for now in (0, 5)] == [(), ()]
