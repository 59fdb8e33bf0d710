"""The Prefect side, for real: a server, the flow, a deployment, a worker."""

import json
import subprocess
import sys
import time

import pytest
from command import ROOT, VIDEO, environment, ran, started
from prefect_server import group, running_server

pytestmark = [pytest.mark.prefect, pytest.mark.engine]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    with running_server(home) as server:
        yield server


@pytest.fixture(scope="module")
def home(tmp_path_factory, models_folder):
    home = tmp_path_factory.mktemp("workspace") / "home"
    home.mkdir()
    (home / "models").symlink_to(models_folder)
    return home


def run_on(server, home, *args):
    done = ran(home, "run", VIDEO, "--to", "pt-BR", "--json", *args, **server.environment)
    assert done.code == 0, done.err
    return json.loads(done.out), done


def test_a_configured_server_is_used_and_a_second_run_ends_in_cached_states(server, home, tmp_path):
    first, done = run_on(server, home, "--out", tmp_path)
    assert [one["language"] for one in first["languages"]] == ["en", "pt-BR"]
    assert done.err == ""
    states = server.task_states(server.flow_runs()[0]["id"])
    assert len(states) == 3
    assert set(states.values()) == {"Completed"}

    second, _ = run_on(server, home, "--out", tmp_path)
    run = server.flow_runs()[0]
    assert run["state"]["type"] == "COMPLETED"
    assert set(server.task_states(run["id"]).values()) == {"Cached"}
    assert all(one["cached"] and not one["task_is_new"] for one in second["languages"])

    artifacts = server.ask("artifacts/filter")
    assert any("pt-BR" in artifact["data"] for artifact in artifacts)


def test_a_deployed_flow_runs_in_a_process_worker_and_completes(server, home, tmp_path):
    env = environment(home, **server.environment)

    def prefect(*args):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *args],
            cwd=ROOT, env=env, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    prefect("work-pool", "create", "polycue", "--type", "process")
    prefect("deploy", "--name", "local")
    request = {"media": str(VIDEO), "targets": ["pt-BR"], "out": str(tmp_path)}
    prefect(
        "deployment", "run", "localize-title/local", "--params", json.dumps({"request": request})
    )
    worker = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "polycue"]
    with (
        (tmp_path / "worker.log").open("w") as log,
        group([*worker, "--run-once"], cwd=tmp_path, env=env, stdout=log, stderr=log),
    ):
        deadline = time.monotonic() + 180
        while server.flow_runs()[0]["state"]["type"] not in {"COMPLETED", "FAILED", "CRASHED"}:
            assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
            time.sleep(1)
    state = server.flow_runs()[0]["state"]
    assert state["type"] == "COMPLETED", (tmp_path / "worker.log").read_text()
    assert (tmp_path / f"{VIDEO.stem}.pt-BR.srt").is_file()


def children_of(group_id):
    listing = subprocess.run(
        ["ps", "-eo", "pgid,args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listing.splitlines() if line.split()[0] == str(group_id)]


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


def test_a_language_that_fails_ends_the_run_partial_and_leaves_the_others(server, home, tmp_path):
    args = ("--to", "pt-BR,ko", "--json", "--out", tmp_path)
    done = ran(home, "run", VIDEO, *args, **server.environment)
    assert done.code == 9, done.err
    errors = {one["language"]: one["error"] for one in json.loads(done.out)["languages"]}
    assert errors["pt-BR"] is None
    assert "ko" in errors["ko"]
    assert server.flow_runs()[0]["state"]["name"] == "Partial"
    assert server.flow_runs()[0]["name"] == VIDEO.stem
