"""Runs that nobody works on: those that wait for their title, and those that were lost."""

import asyncio
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from command import ROOT, environment
from prefect_server import group, running_server
from sentences_film import make_sentences

from asr.sound.av_media import probe
from flows.locks import title_lock
from flows.runs.opening import run_log_for
from flows.runs.records import RunState
from flows.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.engine, pytest.mark.timeout(600)]

PREFECT = (sys.executable, "-m", "prefect", "--no-prompt")


class House:
    """A server that knows our flows, a workspace, and what one asks of them."""

    def __init__(self, server, home):
        self.server, self.home = server, home
        self.environment = environment(home, **server.environment, PREFECT_WORKER_QUERY_SECONDS="1")

    def register(self):
        module = "flows.orchestration.system.registering"
        subprocess.run(
            [sys.executable, "-m", module, "--beside-others", "2"],
            env=self.environment, cwd=ROOT, check=True, capture_output=True, timeout=240,
        )  # fmt: skip

    def start(self, media, model, out):
        """The id of a new run of a title, in the queue."""
        deployment = self.server.get("deployments/name/localize-title/local")["id"]
        request = {"media": str(media), "speech_model": str(model), "out": str(out)}
        asked = {"parameters": {"request": request}}
        return self.server.ask(f"deployments/{deployment}/create_flow_run", **asked)["id"]

    def is_put(self, run, **state):
        self.server.ask(f"flow_runs/{run}/set_state", state=state, force=True)

    def state(self, run):
        return self.server.get(f"flow_runs/{run}")["state"]

    def until(self, run, name, within_s=180):
        deadline = time.monotonic() + within_s
        while (state := self.state(run))["name"] != name:
            is_over = state["type"] in {"COMPLETED", "FAILED", "CRASHED"}
            assert not is_over, state["message"]
            assert time.monotonic() < deadline, state
            time.sleep(0.5)
        return state

    def worker(self):
        name = ("--pool", "polycue", "--type", "process", "--name", "only")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return group([*PREFECT, "worker", "start", *name], env=self.environment, cwd=ROOT, **quiet)

    def look(self, lost_runs, now):
        """The names of the runs that one look buries."""
        from prefect.client.orchestration import get_client  # here: it takes seconds to import
        from prefect.settings import PREFECT_API_URL, temporary_settings

        async def look():
            async with get_client() as client:
                return await lost_runs.look(client, now)

        with temporary_settings({PREFECT_API_URL: self.server.url}):
            return {str(run.id) for run in asyncio.run(look())}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_server(tmp_path_factory.mktemp("prefect")) as server:
        house = House(server, tmp_path_factory.mktemp("workspace"))
        house.register()
        yield house


def test_a_run_whose_title_is_in_other_hands_waits_and_is_done_afterwards(
    house, tmp_path, tiny_model
):
    media = make_sentences(tmp_path / "film.flac")
    settings = Settings(home=house.home)
    with house.worker():
        with title_lock(settings, probe(media).media_id, "film"):
            run = house.start(media, tiny_model, tmp_path / "out")
            waiting = house.until(run, "AwaitingRetry")
            again_at = datetime.fromisoformat(waiting["state_details"]["scheduled_time"])
            assert "film is being processed by" in waiting["message"]
            assert again_at > datetime.now(UTC)
        house.until(run, "Completed")
    assert (tmp_path / "out" / "film.en.srt").is_file()
    states = [one.state for one in run_log_for(settings).of_title("film")]
    assert states == [RunState.COMPLETED, RunState.STOPPED]


def test_a_lost_run_crashes_or_begins_again_and_one_that_shows_signs_of_life_does_not(
    house, tmp_path, tiny_model
):
    from flows.orchestration.lost_runs import LostRuns

    media = make_sentences(tmp_path / "film.flac")
    taken, gone, alive, waiting = (
        house.start(media, tiny_model, tmp_path / "out") for _ in range(4)
    )
    for run, kind in ((taken, "PENDING"), (gone, "RUNNING"), (alive, "RUNNING")):
        house.is_put(run, type="PENDING")
        house.is_put(run, type=kind)
    in_five_minutes = datetime.now(UTC) + timedelta(minutes=5)
    owner = {"PREFECT__FLOW_RUN_ID": alive, **house.environment}
    with group([sys.executable, "-c", "import time; time.sleep(100)"], env=owner):
        lost_runs = LostRuns()
        assert house.look(lost_runs, datetime.now(UTC)) == set(), "they have only just begun"
        assert house.look(lost_runs, in_five_minutes) == set(), "the first silence is forgiven"
        assert house.look(lost_runs, in_five_minutes) == {taken, gone}
    names = [house.state(run)["name"] for run in (taken, gone, alive, waiting)]
    assert names == ["Scheduled", "Crashed", "Running", "Scheduled"], json.dumps(names)
