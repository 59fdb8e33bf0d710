"""Two machines, each with a workspace of its own, and one bucket between them."""

import json
import os
import signal
import socket
import time

import pytest
from command import environment, home_with_models, ran, started
from sentences_film import CHUNKED, make_sentences

from flows.artifacts.fsspec_blobs import FsspecBlobs
from flows.review_wiring import open_review
from flows.settings import Settings

pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_what_one_machine_has_made_another_finds_in_the_bucket(
    tmp_path, models_folder, tiny_model, bucket_url
):
    media = make_sentences(tmp_path / "sentences.flac")
    bucket = {**CHUNKED, "POLYCUE_STORE_URL": bucket_url}
    reports, files = [], []
    for name in ("one", "other"):
        home = machine(tmp_path / name, models_folder)
        out = tmp_path / name / "out"
        run = ("run", media, "--to", "pt-BR", "--speech-model", tiny_model, "--json", "--out", out)
        done = ran(home, *run, **bucket)
        assert done.code == 0, done.err
        reports.append(json.loads(done.out))
        files.append({path.name: path.read_bytes() for path in out.glob("*.srt")})
        assert not (home / "artifacts").exists()
        assert any((home / "artifact-cache" / "objects").rglob("*"))
    first, second = reports
    assert not first["transcript_cached"]
    assert second["transcript_cached"]
    assert all(one["cached"] for one in second["languages"])
    assert files[0] == files[1] != {}


def machine(folder, models_folder):
    """The workspace of a machine of its own."""
    folder.mkdir()
    return home_with_models(folder, models_folder)


def chunks(bucket_url):
    """The chunks recognised so far, and when each was."""
    found = FsspecBlobs(bucket_url).listed("artifacts/stages/chunk")
    return {blob.name: blob.changed_at for blob in found}


@pytest.mark.postgres
def test_a_title_is_run_by_one_machine_at_a_time_and_goes_on_where_a_killed_one_was(
    tmp_path, models_folder, tiny_model, bucket_url, postgres_url
):
    media = make_sentences(tmp_path / "sentences.flac", rounds=2)
    shared = {**CHUNKED, "POLYCUE_STORE_URL": bucket_url, "POLYCUE_DATABASE_URL": postgres_url}
    one, other = (machine(tmp_path / name, models_folder) for name in ("one", "other"))
    run = ("run", media, "--to", "pt-BR", "--speech-model", tiny_model, "--out", tmp_path / "out")

    first = started(one, *run, **shared)
    try:
        deadline = time.monotonic() + 120
        while not chunks(bucket_url):
            assert time.monotonic() < deadline
            assert first.poll() is None
            time.sleep(0.05)
        os.kill(first.pid, signal.SIGSTOP)  # in the middle, for as long as it takes to look
        refused = ran(other, *run, **shared)
        assert refused.code == 8
        told = refused.err.splitlines()[-1]
        assert f"process {first.pid} on {socket.gethostname()[:40]} since 20" in told
        made = chunks(bucket_url)
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.communicate()
    done = ran(other, *run, **shared)
    assert done.code == 0, done.err
    after = chunks(bucket_url)
    assert 0 < len(made) < len(after)
    assert made.items() <= after.items()  # none was made again
    review = open_review(Settings(database_url=postgres_url))
    assert len(review.tasks()) == 2
    review._engine.dispose()


def test_a_bucket_that_does_not_answer_is_told_in_one_line(tmp_path, models_folder):
    media = make_sentences(tmp_path / "sentences.flac")
    home = home_with_models(tmp_path, models_folder)
    nowhere = {
        "POLYCUE_STORE_URL": "s3://films/results",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    assert "POLYCUE_STORE_URL" not in environment(home)
    done = ran(home, "run", media, **nowhere)
    assert (done.code, done.out) == (7, "")
    last = done.err.splitlines()[-1]
    assert "cannot use the artifact store s3://films/results/" in last
    assert "check the network" in last
    assert "Traceback" not in done.err
