"""The starter models on the sample media: text and times against the references."""

import pytest
from accuracy import sentence_starts, word_error_rate
from command import SAMPLES, VIDEO, home_with_models, ran_here

from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine

MAX_WORD_ERROR_RATE = 0.08
MAX_START_ERROR_MS = 250


def assert_agrees_with_the_reference(stem, out):
    cues = SrtFormat().decode((out / f"{stem}.en.srt").read_text("utf-8")).document.subtitles
    heard = " ".join(" ".join(cue.lines) for cue in cues)
    reference = (SAMPLES / f"{stem}.txt").read_text("utf-8")
    assert word_error_rate(reference, heard) <= MAX_WORD_ERROR_RATE

    starts = sentence_starts((SAMPLES / f"{stem}.en.srt").read_text("utf-8"), cues)
    begun = [start for start in starts if start.error_ms is not None]
    # A sentence whose first word was misheard begins no recognisable cue; nearly all must.
    assert len(begun) >= 0.8 * len(starts)
    assert max(abs(start.error_ms) for start in begun) <= MAX_START_ERROR_MS, begun


def test_text_and_sentence_starts_of_the_film_agree_with_the_reference(warm_home, tmp_path):
    # The reference knows when somebody speaks; a cue may start earlier, on a shot change.
    run = ("run", VIDEO, "--no-shot-changes", "--out", tmp_path / "out", "--quiet")
    done = ran_here(warm_home, *run)
    assert done.code == 0, done.err
    assert_agrees_with_the_reference(VIDEO.stem, tmp_path / "out")


# A quarter of its length is heard by default, in tests/unit/asr/test_faster_whisper_model.py.
@pytest.mark.slow
def test_text_and_sentence_starts_of_the_voice_menu_agree_with_the_reference(
    tmp_path, models_folder
):
    home = home_with_models(tmp_path, models_folder)
    done = ran_here(home, "run", SAMPLES / "voice_menu.flac", "--out", tmp_path, "--quiet")
    assert done.code == 0, done.err
    assert_agrees_with_the_reference("voice_menu", tmp_path)
