"""Formats by name."""

import pickle

import pytest

from subtitles.formats.malformed import UnknownFormatError
from subtitles.formats.registry import FORMATS, format_of


def test_every_format_stands_under_its_own_extension() -> None:
    assert {name: made.extension for name, made in FORMATS.items()} == {"srt": "srt", "vtt": "vtt"}


@pytest.mark.parametrize("name", ["srt", "SRT", ".srt", ".Srt"])
def test_a_format_is_found_by_any_way_to_write_its_extension(name: str) -> None:
    assert format_of(name) is FORMATS["srt"]


def test_an_unknown_format_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownFormatError, match="use one of srt, vtt") as caught:
        format_of("docx")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
