"""`kill -9` in the middle, then the same command: complete, nothing lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from random import Random

import pytest
from accuracy import word_error_rate
from command import SAMPLES, VIDEO, environment, ran_here
from deliveries import files_in, without_times
from sentences_film import CHUNKED, make_sentences

from flows.review_wiring import open_review
from flows.runs.opening import run_log_for
from flows.runs.records import RunState
from flows.settings import Settings
from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine

# The command, writing down the start of every chunk that it begins to recognise.
WATCHED = """
import sys
from asr.whisper.recognizer import FasterWhisperRecognizer
from flows.cli.main import run_command

begun, sys.argv = sys.argv[1], ["polycue", *sys.argv[2:]]
recognize = FasterWhisperRecognizer.recognize

def watched(self, chunk, speech, spoken):
    with open(begun, "a") as log:
        log.write(f"{chunk.start_ms}\\n")
    return recognize(self, chunk, speech, spoken)

FasterWhisperRecognizer.recognize = watched
sys.exit(run_command())
"""


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    return make_sentences(tmp_path_factory.mktemp("media") / f"{VIDEO.stem}.flac")


@pytest.fixture(scope="module")
def unbroken(media, tmp_path_factory, tiny_model):
    """What a run that nobody kills leaves."""
    folder = tmp_path_factory.mktemp("unbroken")
    return outcome(Case(folder, media, tiny_model))


class Case:
    """A title on its way, in a workspace of its own."""

    def __init__(self, folder, media, model):
        self.home, self.out, self.begun_log = folder / "home", folder / "out", folder / "begun.log"
        self.home.mkdir()
        self.command = (
            "run", media, "--to", "pt-BR", "--out", self.out, "--speech-model", model, "--json"
        )  # fmt: skip

    def started(self):
        return subprocess.Popen(
            [sys.executable, "-c", WATCHED, *map(str, (self.begun_log, *self.command))],
            env=environment(self.home, **CHUNKED),
            cwd=self.home.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def stored(self, stage="*"):
        """Results in the artifact store, and when each was written."""
        found = (self.home / "artifacts" / "stages").glob(f"{stage}/*.json")
        return {path: path.stat().st_mtime_ns for path in found}

    def begun(self):
        """Start of each chunk that somebody began to recognise → how often."""
        lines = self.begun_log.read_text().splitlines() if self.begun_log.exists() else []
        return Counter(lines)

    def kill(self, is_time, *, delay_s=0.0):
        """Start the command; kill it a moment after it has come so far."""
        process = self.started()
        deadline = time.monotonic() + 240
        while not is_time():
            assert process.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(delay_s)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()

    def has_stored(self, stage, count):
        """Whether it has come so far."""
        return len(self.stored(stage)) >= count and (self.home / "locks").exists()


def outcome(case):
    """What a run to the end leaves: name of a file, or of the transcript → bytes."""
    done = ran_here(case.home, *case.command, **CHUNKED)
    assert done.code == 0, done.err
    files = {name: without_times(data) for name, data in files_in(case.out).items()}
    (pointer,) = case.stored("transcript")
    return {**files, "transcript": pointer.read_bytes()}  # which holds the digest of the words


def assert_went_on(case, before, deaths):
    after = case.stored()
    assert before.items() <= after.items(), "a stored result was computed again"
    chunks = case.begun()
    assert sum(chunks.values()) - len(chunks) <= deaths, "a kill cost more than a chunk"


@pytest.mark.parametrize(
    "deaths",
    [
        [("chunk", 1), ("source-cues", 1)],
        pytest.param([("chunk", 0), ("listening", 1), ("chunk", 2)], marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_a_run_killed_again_and_again_goes_on_where_it_was(
    deaths, media, unbroken, tmp_path, tiny_model
):
    case = Case(tmp_path, media, tiny_model)
    before = {}
    for stage, count in deaths:
        case.kill(lambda stage=stage, count=count: case.has_stored(stage, count))
        assert_went_on(case, before, len(deaths))
        before = case.stored()

    assert outcome(case) == unbroken
    assert_went_on(case, before, len(deaths))
    review = open_review(Settings(home=case.home))
    assert sorted(task.language for task in review.tasks()) == ["en", "pt-BR"]
    assert not list(case.out.glob(".*")), "a half-written file was left behind"
    states = [one.state for one in run_log_for(Settings(home=case.home)).recent(9)]
    assert states == [RunState.COMPLETED, *[RunState.CRASHED] * len(deaths)]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1])
def test_ten_kills_at_random_moments_cost_a_chunk_each_at_most(seed, tmp_path, tiny_model):
    media = make_sentences(tmp_path / f"{VIDEO.stem}.flac", rounds=6)
    (tmp_path / "unbroken").mkdir()
    unbroken = outcome(Case(tmp_path / "unbroken", media, tiny_model))
    random = Random(seed)
    case, before = Case(tmp_path, media, tiny_model), {}
    for death in range(10):
        begun, stored = case.begun().total(), len(case.stored("chunk"))
        moments = [
            lambda: True,  # in the import, or while the title is listened to
            lambda begun=begun: case.begun().total() > begun,  # in the midst of a chunk
            lambda stored=stored: case.has_stored("chunk", stored + 1),  # right behind one
        ]
        kind = (2, 1, 0)[death % 3]
        # An import and the loading of a model take seconds, a chunk less than one.
        case.kill(moments[kind], delay_s=random.uniform(0, (4, 0.5, 0.5)[kind]))
        assert_went_on(case, before, death + 1)
        before = case.stored()
    assert case.begun().total() > len(case.begun()) > 3, "no kill hit a chunk"
    assert outcome(case) == unbroken
    assert_went_on(case, before, 10)


def test_nothing_is_lost_or_doubled_where_two_chunks_meet(unbroken):
    cues = SrtFormat().decode(unbroken[f"{VIDEO.stem}.en.srt"].decode()).document.subtitles
    heard = " ".join(" ".join(cue.lines) for cue in cues)
    reference = (SAMPLES / f"{VIDEO.stem}.txt").read_text("utf-8")
    # Four misheard words; a sentence lost or doubled at a seam would cost ten and more.
    assert word_error_rate(reference, heard) <= 0.08
