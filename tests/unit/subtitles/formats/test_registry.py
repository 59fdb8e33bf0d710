"""Formats by name."""

import pickle

import pytest

from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.registry import FORMATS, format_of, parse_formats


def test_every_format_stands_under_its_own_extension() -> None:
    assert list(FORMATS) == ["srt", "vtt", "ttml", "scc", "ass", "txt", "json"]
    assert all(made.extension == name for name, made in FORMATS.items())


@pytest.mark.parametrize("name", ["srt", "SRT", ".srt", ".Srt"])
def test_a_format_is_found_by_any_way_to_write_its_extension(name: str) -> None:
    assert format_of(name) is FORMATS["srt"]


def test_other_endings_of_a_format_find_it() -> None:
    assert format_of("dfxp") is FORMATS["ttml"]
    assert format_of(".SSA") is FORMATS["ass"]
    assert parse_formats("vtt, srt .VTT dfxp") == ("vtt", "srt", "ttml")


def test_an_unknown_format_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownFormatError, match="use one of srt, vtt, ttml") as caught:
        format_of("docx")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
