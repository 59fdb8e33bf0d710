"""What Prefect's server has to know before it can run our flows; asked again, nothing changes."""

import argparse
import asyncio
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from prefect.automations import Automation, EventTrigger, Posture
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.filters import FlowRunFilter, WorkPoolFilter
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker

from flows.orchestration.limits import make_limits
from flows.orchestration.system.settings import BATCHES_AT_ONCE, POOL

DEPLOYMENTS = Path(__file__).parents[3] / "prefect.yaml"
"""Beside the rooms, in a checkout as in an image."""

ZOMBIES = "polycue: runs without a sign of life have crashed"
_SILENT_FOR = timedelta(seconds=90)
_OURS = "This run's processes are gone; start it again and it goes on where it stopped."

# Lower comes first: what people wait for, before what may take the night.
QUEUES = {"publish": 1, "batch": 2, "gpu": 3, "cpu": 4}


class NotDeployedError(RuntimeError):
    """Prefect refused our deployments; the words are its own."""


async def register(titles_at_once: int, limits: Mapping[str, int], *, alone: bool) -> None:
    """Pool, queues, limits, automation and deployments.

    Args:
        titles_at_once: Of each queue of titles, on all workers together.
        limits: Slots of each concurrency limit that runs are told of (POLYCUE_RECOGNITION_LIMIT).
        alone: Whether no worker of the pool runs while this does: runs that an earlier system left
            running are then marked as crashed, for its processes are gone. Beside other workers
            the automation finds those that are.

    Raises:
        NotDeployedError: the flows could not be deployed.
    """
    async with get_client() as client:
        await _make_pool(client)
        await _make_queues(client, titles_at_once)
        await make_limits(client, limits)
        if alone:
            await _bury(client)
    await _watch_for_zombies()
    await asyncio.to_thread(_deploy)


async def _make_pool(client: PrefectClient) -> None:
    template = ProcessWorker.get_default_base_job_template()
    # Without a command of ours Prefect starts two interpreters a run, and both import all of it:
    # the first to prepare a working folder, which nobody needs.
    template["variables"]["properties"]["command"]["default"] = shlex.join(
        [sys.executable, "-m", "prefect.engine"]
    )
    try:
        wanted = WorkPoolCreate(name=POOL, type="process", base_job_template=template)
        await client.create_work_pool(wanted)
    except ObjectAlreadyExists:
        await client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=template))


async def _make_queues(client: PrefectClient, titles_at_once: int) -> None:
    limits = {"publish": None, "batch": BATCHES_AT_ONCE}
    for name, priority in QUEUES.items():
        limit = limits.get(name, titles_at_once)
        try:
            queue = await client.read_work_queue_by_name(name, work_pool_name=POOL)
        except ObjectNotFound:
            queue = await client.create_work_queue(name, work_pool_name=POOL)
        await client.update_work_queue(queue.id, priority=priority, concurrency_limit=limit)


async def _bury(client: PrefectClient) -> None:
    """Mark as crashed what nobody runs any more: the pool's workers were all of the system's."""
    unfinished = {"state": {"type": {"any_": [StateType.RUNNING, StateType.CANCELLING]}}}
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter.model_validate(unfinished),
        work_pool_filter=WorkPoolFilter.model_validate({"name": {"any_": [POOL]}}),
    )
    for run in runs:
        await client.set_flow_run_state(run.id, Crashed(message=_OURS), force=True)


_CRASHED = ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message=_OURS, force=False)


async def _watch_for_zombies() -> None:
    """A run that stops showing signs of life, and does not end either, has crashed.

    Prefect marks a run whose process dies under its worker; when the worker dies as well, nobody
    tells the server.
    """
    trigger = EventTrigger(
        after={"prefect.flow-run.heartbeat"},
        # Also its end, whatever that is called, and that it waits for another try.
        expect={"prefect.flow-run.*"},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=_SILENT_FOR,
    )
    wanted = Automation(
        name=ZOMBIES,
        trigger=trigger,
        actions=[_CRASHED],
    )
    try:
        known = await Automation.aread(name=ZOMBIES)
    except ValueError:
        await wanted.acreate()
        return
    # What an earlier version registered is brought up to date.
    wanted.id = known.id
    await wanted.aupdate()


def _deploy() -> None:
    """What `prefect deploy --all` makes of prefect.yaml."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "--prefect-file", str(DEPLOYMENTS)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotDeployedError((done.stdout + done.stderr).strip()[-2000:])


def main() -> None:
    """``python -m flows.orchestration.system.registering [OPTIONS] TITLES_AT_ONCE``."""
    asked = argument_parser().parse_args()
    limits = dict(asked.limit)
    asyncio.run(register(asked.titles_at_once, limits, alone=not asked.beside_others))


def argument_parser() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description="Tell Prefect's server of our flows.")
    parser.add_argument("titles_at_once", type=int)
    parser.add_argument(
        "--beside-others", action="store_true", help="Workers of the pool may be at work."
    )
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        type=_limit,
        metavar="NAME=SLOTS",
        help="A concurrency limit that runs are told of; may be given several times.",
    )
    return parser


def _limit(text: str) -> tuple[str, int]:
    name, _, slots = text.rpartition("=")
    if not name or not slots.isdecimal() or not int(slots):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=SLOTS")
    return name, int(slots)


if __name__ == "__main__":
    main()
