"""The show's words on their way to the engines: files over files, and into the recogniser."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.aids import aids_for
from flows.errors import UsageError
from flows.glossary_files import glossary_from, show_glossary
from flows.names import MOST_BYTES, expected_words
from flows.request import LocalizeRequest
from flows.review_wiring import open_backend
from flows.settings import Settings
from flows.wiring import build_pipeline
from review.access.identity import Invitation
from review.tasks import Role
from subtitles.errors import FormatError
from translate.glossary import files as glossary_files
from translate.glossary.files import read_glossary

HEAD = "term,language,kind,es\n"


@pytest.fixture
def show(tmp_path):
    """A project's glossary, one of its series, and settings that name the first."""
    project, series = tmp_path / "project.csv", tmp_path / "series.csv"
    project.write_text(HEAD + "wand,en,,varita\nElinor,en,name,\nMagie,fr,,magia\n")
    series.write_text(HEAD + "wand,en,,vara\nHBO,en,do-not-translate,\n")
    settings = Settings(home=tmp_path, glossaries=f"{project}{os.pathsep} ")
    return settings, series


def request(*glossaries, **more):
    return LocalizeRequest(media=Path("film.mp4"), glossaries=glossaries, **more)


def test_the_requests_files_come_over_those_of_the_settings(show):
    settings, series = show
    words = {one.text: one for one in show_glossary(request(series), settings).terms}
    assert set(words) == {"wand", "Elinor", "HBO", "Magie"}
    assert words["wand"].wordings[0].forms == ("vara",)


def test_without_words_there_is_no_glossary(tmp_path):
    assert aids_for(request(), Settings(home=tmp_path), lambda: None).glossary is None


def test_a_file_that_cannot_be_read_stops_before_any_work(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="cannot read"):
        build_pipeline(Settings(home=tmp_path), request(tmp_path / "absent.csv"))
    large = tmp_path / "large.csv"
    large.write_text(HEAD)
    monkeypatch.setattr("flows.glossary_files.MAX_FILE_BYTES", 10)
    assert glossary_files.MAX_FILE_BYTES > 10
    with pytest.raises(FormatError, match="MB"):
        glossary_from((large,))


def test_words_of_the_spoken_language_are_expected_after_the_names_of_the_request(show):
    settings, series = show
    asked = request(series, names=("Barton Park",), language="en")
    signature = build_pipeline(settings, asked).transcriber.recognizer.signature
    assert "Barton Park, Elinor, HBO, wand" in str(signature)
    assert "Magie" not in str(signature)
    any_language = build_pipeline(settings, request(series)).transcriber.recognizer.signature
    assert "Elinor, HBO, Magie, wand" in str(any_language)


def test_words_without_room_are_told(show, caplog):
    settings, series = show
    series.write_text(HEAD + "".join(f"Name number {n},en,name,\n" for n in range(100)))
    build_pipeline(settings, request(series))
    assert "words of the glossary are not listened for" in caplog.text


@given(st.lists(st.text(max_size=100), max_size=30), st.lists(st.text("ab", max_size=3)))
def test_expected_words_are_all_names_and_as_many_others_as_fit(words, names):
    expected = expected_words(names, words)
    assert expected.words[: len(set(names))] == tuple(dict.fromkeys(names))
    assert {*expected.words, *expected.left_out} == {*names, *words}
    assert len(", ".join(expected.words).encode()) <= MOST_BYTES
    assert all(word.isprintable() for word in expected.words[len(set(names)) :])


def test_the_words_of_the_project_come_between_the_settings_and_the_request(show, tmp_path):
    settings, series = show
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.review_wiring.project_words", words_of_the_gate)
        named = show_glossary(request(project="The Gate"), settings)
        over = show_glossary(request(series, project="The Gate"), settings)
    assert {one.text: one.wordings[0].forms for one in named.terms if one.wordings} == {
        "wand": ("palo",),
        "Magie": ("magia",),
    }
    assert next(one for one in over.terms if one.text == "wand").wordings[0].forms == ("vara",)


def words_of_the_gate(settings, project):
    assert project == "The Gate"
    return read_glossary((HEAD + "wand,en,,palo\n").encode(), "words.csv")


def test_a_project_whose_words_nobody_has_put_in_has_none(tmp_path):
    settings = Settings(home=tmp_path)
    assert show_glossary(request(project="The Gate"), settings).terms == ()
    assert not (tmp_path / "review.db").exists(), "and nothing is made to find that out"


def test_words_put_in_for_a_project_are_found_by_its_name(tmp_path):
    settings = Settings(home=tmp_path)
    backend = open_backend(settings)
    ada = backend.people.invite(Invitation(name="Ada", role=Role.ADMIN, subject="a"))
    made = {"two_stages": False, "source_first": False, "by": ada.user_id}
    project = backend.projects.add("The Gate", **made)
    words = words_of_the_gate(settings, "The Gate")
    backend.glossaries.store(project.project_id, words, by=ada.user_id)
    assert show_glossary(request(project="the gate"), settings) == words
    assert show_glossary(request(project="Another"), settings).terms == ()
