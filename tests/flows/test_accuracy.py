"""The starter models on the sample media: text and times against the references."""

import pytest
from accuracy import sentence_starts, word_error_rate
from command import SAMPLES, InProcess

from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine

MAX_WORD_ERROR_RATE = 0.08
MAX_START_ERROR_MS = 250


@pytest.mark.parametrize("media", ["sense_and_sensibility.mp4", "voice_menu.flac"])
def test_text_and_sentence_starts_agree_with_the_reference(
    media, tmp_path, models_folder, monkeypatch, capsys
):
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models_folder)
    polycue = InProcess(home, monkeypatch, capsys)
    done = polycue("run", SAMPLES / media, "--out", tmp_path, "--quiet")
    assert done.code == 0, done.err
    stem = media.partition(".")[0]
    cues = SrtFormat().decode((tmp_path / f"{stem}.en.srt").read_text("utf-8")).document.subtitles
    heard = " ".join(" ".join(cue.lines) for cue in cues)
    reference = (SAMPLES / f"{stem}.txt").read_text("utf-8")
    assert word_error_rate(reference, heard) <= MAX_WORD_ERROR_RATE

    starts = sentence_starts((SAMPLES / f"{stem}.en.srt").read_text("utf-8"), cues)
    begun = [start for start in starts if start.error_ms is not None]
    # A sentence whose first word was misheard begins no recognisable cue; nearly all must.
    assert len(begun) >= 0.8 * len(starts)
    assert max(abs(start.error_ms) for start in begun) <= MAX_START_ERROR_MS, begun
