"""`kill -9` in the middle, then the same command: complete, nothing lost or doubled."""

import os
import signal
import time

import pytest
from accuracy import word_error_rate
from command import SAMPLES, VIDEO, ran_here, started

from flows.settings import Settings
from flows.wiring import open_review
from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine

# Three chunks of the sample's 36 seconds.
CHUNKED = {"POLYCUE_CHUNK_SECONDS": "12"}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory, tiny_model):
    """What a run that nobody kills leaves."""
    folder = tmp_path_factory.mktemp("unbroken")
    (folder / "home").mkdir()
    return outcome(folder / "home", folder / "out", tiny_model)


def command(out, model):
    return ("run", VIDEO, "--to", "pt-BR", "--out", out, "--speech-model", model, "--json")


def outcome(home, out, model):
    """The files of a run to the end: name → bytes."""
    done = ran_here(home, *command(out, model), **CHUNKED)
    assert done.code == 0, done.err
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def stored(home, stage="*"):
    """Results in the artifact store, and when each was written."""
    found = (home / "artifacts" / "stages").glob(f"{stage}/*.json")
    return {path: path.stat().st_mtime_ns for path in found}


def kill(home, out, model, *, after):
    """Start the command and kill it once so many results of a stage are stored."""
    stage, count = after
    process = started(home, *command(out, model), **CHUNKED)
    deadline = time.monotonic() + 120
    while len(stored(home, stage)) < count or not (home / "locks").exists():
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    "deaths",
    [
        [("chunk", 1), ("source-cues", 1)],
        pytest.param([("chunk", 0), ("chunk", 2)], marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_a_run_killed_again_and_again_goes_on_where_it_was(deaths, unbroken, tmp_path, tiny_model):
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    before = {}
    for death in deaths:
        kill(home, out, tiny_model, after=death)
        assert before.items() <= stored(home).items(), "a stored result was computed again"
        before = stored(home)

    assert outcome(home, out, tiny_model) == unbroken
    assert before.items() <= stored(home).items(), "a stored result was computed again"
    review = open_review(Settings(home=home))
    assert sorted(task.language for task in review.tasks()) == ["en", "pt-BR"]
    assert not list(out.glob(".*")), "a half-written file was left behind"


def test_nothing_is_lost_or_doubled_where_two_chunks_meet(unbroken):
    cues = SrtFormat().decode(unbroken[f"{VIDEO.stem}.en.srt"].decode()).document.subtitles
    heard = " ".join(" ".join(cue.lines) for cue in cues)
    reference = (SAMPLES / f"{VIDEO.stem}.txt").read_text("utf-8")
    # Four misheard words; a sentence lost or doubled at a seam would cost ten and more.
    assert word_error_rate(reference, heard) <= 0.08
