"""Small tracks in three languages, in every format: whole files compared with reviewed references.

`make golden-update` writes the references anew: review them as a diff.
"""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from subtitle_documents import subtitle

from subtitles.cues import Position
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.losses import losses
from subtitles.formats.malformed import UnwritableSubtitleError
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified
from subtitles.language import LanguageTag

FOLDER = Path(__file__).parent / "formats"
RATE = Fraction(24000, 1001)

# On the frames of 23.976 a second; dialogue, italics, the top, and text that looks like markup.
TRACKS = {
    "en": (
        subtitle("-Where is he?\n-Who?", 3003, 5005),
        subtitle("<i>It was</i> the best of times…", 5088, 7007),
        subtitle("EXIT & {\\an8} <b>5 < 6</b> --> 7", 10_010, 12_012, Position.TOP),
    ),
    "ar": (
        subtitle("- أين هو؟\n- من؟", 3003, 5005),
        subtitle('قال: "مرحبًا!" ثم ذهب.', 5088, 7007),
        subtitle("الغرفة رقم 12 (ABC)", 10_010, 12_012, Position.TOP),
    ),
    "ja": (
        subtitle("彼はどこ？\n誰が？", 3003, 5005),
        subtitle("「吾輩は」猫である", 5088, 7007),
        subtitle("出口　２階", 10_010, 12_012, Position.TOP),
    ),
}


def document(language: str) -> SubtitleDocument:
    return SubtitleDocument(
        subtitles=TRACKS[language],
        language=LanguageTag(language),
        frame_rate=RATE,
        title="Film <1> & more",
    )


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("language", TRACKS)
def test_a_track_becomes_the_reviewed_file(language: str, extension: str) -> None:
    form, written = FORMATS[extension], document(language)
    path = FOLDER / f"film.{language}.{extension}"
    if extension == "scc" and language != "en":
        with pytest.raises(UnwritableSubtitleError, match=r"subtitle 1 .* no character"):
            form.encode(written)
        return
    text = encode_verified(form, written)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


def test_what_each_format_loses_is_as_reviewed() -> None:
    path = FOLDER / "losses.txt"
    found = "".join(
        f"{form.name}: {loss}\n"
        for form in FORMATS.values()
        for loss in losses(form, document("en"))
    )
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, "utf-8", newline="\n")
    assert found == path.read_text("utf-8")
