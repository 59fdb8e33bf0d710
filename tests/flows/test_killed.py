"""`kill -9` in the middle, then the same command: complete, nothing lost or doubled."""

import json
import os
import signal
import time

import pytest
from command import VIDEO, ran, started

from flows.settings import Settings
from flows.wiring import open_review

pytestmark = pytest.mark.engine

# Three chunks of the sample's 36 seconds.
CHUNKED = {"POLYCUE_CHUNK_SECONDS": "12"}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory, tiny_model):
    folder = tmp_path_factory.mktemp("unbroken")
    (folder / "home").mkdir()
    return outcome(folder / "home", folder / "out", tiny_model)


def command(out, model):
    return ("run", VIDEO, "--to", "pt-BR", "--out", out, "--speech-model", model, "--json")


def outcome(home, out, model):
    done = ran(home, *command(out, model), **CHUNKED)
    assert done.code == 0, done.err
    json.loads(done.out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def stored(home, stage):
    folder = home / "artifacts" / "stages" / stage
    return {path: path.stat().st_mtime_ns for path in folder.glob("*.json")}


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        pytest.param("chunk", 0, marks=pytest.mark.slow),
        ("chunk", 1),
        pytest.param("chunk", 2, marks=pytest.mark.slow),
        ("source-cues", 1),
    ],
)
def test_a_killed_run_goes_on_where_it_was(stage, count, unbroken, tmp_path, tiny_model):
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    process = started(home, *command(out, tiny_model), **CHUNKED)
    deadline = time.monotonic() + 120
    while len(stored(home, stage)) < count or not (home / "locks").exists():
        assert process.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    before = stored(home, stage)

    assert outcome(home, out, tiny_model) == unbroken
    assert before.items() <= stored(home, stage).items(), "a stored result was computed again"
    review = open_review(Settings(home=home))
    assert sorted(task.language for task in review.tasks()) == ["en", "pt-BR"]
    assert not list(out.glob(".*")), "a half-written file was left behind"
