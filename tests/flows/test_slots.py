"""Titles that are recognised at a time, and what becomes of a slot whose holder is killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from itertools import pairwise

import pytest
from command import ROOT, environment
from prefect_server import running_server
from sentences_film import make_sentences

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.engine, pytest.mark.timeout(600)]

TITLES = 3
HOLD = """
import sys, time
from flows.orchestration.limits import slot
with slot(sys.argv[1]):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


class House:
    def __init__(self, server, home):
        self.server = server
        self.environment = environment(home, **server.environment, POLYCUE_CPU_THREADS="1")

    def make(self, **limits):
        """Limits on the server, as a system makes them."""
        from prefect.client.orchestration import get_client  # here: it takes seconds to import
        from prefect.settings import PREFECT_API_URL, temporary_settings

        from flows.orchestration.limits import make_limits

        async def make():
            async with get_client() as client:
                await make_limits(client, limits)

        with temporary_settings({PREFECT_API_URL: self.server.url}):
            asyncio.run(make())

    def active(self, limit):
        return self.server.get(f"v2/concurrency_limits/{limit}")["active_slots"]

    def start(self, *command, **more):
        return subprocess.Popen(
            [sys.executable, *command], env=self.environment | more, cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def holder(self, limit, seconds):
        return self.start("-c", HOLD, limit, str(seconds))

    def recognitions(self):
        """Of each flow run, when its first chunk began and its last one ended, in their order."""
        spans = {}
        for task in self.server.ask("task_runs/filter", limit=200):
            if task["name"].startswith("recognize-"):
                began, ended = (
                    datetime.fromisoformat(task[f"{at}_time"]) for at in ("start", "end")
                )
                known = spans.get(task["flow_run_id"], (began, ended))
                spans[task["flow_run_id"]] = min(known[0], began), max(known[1], ended)
        return sorted(spans.values())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with running_server(tmp_path_factory.mktemp("prefect")) as server:
        yield House(server, tmp_path_factory.mktemp("workspace"))


def test_titles_that_run_at_once_are_recognised_one_after_the_other(house, tmp_path, tiny_model):
    house.make(one=1)
    house.make(one=1)  # asked again, nothing changes
    films = [make_sentences(tmp_path / f"{n}.flac", rounds=2 + n) for n in range(TITLES)]
    running = [
        house.start(
            "-m", "flows.cli", "run", str(film), "--speech-model", str(tiny_model), "--out",
            str(tmp_path / "out"), "--engine", "prefect", POLYCUE_RECOGNITION_LIMIT="one",
        )
        for film in films
    ]  # fmt: skip
    for process in running:
        told, _ = process.communicate(timeout=400)
        assert process.returncode == 0, told
    # Task runs reach the database through events, a moment after their flow has ended.
    deadline = time.monotonic() + 30
    while len(spans := house.recognitions()) < TITLES and time.monotonic() < deadline:
        time.sleep(0.5)
    assert len(spans) == TITLES
    assert all(ended <= began for (_, ended), (began, _) in pairwise(spans))
    runs = [run for run in house.server.flow_runs() if run["name"] in {"0", "1", "2"}]
    began = sorted(run["start_time"] for run in runs)
    assert began[-1] < min(run["end_time"] for run in runs), "they did not run at once at all"
    assert house.active("one") == 0


def test_a_title_that_is_stored_waits_for_no_slot(house, tmp_path, tiny_model):
    house.make(held=1)
    film = make_sentences(tmp_path / "film.flac")
    asked = ("-m", "flows.cli", "run", str(film), "--speech-model", str(tiny_model),
             "--out", str(tmp_path / "out"), "--engine", "prefect")  # fmt: skip
    first = house.start(*asked)
    told, _ = first.communicate(timeout=200)
    assert first.returncode == 0, told
    holder = house.holder("held", 300)
    try:
        assert holder.stdout.readline() == "held\n"
        again = house.start(*asked, POLYCUE_RECOGNITION_LIMIT="held")
        told, _ = again.communicate(timeout=120)
        assert again.returncode == 0, told
        assert holder.poll() is None
    finally:
        holder.kill()
        holder.communicate()


def test_the_slot_of_a_killed_holder_comes_back(house):
    house.make(lost=1)
    killed = house.holder("lost", 300)
    assert killed.stdout.readline() == "held\n"
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert house.active("lost") == 1
    waiting = house.holder("lost", 0)
    told, _ = waiting.communicate(timeout=200)
    assert told.startswith("held\n"), told
    assert waiting.returncode == 0


def test_a_limit_that_nobody_made_is_named(house, tmp_path, tiny_model):
    film = make_sentences(tmp_path / "film.flac", rounds=7)  # of which nothing is stored
    run = house.start(
        "-m", "flows.cli", "run", str(film), "--speech-model", str(tiny_model),
        "--out", str(tmp_path / "out"), "--engine", "prefect",
        POLYCUE_RECOGNITION_LIMIT="nowhere",
    )  # fmt: skip
    told, _ = run.communicate(timeout=200)
    assert run.returncode == 1
    assert "Prefect knows no concurrency limit 'nowhere': run `prefect gcl create" in told


def test_a_server_that_goes_away_does_not_end_what_holds_a_slot(tmp_path):
    home = tmp_path / "prefect"
    home.mkdir()
    with running_server(home) as server:
        house = House(server, tmp_path / "workspace")
        house.make(kept=1)
        holder = house.holder("kept", 60)
        assert holder.stdout.readline() == "held\n"
    began = time.monotonic()
    told, _ = holder.communicate(timeout=200)
    assert holder.returncode == 0, told
    assert "a slot of kept is free again only in 60 s" in told
    assert time.monotonic() - began < 120, "it waited for the server to give the slot back"
