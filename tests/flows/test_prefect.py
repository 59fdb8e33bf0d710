"""The Prefect side, for real: a server, the flow, a deployment, a worker."""

import json
import shutil
import subprocess
import sys
import time

import pytest
from command import ROOT, VIDEO, environment, home_with_models, ran, ran_together, started
from prefect_server import running_server
from sentences_film import CHUNKED, make_sentences

pytestmark = [pytest.mark.prefect, pytest.mark.engine]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    with running_server(home) as server:
        yield server


@pytest.fixture(scope="module")
def home(tmp_path_factory, models_folder, main_job):
    """A workspace in which the speech is recognised and nothing is made of it yet."""
    home = home_with_models(tmp_path_factory.mktemp("workspace"), models_folder)
    shutil.copytree(main_job.home / "artifacts", home / "artifacts")
    for stage in ("transcript", "source-cues", "target-cues"):
        shutil.rmtree(home / "artifacts" / "stages" / stage)
    return home


@pytest.fixture(scope="module")
def runs(server, home, tmp_path_factory):
    """How three runs on the server ended: the first, the same again, one with a language too much.

    They are the server's three oldest flow runs.
    """
    run = ("run", VIDEO, "--json", "--out", tmp_path_factory.mktemp("out"), "--to")
    languages = ("pt-BR", "pt-BR", "pt-BR,ko")
    return ran_together(home, *((*run, to) for to in languages), **server.environment)


def test_a_configured_server_is_used_and_a_second_run_ends_in_cached_states(server, runs):
    assert [(done.code, done.err) for done in runs[:2]] == [(0, ""), (0, "")]
    first, second = (json.loads(done.out)["languages"] for done in runs[:2])
    assert [one["language"] for one in first] == ["en", "pt-BR"]
    assert all(one["cached"] and not one["task_is_new"] for one in second)

    later, earlier = server.flow_runs()[-2:]
    assert (later["state"]["type"], earlier["state"]["type"]) == ("COMPLETED", "COMPLETED")
    first_states, second_states = (server.task_states(run["id"]) for run in (earlier, later))
    made = {"join", "source", "target"}
    # The workspace knows the film's shot changes and its chunks already, whoever asks for them.
    assert first_states[f"recognize-{VIDEO.stem}-1-of-1"] == "Cached"
    known = {"listen", "language", "recognize", "shots"}
    assert {name.partition("-")[0] for name in first_states} >= made | known
    assert {state for name, state in first_states.items() if name.partition("-")[0] in made} == {
        "Completed"
    }
    assert set(second_states.values()) == {"Cached"}
    assert second_states.keys() == first_states.keys()
    artifacts = server.ask("artifacts/filter")
    assert any("pt-BR" in artifact["data"] for artifact in artifacts)


def test_a_language_that_fails_ends_the_run_partial_and_leaves_the_others(server, runs):
    done = runs[2]
    assert done.code == 9, done.err
    errors = {one["language"]: one["error"] for one in json.loads(done.out)["languages"]}
    assert errors["pt-BR"] is None
    assert "ko" in errors["ko"]
    flow_run = server.flow_runs()[-3]
    assert (flow_run["name"], flow_run["state"]["name"]) == (VIDEO.stem, "Partial")


# Runs several commands of Prefect's in one process: each would import all of it again.
PREFECT_COMMANDS = """
import json, sys
from prefect.cli import app
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["prefect", "--no-prompt", *arguments]
    try:
        app()
    except SystemExit as end:
        if end.code:
            raise
"""


def test_a_deployed_flow_runs_in_a_process_worker_and_completes(server, home, tmp_path):
    request = {"media": str(VIDEO), "targets": ["pt-BR"], "out": str(tmp_path)}
    commands = [
        ["work-pool", "create", "polycue", "--type", "process"],
        ["deploy", "--name", "local"],
        ["deployment", "run", "localize-title/local", "--params", json.dumps({"request": request})],
        ["worker", "start", "--pool", "polycue", "--run-once"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", PREFECT_COMMANDS, json.dumps(commands)],
        cwd=ROOT, env=environment(home, **server.environment), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert server.flow_runs()[0]["state"]["type"] == "COMPLETED", done.stdout
    assert (tmp_path / f"{VIDEO.stem}.pt-BR.srt").is_file()


def children_of(group_id):
    listing = subprocess.run(
        ["ps", "-eo", "pgid,args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listing.splitlines() if line.split()[0] == str(group_id)]


@pytest.mark.slow
def test_every_chunk_is_a_task_run_and_a_lost_one_is_made_again_alone(server, tmp_path, tiny_model):
    media = make_sentences(tmp_path / "sentences.flac", rounds=2)
    (tmp_path / "home").mkdir()
    run = ("run", media, "--speech-model", tiny_model, "--json", "--engine", "prefect")

    def states():
        done = ran(tmp_path / "home", *run, **server.environment, **CHUNKED)
        assert done.code == 0, done.err
        return server.task_states(server.flow_runs()[0]["id"])

    first = states()
    assert set(first.values()) == {"Completed"}
    chunks = sorted(name for name in first if name.startswith("recognize-"))
    count = len(chunks)
    assert count > 3
    assert set(chunks) == {f"recognize-sentences-{n}-of-{count}" for n in range(1, count + 1)}

    stages = tmp_path / "home" / "artifacts" / "stages"
    shutil.rmtree(stages / "transcript")
    lost = min((stages / "chunk").iterdir())
    lost.unlink()
    second = states()
    assert second.keys() == first.keys()
    # The words are the same, so what is made of them is stored already.
    computed = {name for name, state in second.items() if state == "Completed"}
    assert len(computed & set(chunks)) == 1
    assert computed - set(chunks) == {"join-sentences"}
    assert lost.exists()


@pytest.mark.slow
def test_without_a_server_an_embedded_one_serves_quietly_and_is_gone_afterwards(home, tmp_path):
    process = started(home, "run", VIDEO, "--to", "pt-BR", "--out", tmp_path, "--engine", "prefect")
    out, err = process.communicate(timeout=280)
    assert process.returncode == 0, err
    assert all(word not in (out + err).lower() for word in ("traceback", "prefect", "warning:"))
    assert not children_of(process.pid)


@pytest.mark.slow
def test_sigterm_ends_an_embedded_run_within_seconds_and_leaves_no_process(home, tmp_path):
    process = started(home, "run", VIDEO, "--to", "pt-BR", "--out", tmp_path, "--engine", "prefect")
    deadline = time.monotonic() + 120
    while len(children_of(process.pid)) < 2:  # the command and its server
        assert time.monotonic() < deadline
        time.sleep(0.2)
    process.terminate()
    began = time.monotonic()
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert time.monotonic() - began < 30
    assert not children_of(process.pid)
