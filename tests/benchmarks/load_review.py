"""`make load-review`: many reviewers at once, autosaving on SQLite, in front of the real server.

    .venv/bin/python tests/benchmarks/load_review.py

Writes its section of BENCHMARKS.md and ends with an error when something that must hold does not.
Of the environment: LOAD_REVIEWERS (50), LOAD_SECONDS (60), LOAD_CUES (1500, of each one's task).

Every reviewer, logged in (that is limited to 20 a minute from one address), takes a task, opens its
page and then does what the browser does for them: a save two to six seconds after the last one,
based on the version that the last one gave, now and then a confirmation, a lease kept, offers asked
for. Saves count from when everybody is at work: people do not open fifty films at once. Server and
reviewers share the machine.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import httpx  # noqa: E402
from bench_promises import Promise, table  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402
from review_drafts import draft_of  # noqa: E402
from review_server import SESSION, backend_of, cpu_s, review_server, staff  # noqa: E402

LIMIT_MS = 150.0
HEARTBEAT_S = 30.0
PAUSE_S = (2, 6)
"""Between two saves of one person, who reads, listens and types in between."""
ARRIVAL_S = 1.0
"""Between two people who begin."""
NAMES = {
    "claim": "taking a task",
    "page": "opening a task",
    "save": "saving a cue",
    "confirm": "confirming a cue",
    "heartbeat": "keeping the task",
    "offers": "asking for offers",
}


def number(name: str, default: int) -> int:
    """A whole number of the environment."""
    return int(os.environ.get(name) or default)


@dataclass
class Tally:
    """Milliseconds of every kind of request, what was refused, the server's share of one core."""

    took_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    busy: float = 0.0

    def share(self, kind: str, part: float) -> float:
        """The time that ``part`` of the requests of a kind do not exceed."""
        ordered = sorted(self.took_ms[kind]) or [0.0]
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    @property
    def error_count(self) -> int:
        """Requests that were not answered as they should be."""
        return sum(self.errors.values())


class Reviewer:
    """One person at one task."""

    def __init__(self, address: str, session: str, task_id: str, tally: Tally) -> None:
        self._task_id, self._tally = task_id, tally
        self._base = f"/api/v1/tasks/{task_id}"
        self._luck = random.Random(task_id)
        self._client = httpx.AsyncClient(
            base_url=address,
            cookies={SESSION: session},
            headers={"Origin": address},
            timeout=30,
        )

    async def work(self, arrival_s: float, everybody: asyncio.Barrier, seconds: float) -> None:
        """Take the task, open its page, and write until the time is over."""
        async with self._client:
            await asyncio.sleep(arrival_s)
            lease = await self._ask("claim", "POST", f"{self._base}/claim", {})
            await self._ask("page", "GET", f"/tasks/{self._task_id}")
            cues = await self._ask("page", "GET", f"{self._base}/cues")
            await everybody.wait()
            if lease is not None and cues is not None:
                await self._write(lease.json()["epoch"], cues.json(), seconds)

    async def _write(self, epoch: int, cues: list, seconds: float) -> None:
        begun = time.monotonic()
        kept = begun - self._luck.uniform(0, HEARTBEAT_S)
        while time.monotonic() - begun < seconds:
            for cue in cues:
                await asyncio.sleep(self._luck.uniform(*PAUSE_S))
                await self._save(epoch, cue)
                if time.monotonic() - kept > HEARTBEAT_S:
                    kept = time.monotonic()
                    await self._ask(
                        "heartbeat", "POST", f"{self._base}/heartbeat", {"epoch": epoch}
                    )
                if time.monotonic() - begun > seconds:
                    break

    async def _save(self, epoch: int, cue: dict) -> None:
        path = f"{self._base}/cues/{cue['cue_id']}"
        text = f"Somebody says {self._luck.randrange(10_000)}."
        saved = await self._ask(
            "save",
            "PATCH",
            path,
            {"epoch": epoch, "text": text},
            headers={"If-Match": f'"{cue["version"]}"'},
        )
        if saved is not None:
            if saved.json()["text"] != text:
                self._tally.errors["another text came back"] += 1
            cue["version"] = saved.json()["version"]
        if self._luck.random() < 0.3:
            ticked = await self._ask(
                "confirm", "PUT", f"{path}/confirmation", {"epoch": epoch, "confirmed": True}
            )
            cue["version"] = ticked.json()["version"] if ticked else cue["version"]
        if self._luck.random() < 0.2:
            await self._ask("offers", "GET", f"{path}/offers")

    async def _ask(self, kind: str, method: str, path: str, body=None, headers=None):
        """The answer, or None when it is no good; either way it is counted."""
        asked = time.perf_counter()
        try:
            answer = await self._client.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as error:
            self._tally.errors[f"{kind}: {type(error).__name__}"] += 1
            return None
        self._tally.took_ms[kind].append(1000 * (time.perf_counter() - asked))
        if answer.status_code >= 300:
            self._tally.errors[f"{kind}: {answer.status_code} {answer.text[:80]}"] += 1
            return None
        return answer


def parked(backend, count: int, cues: int) -> list[str]:
    """Tasks of so many cues; their ids."""
    texts = [f"Line {n} of a film that goes on and on." for n in range(cues)]
    ids = []
    for n in range(count):
        task, _ = backend.store.park(draft_of(*texts, title=f"Film {n}", media=f"film-{n}"))
        ids.append(task.task_id)
    return ids


async def reviewed(address, sessions: list[str], tasks: list[str], seconds: float) -> Tally:
    """Everybody at work at once; ``address`` is that of the server, and its process id."""
    address, server = address
    tally = Tally()
    everybody = asyncio.Barrier(len(tasks) + 1)
    crowd = [Reviewer(address, *one, tally) for one in zip(sessions, tasks, strict=True)]
    async with asyncio.TaskGroup() as people:
        for n, one in enumerate(crowd):
            people.create_task(one.work(ARRIVAL_S * n, everybody, seconds))
        await everybody.wait()
        begun, worked_s = time.monotonic(), cpu_s(server)
        await asyncio.sleep(seconds)
        tally.busy = (cpu_s(server) - worked_s) / (time.monotonic() - begun)
    return tally


def report(tally: Tally, reviewers: int, cues: int, seconds: int) -> tuple[list[str], bool]:
    """Lines of the section, and whether all holds."""
    p95 = tally.share("save", 0.95)
    promises = [
        Promise("errors", "0", str(tally.error_count), tally.error_count == 0),
        Promise("saving a cue, 95 %", f"{LIMIT_MS:.0f} ms", f"{p95:.0f} ms", p95 < LIMIT_MS),
    ]
    rows = [
        (
            words,
            len(tally.took_ms[kind]),
            *(f"{tally.share(kind, part):.0f} ms" for part in (0.5, 0.95, 1.0)),
        )
        for kind, words in NAMES.items()
        if tally.took_ms[kind]
    ]
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}; repeat with `make load-review`.",
        "",
        (
            f"{reviewers} reviewers for {seconds} s, each with a task of {cues} cues; one server "
            "process on SQLite, and the reviewers' own programs, on the same cores."
        ),
        "",
        *table(("must hold", "limit", "found", ""), [one.row for one in promises]),
        *table(("", "requests", "median", "95 %", "longest"), rows),
        f"The server worked {tally.busy:.0%} of the time on one core.",
        "",
        *(f"- {count} × {what}" for what, count in tally.errors.most_common(10)),
    ]
    return lines, all(one.holds for one in promises)


def main() -> int:
    """Measure and write."""
    reviewers = number("LOAD_REVIEWERS", 50)
    seconds, cues = number("LOAD_SECONDS", 60), number("LOAD_CUES", 1500)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with backend_of(home) as backend:
            sessions = staff(backend, reviewers)
            print(f"parking {reviewers} tasks of {cues} cues", flush=True)
            tasks = parked(backend, reviewers, cues)
        with review_server(home) as address:
            print(f"{reviewers} reviewers at {address[0]} for {seconds} s", flush=True)
            tally = asyncio.run(reviewed(address, sessions, tasks, seconds))
    lines, holds = report(tally, reviewers, cues, seconds)
    write_section(ROOT / "BENCHMARKS.md", "Many reviewers at once", lines)
    print("\n".join(lines))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
