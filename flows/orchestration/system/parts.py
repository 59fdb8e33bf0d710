"""The parts of a system: what is run, and how one knows that it is ready."""

import base64
import json
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flows.orchestration.system.settings import BATCHES_AT_ONCE, POOL, Site

_PATIENCE_S = 5.0
_ROOM_TO_PUBLISH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process.

    Attributes:
        name: For people; also of its log.
        command: What is run.
        ready: Whether it does its work now; asked again and again.
    """

    name: str
    command: tuple[str, ...]
    ready: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is started, in order.

    Attributes:
        first: What everything else talks to.
        prepare: A command that tells it what it has to know; run once it is ready.
        rest: Started together after that.
    """

    first: Part
    prepare: tuple[str, ...]
    rest: tuple[Part, ...]


def plan_of(site: Site) -> Plan:
    """A whole system."""
    register = "flows.orchestration.system.registering"
    limits = (f"--limit={name}={slots}" for name, slots in site.limits.items())
    return Plan(
        first=_server(site),
        prepare=(sys.executable, "-m", register, *limits, str(site.titles_at_once)),
        rest=_others(site),
    )


def _server(site: Site) -> Part:
    port = str(site.settings.prefect_port)
    return Part(
        name="prefect",
        command=_prefect("server", "start", "--host", "127.0.0.1", "--port", port),
        ready=lambda: _answers(f"{site.prefect_url}/api/health", site.secret),
    )


def _others(site: Site) -> tuple[Part, ...]:
    # The queues keep titles to their number; what people wait for always finds room beside them.
    titles = len(site.title_queues) * site.titles_at_once
    limit = str(titles + BATCHES_AT_ONCE + _ROOM_TO_PUBLISH)
    name = f"{POOL}-worker"
    queues = ("publish", "batch", *site.title_queues)
    taken = (part for queue in queues for part in ("--work-queue", queue))
    start = ("--pool", POOL, *taken, "--type", "process", "--name", name, "--limit", limit)
    return (
        Part(
            name="worker",
            command=_prefect("worker", "start", *start),
            ready=lambda: name in _workers(site),
        ),
        Part(
            name="dispatcher",
            command=(*_polycue(), "dispatch", "--engine", "prefect", "--publish-here"),
            ready=lambda: True,
        ),
        Part(
            name="form",
            command=(*_polycue(), "review", "--port", str(site.settings.form_port)),
            ready=lambda: _answers(f"{site.form_url}/login"),
        ),
    )


def _polycue() -> tuple[str, ...]:
    return (sys.executable, "-m", "flows.cli")


def _prefect(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "prefect", "--no-prompt", *arguments)


def _asked(url: str, secret: str, body: object = None) -> tuple[int, bytes]:
    """Status and answer of a local address; raises OSError when nobody answers."""
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
        return answer.status, answer.read()


def _answers(url: str, secret: str = "") -> bool:
    try:
        return _asked(url, secret)[0] == HTTPStatus.OK
    except OSError:
        return False


def _workers(site: Site) -> tuple[str, ...]:
    """The names of the workers of our pool that show signs of life."""
    url = f"{site.prefect_url}/api/work_pools/{POOL}/workers/filter"
    try:
        listed = json.loads(_asked(url, site.secret, {})[1])
    except (OSError, ValueError):
        return ()
    return tuple(one["name"] for one in listed if one.get("status") == "ONLINE")
