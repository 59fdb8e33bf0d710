"""The parts of docker-compose.yml as plain processes, all but Redis.

A server on PostgreSQL, two workers with a workspace each, results and reviews shared; one worker is
lost in the middle.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import httpx
import pytest
from command import ROOT, environment
from prefect_server import STARTUP_S, PrefectServer, free_port, group
from sentences_film import CHUNKED, make_sentences

from flows.orchestration.system.marks import MARK, marked
from flows.review_wiring import open_review
from flows.runs.opening import run_log_for
from flows.runs.records import RunState
from flows.settings import Settings

pytestmark = [
    pytest.mark.slow, pytest.mark.prefect, pytest.mark.engine, pytest.mark.postgres,
    pytest.mark.timeout(900),
]  # fmt: skip

PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")
SECRET = "polycue:of-this-test"


def until(true, within_s, what):
    deadline = time.monotonic() + within_s
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.5)
    return found


class House:
    """What two machines share, and the server between them."""

    def __init__(self, folder, cluster):
        self.folder, self.media = folder, folder / "media"
        self.media.mkdir()
        self.store = folder / "store"
        self.database = cluster.create_database()
        self.prefect_database = cluster.create_database()
        self.port = free_port()
        auth = tuple(SECRET.split(":"))
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}/api", auth=auth)

    def environment(self, home):
        url = f"http://127.0.0.1:{self.port}/api"
        return environment(
            home,
            **PrefectServer(url, home).environment,
            **CHUNKED,
            PREFECT_API_AUTH_STRING=SECRET,
            PREFECT_WORKER_QUERY_SECONDS="2",
            PREFECT_FLOWS_HEARTBEAT_FREQUENCY="30",
            POLYCUE_DATABASE_URL=self.database,
            POLYCUE_STORE_URL=self.store.as_uri(),
            POLYCUE_CPU_THREADS="1",
        )

    @property
    def settings(self):
        """Of somebody who looks at what is shared."""
        home = self.folder / "looking"
        return Settings(home=home, database_url=self.database, store_url=self.store.as_uri())

    @contextmanager
    def server(self):
        home = self.folder / "server"
        home.mkdir()
        env = self.environment(home) | {
            "PREFECT_SERVER_API_AUTH_STRING": SECRET,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self.prefect_database.replace(
                "postgresql://", "postgresql+asyncpg://"
            ),
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
                "prefect.server.concurrency.lease_storage.filesystem"
            ),
            "PREFECT_SERVER_UI_ENABLED": "false",
        }
        del env["PREFECT_API_URL"]
        command = (*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        with (
            self.http,
            (home / "log").open("w") as log,
            group(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log),
        ):
            until(self.answers, STARTUP_S, home / "log")
            yield

    def answers(self):
        try:
            return self.http.get("/health").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def register(self):
        """As the composition does at every `up`."""
        module = "flows.orchestration.system.registering"
        done = subprocess.run(
            [sys.executable, "-m", module, "--beside-others", "2"],
            env=self.environment(self.folder / "server"), cwd=ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def start(self, media, model):
        """The id of a new run of a title."""
        deployment = self.http.get("/deployments/name/localize-title/local").json()["id"]
        out = self.folder / "out"
        request = {"media": str(media), "speech_model": str(model), "out": str(out)}
        return self.http.post(
            f"/deployments/{deployment}/create_flow_run", json={"parameters": {"request": request}}
        ).json()["id"]

    def state_of(self, run):
        return self.http.get(f"/flow_runs/{run}").json()["state"]["type"]

    def is_at(self, run, *states):
        state = self.state_of(run)
        assert state in states or state not in ("FAILED", "CANCELLED"), self.logs_of(run)
        return state in states

    def logs_of(self, run):
        wanted = {"logs": {"flow_run_id": {"any_": [run]}}}
        return [one["message"] for one in self.http.post("/logs/filter", json=wanted).json()]

    def chunks(self):
        """Results of recognition, and when each was written."""
        found = self.store.glob("**/stages/chunk/*")
        return {path: path.stat().st_mtime_ns for path in found}

    def parked(self):
        """Titles of the review queue."""
        review = open_review(self.settings)
        try:
            return sorted(task.title for task in review.tasks())
        finally:
            review._engine.dispose()

    def runs(self, title):
        return [one.state for one in run_log_for(self.settings).of_title(title)]


class Worker:
    """A worker with a workspace of its own, as on a machine of its own."""

    def __init__(self, house, name):
        self.mark, self.name = uuid4().hex, name
        home = house.folder / name
        home.mkdir()
        self._log = (home / "log").open("w")
        command = ("worker", "start", "--pool", "polycue", "--type", "process", "--name", name)
        self._process = subprocess.Popen(
            [*PREFECT, *command, "--work-queue", "cpu", "--limit", "1"],
            env=house.environment(home) | {MARK: self.mark},
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.lose()
        self._log.close()

    def has_runs(self):
        """Whether a flow run of this worker is a process."""
        return len(marked(self.mark)) > 1

    def lose(self):
        """The machine is switched off: worker and runs end in the same moment."""
        for pid in marked(self.mark):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()


def test_a_lost_machine_costs_a_chunk_and_the_other_one_completes_its_title(
    tmp_path, postgres_cluster, tiny_model
):
    house = House(tmp_path, postgres_cluster)
    long, short = house.media / "long.flac", house.media / "short.flac"
    make_sentences(long, rounds=16)
    make_sentences(short, rounds=1)
    with ExitStack() as stack:
        stack.enter_context(house.server())
        house.register()
        house.register()
        first = stack.enter_context(Worker(house, "first"))
        lost = house.start(long, tiny_model)
        until(lambda: house.is_at(lost, "RUNNING"), 120, "no worker takes the title")
        second = stack.enter_context(Worker(house, "second"))
        other = house.start(short, tiny_model)
        until(second.has_runs, 120, "the second title waits for the first")
        until(lambda: len(house.chunks()) >= 2, 120, "no chunk is recognised")
        assert house.is_at(lost, "RUNNING")
        first.lose()
        kept = house.chunks()

        until(lambda: house.is_at(other, "COMPLETED"), 120, "the other title does not end")
        until(lambda: house.is_at(lost, "CRASHED"), 240, "nobody notices the loss")
        retry = {"state": {"type": "SCHEDULED", "name": "AwaitingRetry"}, "force": True}
        house.http.post(f"/flow_runs/{lost}/set_state", json=retry).raise_for_status()
        until(lambda: house.is_at(lost, "COMPLETED"), 240, "the title is not done again")

        after = house.chunks()
        assert kept.items() < after.items(), "what was recognised was recognised again"
        assert (house.runs("long"), house.runs("short")) == (
            [RunState.COMPLETED, RunState.CRASHED],
            [RunState.COMPLETED],
        )
        assert house.parked() == ["long", "short"]
        assert sorted(path.name for path in (tmp_path / "out").glob("*.srt")) == [
            "long.en.srt", "short.en.srt",
        ]  # fmt: skip
    assert not marked(first.mark)
    assert not marked(second.mark)
