"""Whole files: spoken text in, subtitle files out, compared with reviewed references.

The texts are in the public domain; ``|`` is a pause of a second, ``‖`` of 300 ms. `make
golden-update` writes the references anew: review them as a diff.
"""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from timed_text import profile, spoken, transcript, word

from subtitles.checks.track import check_track
from subtitles.cues import CueTrack
from subtitles.findings import Severity
from subtitles.formats.document import document_of
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified
from subtitles.picture import Picture
from subtitles.segmentation.segmenter import segment
from subtitles.typography.setting import set_track
from subtitles.words import Word

FOLDER = Path(__file__).parent / "subtitles"
RATE = Fraction(24000, 1001)
CASES = {
    "sense_and_sensibility": "en",
    "dom_casmurro": "pt-BR",
    "wagahai": "ja",
}
TITLES = {
    "sense_and_sensibility": "Sense & Sensibility",
    "dom_casmurro": "Dom Casmurro",
    "wagahai": "吾輩は猫である",
}


def spoken_words(name: str, tag: str) -> list[Word]:
    text = (FOLDER / f"{name}.{tag}.txt").read_text("utf-8")
    if not profile(tag).breaks_anywhere:
        return spoken(text)
    words = []
    for token in spoken(text, ms_per_char=180):
        chars = token.text.strip()
        length = token.span.duration_ms // len(chars)
        words += [
            word(char, token.span.start_ms + length * i, token.span.start_ms + length * (i + 1))
            for i, char in enumerate(chars)
        ]
    return words


def made(name: str) -> CueTrack:
    tag = CASES[name]
    cut = segment(
        transcript(spoken_words(name, tag), tag), profile(tag), picture=Picture(frame_rate=RATE)
    )
    return set_track(cut, profile(tag))


@pytest.mark.parametrize("extension", ["srt", "vtt"])
@pytest.mark.parametrize("name", CASES)
def test_a_spoken_text_becomes_the_reviewed_file(name: str, extension: str) -> None:
    path = FOLDER / f"{name}.{CASES[name]}.{extension}"
    text = encode_verified(
        FORMATS[extension], document_of(made(name), frame_rate=RATE, title=TITLES[name])
    )
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_reviewed_file_has_no_errors(name: str) -> None:
    track = made(name)
    found = check_track(track, profile(CASES[name]), picture=Picture(frame_rate=RATE))
    assert [one for one in found if one.severity is Severity.ERROR] == []
