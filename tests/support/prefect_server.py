"""A real Prefect server as a process of its own, and what tests ask it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx

STARTUP_S = 180

# The application that `prefect server start` serves, with its tables made at once: a hundred
# migrations of an empty database take longer than all that the tests ask of the server. (A run with
# an embedded server, which migrates, is tested too.)
SERVE = """
import asyncio, sys, uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import provide_database_interface

async def make_tables():
    database = provide_database_interface()
    for table in database.Base.metadata.tables.values():
        once = {index.name: index for index in table.indexes}  # one index is declared twice
        table.indexes.intersection_update(once.values())
    engine = await database.engine()
    async with engine.begin() as connection:
        await connection.run_sync(database.Base.metadata.create_all)

asyncio.run(make_tables())
uvicorn.run(create_app(final=True), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def group(command, **kwargs):
    """A process and whatever it starts, all gone at the end of the block."""
    process = subprocess.Popen(command, start_new_session=True, **kwargs)
    try:
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, number)
                process.wait(timeout=15)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
        process.wait()


class PrefectServer:
    """Where the server listens, and the questions tests put to it."""

    def __init__(self, url, home):
        self.url = url
        self.home = home

    @property
    def environment(self):
        """What a process needs to talk to this server, quietly."""
        return {
            "PREFECT_API_URL": self.url,
            "PREFECT_HOME": str(self.home),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }

    def ask(self, path, **body):
        answer = httpx.post(f"{self.url}/{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def get(self, path):
        answer = httpx.get(f"{self.url}/{path}", timeout=30)
        answer.raise_for_status()
        return answer.json()

    def flow_runs(self):
        return self.ask("flow_runs/filter", sort="START_TIME_DESC")

    def task_states(self, flow_run_id):
        """Name of each task run of a flow run → name of its final state.

        Task runs reach the database through events, a moment after the flow has ended.
        """
        deadline = time.monotonic() + 30
        while True:
            runs = self.ask(
                "task_runs/filter", flow_runs={"id": {"any_": [flow_run_id]}}, limit=100
            )
            if (runs and all(run["state"]["type"] == "COMPLETED" for run in runs)) or (
                time.monotonic() > deadline
            ):
                return {run["name"]: run["state"]["name"] for run in runs}
            time.sleep(0.5)


@contextmanager
def running_server(home):
    port = free_port()
    server = PrefectServer(f"http://127.0.0.1:{port}/api", home)
    environment = {
        **os.environ,
        **server.environment,
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_UI_ENABLED": "false",
    }
    environment.pop("PREFECT_API_URL")
    command = [sys.executable, "-c", SERVE, str(port)]
    with (
        (home / "server.log").open("w") as log,
        group(command, env=environment, stdout=log, stderr=log),
    ):
        deadline = time.monotonic() + STARTUP_S
        while True:
            try:
                if httpx.get(f"{server.url}/health", timeout=2).status_code == 200:
                    break
            except httpx.TransportError:
                assert time.monotonic() < deadline, (home / "server.log").read_text()
                time.sleep(0.5)
        yield server
